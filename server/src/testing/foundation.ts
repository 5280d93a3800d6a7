/** What every live test of the server stands on: a chain, a database, keys, and the production composition on top. */
import type { Address } from '@dewpoint/contracts/statement.ts';
import { TEST_ORGANISATION } from './builders/program.ts';
import type { Chain as Anvil } from '@dewpoint/infra/chain/chain.ts';
import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import { startDeployedChain } from '@dewpoint/contracts/testing/chain/deployedChain.ts';
import { createKeystore } from '../chain/keys/keystore.ts';
import type { Secrets } from '../chain/keys/keystoreFile.ts';
import {
  composeServices,
  connectWith,
  foundationsOf,
  type Foundation,
  type Services,
} from '../composition/composeServices.ts';
import { composeWorkerParts, type WorkerParts } from '../composition/composeWorker.ts';
import type { SendPolicy } from '../domain/transactions/transaction.ts';
import { createLogger } from '../lib/logger.ts';
import { createMetrics } from '../lib/metrics.ts';

/** The first lane of their relayer has deployed the contracts of the chain that tests start from. */
export const SECRETS: Secrets = {
  recorderMaster: '11'.repeat(32),
  operatorMaster: '22'.repeat(32),
  relayerMaster: '33'.repeat(32),
  memberMaster: '44'.repeat(32),
};

export const silentLogger = createLogger({
  level: process.env.TEST_LOG_LEVEL ?? 'silent',
  pretty: false,
});

/** Metrics that nobody scrapes. */
export const unreadMetrics = createMetrics(() => Promise.resolve({}));

export interface TestFoundation extends Foundation {
  readonly anvil: Anvil;
  /** Account of the organisation that runs the programs of tests. */
  readonly operator: Address;
  /** The live chain; null unless the test wants one. */
  readonly live: (Foundation & { readonly anvil: Anvil }) | null;
  /** For another process on the same database. */
  readonly databaseUri: string;
}

export interface FoundationOptions {
  /** Keeps the state of the chain, so that it can be started again. */
  readonly chainDir?: string;
  /** A database of the test's own; one of the shared server if left out. */
  readonly databaseUri?: string;
  /** Lanes of the relayer that are in use; one if left out. */
  readonly lanes?: number;
  /** Whether there is a live chain besides: another one, with the same contracts on it. */
  readonly hasLive?: boolean;
}

/** Of the chain for live programs. */
const LIVE_CHAIN_ID = 41_337;

export async function startFoundation(options: FoundationOptions = {}): Promise<TestFoundation> {
  const { chainDir, databaseUri = testDatabaseUri() } = options;
  const { chain: anvil } = await startDeployedChain(
    chainDir === undefined ? {} : { dir: chainDir },
  );
  const { chain: liveAnvil } =
    options.hasLive === true
      ? await startDeployedChain({ chainId: LIVE_CHAIN_ID })
      : { chain: null };
  const foundations = await connectWith(createKeystore(SECRETS), {
    mongodbUri: databaseUri,
    test: { rpcUrls: [anvil.url], chainId: null },
    live: liveAnvil === null ? null : { rpcUrls: [liveAnvil.url], chainId: LIVE_CHAIN_ID },
    relayerLanes: options.lanes ?? 1,
    lowGas: 20_000_000n,
    publicUrl: null,
    isOnLoopback: true,
  });
  const { test: foundation, live } = foundations;
  for (const one of foundationsOf(foundations)) await one.deployment.fund([]);
  return {
    ...foundation,
    anvil,
    operator: foundation.deployment.operatorOf(TEST_ORGANISATION),
    live: live === null || liveAnvil === null ? null : { ...live, anvil: liveAnvil },
    databaseUri,
    close: async () => {
      await foundations.close();
      await anvil.stop();
      await liveAnvil?.stop();
    },
  };
}

/** One server process: what it answers with, and the steps of its worker. */
export interface ServerProcess extends Services, WorkerParts {
  /** How often its worker was woken. */
  wakes(): number;
}

/** What another process has in the place of the common parts. */
export interface ProcessOverrides extends Partial<Omit<Foundation, 'close'>> {
  readonly policy?: SendPolicy;
}

/** Starting another process on the same foundation is what a restart does. */
export function startProcess(
  foundation: Foundation,
  { policy, ...overrides }: ProcessOverrides = {},
): ServerProcess {
  const own = { ...foundation, ...overrides };
  let wakes = 0;
  const services = composeServices(own, { wake: () => void (wakes += 1) });
  return {
    ...services,
    ...composeWorkerParts(own, silentLogger, policy),
    wakes: () => wakes,
  };
}
