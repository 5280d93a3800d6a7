import { join } from 'node:path';
import type { Address } from '@dewpoint/contracts/statement.ts';
import type { RuleSetTerms } from '@dewpoint/contracts/terms.ts';
import { connectChain } from '@dewpoint/server/chain/connect.ts';
import { createDeployment } from '@dewpoint/server/chain/deployment.ts';
import { openKeystore } from '@dewpoint/server/chain/keystore.ts';
import { createApiKeys } from '@dewpoint/server/services/apiKeys.ts';
import { createProgramsService } from '@dewpoint/server/services/programs.ts';
import { connectStore } from '@dewpoint/server/store/connect.ts';

/** A program that servers of a world work for. */
export interface WorldProgram {
  readonly id: string;
  /** Address of its Points contract. */
  readonly address: Address;
  readonly apiKey: string;
}

/** All that an app may do. */
const SCOPES = ['actions:write', 'members:read', 'members:write', 'program:read'] as const;
const DAY_MS = 86_400_000;
/** The default of a program: 40 days to hand in a statement. */
const SETTLEMENT_WINDOW = 40;

/** Deploys the contracts, creates a program with daily epochs, takes it into the database and makes a key for its app. */
export async function createProgramForWorld(args: {
  rpcUrl: string;
  databaseUri: string;
  stateDir: string;
  startsAt: number;
  terms: RuleSetTerms;
}): Promise<WorldProgram> {
  const chain = await connectChain({ rpcUrls: [args.rpcUrl], chainId: null });
  const store = await connectStore(args.databaseUri);
  const keystore = await openKeystore({
    path: join(args.stateDir, 'keystore.json'),
    password: null,
  });
  const deployment = createDeployment({ chain, keystore });
  try {
    const recorder = keystore.signer.recorderAddress();
    await deployment.fund([recorder]);
    const created = await deployment.createProgram({
      name: 'Replayed purchases',
      symbol: 'DROP',
      startsAtMs: args.startsAt * 1000,
      epochLengthMs: DAY_MS,
      settlementWindow: SETTLEMENT_WINDOW,
      transferable: true,
      opening: [args.terms],
      recorder,
    });
    const programs = createProgramsService({ ...store, clock: chain.clock });
    const program = await programs.register(created);
    const apiKeys = createApiKeys({ apiKeys: store.apiKeys });
    const { key } = await apiKeys.create(program, 'app', SCOPES);
    return { id: program.id, address: program.address, apiKey: key };
  } finally {
    deployment.close();
    chain.close();
    await store.close();
  }
}
