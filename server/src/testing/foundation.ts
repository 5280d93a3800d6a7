/** What every live test of the server stands on: a chain, a database, keys, and the production composition on top. */
import type { Chain as Anvil } from '@dewpoint/infra/chain/chain.ts';
import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import { startDeployedChain } from '@dewpoint/contracts/testing/chain/deployedChain.ts';
import { createKeystore } from '../chain/keys/keystore.ts';
import type { Secrets } from '../chain/keys/keystoreFile.ts';
import {
  composeServices,
  composeWorkerParts,
  connectWith,
  type Foundation,
  type Services,
  type WorkerParts,
} from '../composition/composeServices.ts';
import type { SendPolicy } from '../domain/transactions/transaction.ts';
import { createLogger } from '../lib/logger.ts';

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

export interface TestFoundation extends Foundation {
  readonly anvil: Anvil;
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
}

export async function startFoundation(options: FoundationOptions = {}): Promise<TestFoundation> {
  const { chainDir, databaseUri = testDatabaseUri() } = options;
  const { chain: anvil } = await startDeployedChain(
    chainDir === undefined ? {} : { dir: chainDir },
  );
  const foundation = await connectWith(createKeystore(SECRETS), {
    mongodbUri: databaseUri,
    rpcUrls: [anvil.url],
    chainId: null,
    relayerLanes: options.lanes ?? 1,
  });
  await foundation.deployment.fund([]);
  return {
    ...foundation,
    anvil,
    databaseUri,
    close: async () => {
      await foundation.close();
      await anvil.stop();
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
