import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChain } from '@dewpoint/infra/chain/chain.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import buybackArtifact from '../artifacts/Buyback.json' with { type: 'json' };
import catalogueArtifact from '../artifacts/Catalogue.json' with { type: 'json' };
import charterArtifact from '../artifacts/Charter.json' with { type: 'json' };
import forwarderArtifact from '../artifacts/ERC2771Forwarder.json' with { type: 'json' };
import pointsArtifact from '../artifacts/Points.json' with { type: 'json' };
import programsArtifact from '../artifacts/Programs.json' with { type: 'json' };
import termsCheckArtifact from '../artifacts/TermsCheck.json' with { type: 'json' };
import { BATCH_SIZE, measureGas, type GasMeasurements, type GasTable } from './measure.ts';
import { measureModules } from './measureModules.ts';
import { GENESIS_TIMESTAMP, createMeasuredProgram } from './program.ts';

/** `npm run gas:update -w @dewpoint/contracts` writes both anew. */
const GAS_SNAPSHOT = join(import.meta.dirname, '../../snapshots/gas.json');
const SIZE_SNAPSHOT = join(import.meta.dirname, '../../snapshots/size.json');

/** What a statement may cost at most. */
const BARS: Record<string, number> = {
  'existing holder, 3 lines': 11_300,
  'new holder, 3 lines': 28_900,
  'replayed, 3 lines': 6_200,
  'replayed, 1 line': 5_100,
  'first spill into the ring, 3 lines': 36_500,
  'raised epoch in the ring, 3 lines': 18_500,
  'late epoch between others in the word, 1 line': 11_500,
};
/** What a call of the modules may cost at most, as a whole transaction. */
const MODULE_BARS: Record<string, number> = {
  settle: 80_000,
  'tender, the first one of a round, nothing in escrow': 110_000,
  'tender, the first one of a round': 110_000,
  'tender, the first one of a holder': 110_000,
  'tender, a later one': 75_000,
};
/** Deployed code of a contract, by EIP-170. */
const MAX_CODE_BYTES = 24_576;
const CONTRACTS = [
  pointsArtifact,
  termsCheckArtifact,
  charterArtifact,
  buybackArtifact,
  catalogueArtifact,
  programsArtifact,
  forwarderArtifact,
];
/** Some hundred transactions: seconds, unless the machine has other things to do. */
const MEASURING_MS = 120_000;

describe('gas of whole transactions', () => {
  let measured: GasMeasurements;
  let modules: GasTable;

  beforeAll(async () => {
    const chain = await startChain({ genesisTimestamp: GENESIS_TIMESTAMP });
    const program = await createMeasuredProgram(chain.url);
    try {
      measured = await measureGas(program);
      await program.startOver();
      modules = await measureModules(program);
    } finally {
      program.close();
      await chain.stop();
    }
  }, MEASURING_MS);

  test.each(Object.entries(BARS))('%s: at most %i a statement', (what, bar) => {
    expect(measured.perStatement[what]).toBeLessThanOrEqual(bar);
  });

  test.each(Object.entries(MODULE_BARS))('%s: at most %i', (what, bar) => {
    expect(modules[what]).toBeLessThanOrEqual(bar);
  });

  test('what everything costs is what the committed snapshot says', async () => {
    const text = JSON.stringify(
      { batchSize: BATCH_SIZE, ...measured, modules, purchaseLog: keptPurchaseLog() },
      null,
      2,
    );
    await expect(`${text}\n`).toMatchFileSnapshot(GAS_SNAPSHOT);
  });
});

test('every contract fits a chain, and its size is what the committed snapshot says', async () => {
  const sizes = Object.fromEntries(
    CONTRACTS.map(({ contractName, deployedBytecode }) => [
      contractName,
      (deployedBytecode.length - 2) / 2,
    ]),
  );
  console.log('Bytes of deployed code:', sizes);
  for (const bytes of Object.values(sizes)) expect(bytes).toBeLessThan(MAX_CODE_BYTES);
  await expect(`${JSON.stringify(sizes, null, 2)}\n`).toMatchFileSnapshot(SIZE_SNAPSHOT);
});

/** The true average over the purchase log: `npm run replay` measures it, so an update leaves it as it is. */
function keptPurchaseLog(): unknown {
  const kept = JSON.parse(readFileSync(GAS_SNAPSHOT, 'utf8')) as { purchaseLog: unknown };
  return kept.purchaseLog;
}
