import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { SHARED_CONTRACTS, type SharedAddresses } from '@dewpoint/contracts/deploy.ts';
import { sharedInputs } from '@dewpoint/contracts/explorers/sharedInputs.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { connectChain, type Chain } from '../chain/connect.ts';
import { openKeystore } from '../chain/keys/keystore.ts';
import { KeystoreError } from '../chain/keys/keystoreFile.ts';
import { contractCodec } from '../chain/programs/contractCodec.ts';
import {
  DeploymentError,
  openSharedDeployment,
  type SharedDeployment,
} from '../chain/programs/deployShared.ts';
import { createProgramViews } from '../chain/programs/programViews.ts';
import { codeAt, isCodeOf, termsCheckOf } from '../chain/programs/sharedContracts.ts';
import { tokenFee } from '../chain/programs/tokenFee.ts';
import { ConfigError, readKeys, type Config } from '../config/config.ts';
import { ServiceError } from '../domain/errors.ts';
import { formatMoney } from '../domain/money.ts';
import { RefusedError, runCommand, UsageError, type Surroundings } from '../lib/commandLine.ts';

const HELP = `npm run deploy -- --rpc URL --settlement-token ADDRESS [--live] [--no-wait]

Deploys the contracts that all programs of a chain share, with the key of the service that pays for gas, and says what to set
so that the service works on that chain. Says which account to fund with how much of the chain's coin, and waits for it.
Ended at any moment and run again, it goes on where it was; what is there already is checked and not deployed again.

  --rpc URL                   JSON-RPC of a node of the chain (http or https)
  --settlement-token ADDRESS  the ERC-20 token that programs shall buy points back with: it is checked, and nothing is sent to it
  --live                      prints the variables of the live chain instead of those of the test chain
  --no-wait                   does not wait for gas money: says how much is missing and ends with 1

The keystore is that of the service: DEWPOINT_STATE_DIR and DEWPOINT_KEYSTORE_PASSWORD, which has to be set elsewhere than on a
local chain. The service must not run on this chain meanwhile. Files for explorers are written to the folder
"deployment-" and the chain's id in the state folder.

Exit code 0: done. 1: refused. 2: it could not be tried.`;

const COMMAND = {
  help: HELP,
  refusals: [DeploymentError],
  problems: [ConfigError, KeystoreError, ServiceError],
};
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const COIN_DECIMALS = 18;
const LOOK_AGAIN_MS = 2_000;
const SAY_AGAIN_MS = 30_000;
type Say = (line: string) => void;

interface Options {
  readonly rpc: string;
  readonly token: Address;
  readonly live: boolean;
  readonly waits: boolean;
}

function optionsIn(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { rpc: text, 'settlement-token': text, live: flag, 'no-wait': flag },
  });
  const { rpc, 'settlement-token': token } = values;
  if (rpc === undefined || token === undefined) throw new UsageError(HELP);
  if (!URL.canParse(rpc) || !/^https?:$/.test(new URL(rpc).protocol)) {
    throw new UsageError(`--rpc ${rpc} is not a URL that starts with http:// or https://.`);
  }
  const address = ADDRESS.test(token) ? contractCodec.checksummed(token as Address) : null;
  if (address === null) {
    throw new UsageError(
      `--settlement-token ${token} is not an address, or its checksum is wrong.`,
    );
  }
  return {
    ...{ rpc, token: address },
    ...{ live: values.live ?? false, waits: !(values['no-wait'] ?? false) },
  };
}

async function checkToken({ rpc, chainId }: Chain, address: Address, say: Say): Promise<void> {
  if ((await codeAt(rpc, address)) === '0x') {
    throw new RefusedError(`--settlement-token ${address} has no code on chain ${chainId}.`);
  }
  const token = await createProgramViews(rpc, 'latest').token(address);
  if (token === null) {
    throw new RefusedError(
      `--settlement-token ${address} is no ERC-20 contract with decimals on chain ${chainId}.`,
    );
  }
  const fee = await tokenFee(rpc, address);
  if (fee === 'TAKES_A_PART') {
    throw new RefusedError(
      `--settlement-token ${token.symbol} (${address}) keeps a part of each transfer; the reserve needs a token that does not.`,
    );
  }
  say(
    `Settlement token: ${token.symbol || 'without a symbol'} (${address}), ${token.decimals} decimals.`,
  );
  if (fee === 'UNKNOWN') {
    say(
      '  Whether it keeps a part of transfers could not be tried here: make sure that it does not.',
    );
  }
}

/** In the chain's coin, which has 18 decimals. */
const coins = (wei: bigint): string =>
  formatMoney({ units: wei, decimals: COIN_DECIMALS }).replace(/\.?0+$/, '');

/** Waits until the account has enough for what is missing. @returns what is missing then */
async function untilFunded(
  { deployer, need }: SharedDeployment,
  { chainId }: Chain,
  waits: boolean,
  say: Say,
) {
  let said = 0;
  let had: bigint | null = null;
  for (;;) {
    const now = await need();
    const { missing, balance, enough, advised } = now;
    if (missing.length === 0 || balance >= enough) return now;
    const lacks = `${deployer} on chain ${chainId} has ${coins(balance)} and needs ${coins(enough)} at the present fees`;
    if (!waits)
      throw new RefusedError(`${lacks}. Send it ${coins(advised - balance)} and run this again.`);
    if (had === null) {
      say(
        `Send ${coins(advised - balance)} of the chain's coin to ${deployer} on chain ${chainId}.`,
      );
      say(
        '  Fees may double on the way; what is left stays there for the gas of the service. Waiting for it ...',
      );
    } else if (balance !== had || Date.now() - said >= SAY_AGAIN_MS) {
      say(`  ${lacks}. Still waiting ...`);
    } else {
      await delay(LOOK_AGAIN_MS);
      continue;
    }
    had = balance;
    said = Date.now();
    await delay(LOOK_AGAIN_MS);
  }
}

/** @throws RefusedError when any code is not that of this source */
async function checkCode({ rpc }: Chain, found: SharedAddresses, say: Say): Promise<void> {
  const parts = SHARED_CONTRACTS.map((name) => [name, found[name] ?? null] as const);
  const { points } = found;
  const termsCheck = points === undefined ? null : await termsCheckOf(rpc, points);
  for (const [name, address] of [...parts, ['termsCheck', termsCheck] as const]) {
    if (address === null || !isCodeOf(name, await codeAt(rpc, address))) {
      throw new RefusedError(
        `The code of ${name} at ${String(address)} is not that of this version.`,
      );
    }
    say(`  ${address}  ${name}`);
  }
}

async function writeInputs(folder: string, chainId: number, found: SharedAddresses): Promise<void> {
  await mkdir(folder, { recursive: true });
  const inputs = sharedInputs(found);
  for (const { contract, input } of inputs) {
    await writeFile(join(folder, `${contract}.input.json`), `${JSON.stringify(input, null, 2)}\n`);
  }
  const contracts = inputs.map(({ input: _, contract, ...rest }) => ({
    ...{ contract, address: found[contract], input: `${contract}.input.json` },
    ...rest,
  }));
  const list = JSON.stringify({ chainId, contracts }, null, 2);
  await writeFile(join(folder, 'contracts.json'), `${list}\n`);
}

async function deployOn(
  chain: Chain,
  keys: Pick<Config, 'stateDir' | 'keystorePassword'>,
  { rpc, token, live, waits }: Options,
  say: Say,
): Promise<void> {
  if (!chain.local && keys.keystorePassword === null) {
    throw new UsageError(
      'DEWPOINT_KEYSTORE_PASSWORD must be set: elsewhere than on a local chain the keys are worth something.',
    );
  }
  const { stateDir, keystorePassword: password } = keys;
  await checkToken(chain, token, say);
  const { deployerKey } = await openKeystore({ path: join(stateDir, 'keystore.json'), password });
  const deployment = openSharedDeployment({ chain, deployerKey });
  for (;;) {
    const need = await untilFunded(deployment, chain, waits, say);
    const deployed = await deployment.deployNext(need);
    if (deployed !== null) {
      say(`Deployed ${deployed.contract} at ${deployed.address}.`);
      continue;
    }
    say('The code of every contract is that of this version:');
    await checkCode(chain, need.found, say);
    const folder = join(stateDir, `deployment-${chain.chainId}`);
    await writeInputs(folder, chain.chainId, need.found);
    say(`For explorers: ${folder}`);
    say('Set for the service, beside MONGODB_URI and the password of the keystore:');
    say(`${live ? 'LIVE_RPC_URL' : 'RPC_URL'}=${rpc}`);
    say(`${live ? 'DEWPOINT_LIVE_CHAIN_ID' : 'DEWPOINT_CHAIN_ID'}=${chain.chainId}`);
    say(`DEWPOINT_STATE_DIR=${stateDir}`);
    return;
  }
}

/** Runs `npm run deploy` and returns its exit code. */
export function runDeploy(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return runCommand(COMMAND, args, surroundings, async (say) => {
    const options = optionsIn(args);
    const keys = readKeys(surroundings.env);
    const chain = await connectChain({ rpcUrls: [options.rpc], chainId: null });
    try {
      await deployOn(chain, keys, options, say);
    } finally {
      chain.close();
    }
  });
}
