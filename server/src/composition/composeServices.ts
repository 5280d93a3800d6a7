/** Puts the parts of the service together. Nothing else knows which implementation stands behind a port. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createBusinessServices } from './composeWrites.ts';
import { connectChain, type Chain } from '../chain/connect.ts';
import { createDeployment, type Deployment } from '../chain/programs/deployment.ts';
import { openKeystore, type Keystore } from '../chain/keys/keystore.ts';
import { programCalls } from '../chain/programs/programCalls.ts';
import { createProgramFactory } from '../chain/programs/programFactory.ts';
import type { Config } from '../config/config.ts';
import { LOCAL_SEND_POLICY, PUBLIC_SEND_POLICY } from '../domain/transactions/transaction.ts';
import type { Logger } from '../lib/logger.ts';
import type { Acting } from '../ports/chain/submitter.ts';
import { OWN_KEYS } from '../ports/chain/signer.ts';
import type { Wake } from '../ports/wake.ts';
import { createActing } from '../services/transactions/submitter.ts';
import { createAccountLinks } from '../services/indexer/memberAccounts.ts';
import { createAggregating, type Aggregating } from '../services/statements/aggregator.ts';
import { createApiKeys, type ApiKeys } from '../services/access/apiKeys.ts';
import type { BusinessServices } from '../graphql/core/context.ts';
import { createCatalogue, type Catalogue } from '../services/catalogue/catalogue.ts';
import { createChainStates } from '../services/indexer/statementStates.ts';
import { createChanges, type Changes } from '../services/terms/changes.ts';
import { createDrops, type Drops } from '../services/statements/drops.ts';
import { createDuties } from '../services/keeper/upkeeps.ts';
import { createEscrow } from '../services/members/lockedPoints.ts';
import { createKeeping } from '../services/keeper/keeper.ts';
import { createMembers, type Members } from '../services/members/members.ts';
import { createProgramsService, type Programs } from '../services/programs/programs.ts';
import { createQueueing } from '../services/transactions/nonceQueue.ts';
import { createReading } from '../services/indexer/indexer.ts';
import { createReceipts, type Receipts } from '../services/statements/receipts.ts';
import { createRecording, type Recording } from '../services/actions/recordActions.ts';
import { createRegistering } from '../services/programs/registerCreated.ts';
import { createRelaying } from '../services/transactions/relayer.ts';
import { createRounds, type Rounds } from '../services/buyback/rounds.ts';
import { createSending, sendingOfAll } from '../services/transactions/sender.ts';
import { createSettling } from '../services/statements/settler.ts';
import { createVoiding, type Voiding } from '../services/actions/voidActions.ts';
import { createWorker, type Worker } from '../services/worker/worker.ts';
import { connectStore, type Store } from '../store/connect.ts';

/** What the service stands on. */
export interface Foundation {
  readonly store: Store;
  readonly chain: Chain;
  readonly keystore: Keystore;
  readonly deployment: Deployment;
  close(): Promise<void>;
}

/** Connects to the database and the chain and opens the keys. */
export async function connectFoundation(config: Config): Promise<Foundation> {
  const keystore = await openKeystore({
    path: join(config.stateDir, 'keystore.json'),
    password: config.keystorePassword,
  });
  const store = await connectStore(config.mongodbUri);
  const chain = await connectChain({ rpcUrls: config.rpcUrls, chainId: config.chainId }).catch(
    async (error: unknown) => {
      await store.close();
      throw error;
    },
  );
  const deployment = createDeployment({ chain, keystore });
  return {
    store,
    chain,
    keystore,
    deployment,
    async close() {
      deployment.close();
      chain.close();
      await store.close();
    },
  };
}

/** Everything that can be asked of the service. */
export interface Services extends BusinessServices {
  readonly acting: Acting;
  readonly aggregating: Aggregating;
  readonly apiKeys: ApiKeys;
  readonly catalogue: Catalogue;
  readonly changes: Changes;
  readonly drops: Drops;
  readonly members: Members;
  readonly programs: Programs;
  readonly receipts: Receipts;
  readonly recording: Recording;
  readonly rounds: Rounds;
  readonly voiding: Voiding;
}

/** @param wake The worker of this process; workers elsewhere find work by polling. */
export function createServices(foundation: Foundation, wake: Wake): Services {
  const { store, chain, keystore } = foundation;
  const { chainId, clock, gateway, forwarding } = chain;
  const { signer } = keystore;
  const deps = { ...store, chainId, clock, gateway, forwarding, signer, wake, wallNowMs: Date.now };
  const aggregating = createAggregating(deps);
  const drops = createDrops({ ...deps, aggregating });
  const acting = createActing({ ...deps, relaying: createRelaying(deps) });
  const facts = {
    catalogue: createCatalogue(deps),
    changes: createChanges(deps),
    drops,
    programs: createProgramsService(deps),
    rounds: createRounds(deps),
  };
  return {
    ...facts,
    ...createBusinessServices(foundation, acting, facts),
    acting,
    aggregating,
    apiKeys: createApiKeys(store),
    members: createMembers({ ...deps, escrow: createEscrow(deps), aggregating, drops }),
    receipts: createReceipts({ ...deps, aggregating }),
    recording: createRecording(deps),
    voiding: createVoiding(deps),
  };
}

/** The half that reads the chain, aggregates, settles and sends. */
export function composeWorker(
  foundation: Foundation,
  aggregating: Aggregating,
  logger: Logger,
): Worker {
  const { store, chain, keystore } = foundation;
  const { chainId, reader, gateway, clock } = chain;
  const { signer } = keystore;
  const common = { ...store, chainId, reader, gateway, clock, signer, logger, wallNowMs: Date.now };
  const policy = chain.local ? LOCAL_SEND_POLICY : PUBLIC_SEND_POLICY;
  return createWorker({
    ...common,
    aggregating,
    reading: createReading({
      ...common,
      chainStates: createChainStates(common),
      accountLinks: createAccountLinks(common),
    }),
    settling: createSettling({ ...common, from: signer.recorderAddress() }),
    keeping: createKeeping({
      ...common,
      duties: createDuties({ ...common, calls: programCalls }),
      queue: createQueueing({ ...common, from: signer.addressOf('relayer') }),
    }),
    registering: createRegistering({
      ...common,
      factory: createProgramFactory(foundation.deployment, signer.recorderAddress()),
      programs: createProgramsService(common),
    }),
    sending: sendingOfAll(OWN_KEYS.map((by) => createSending({ ...common, by, policy }))),
    holder: randomUUID(),
  });
}
