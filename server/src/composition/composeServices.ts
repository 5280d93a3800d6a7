/** Composes the service. Only this folder knows which implementation a port has. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { composeWrites } from './composeWrites.ts';
import { connectChain, type Chain } from '../chain/connect.ts';
import { createDeployment, type Deployment } from '../chain/programs/deployment.ts';
import { openKeystore, type Keystore } from '../chain/keys/keystore.ts';
import { contractCodec } from '../chain/programs/contractCodec.ts';
import { createProgramFactory } from '../chain/programs/programFactory.ts';
import type { Config } from '../config/config.ts';
import {
  LOCAL_SEND_POLICY,
  PUBLIC_SEND_POLICY,
  type SendPolicy,
} from '../domain/transactions/transaction.ts';
import type { Logger } from '../lib/logger.ts';
import type { Submitter } from '../ports/chain/submitter.ts';
import type { Wake } from '../ports/wake.ts';
import { createSubmitter } from '../services/transactions/submitter.ts';
import { createMemberAccounts } from '../services/indexer/memberAccounts.ts';
import { logTrees } from '../chain/programs/logTrees.ts';
import { createAnchoredLogs, type AnchoredLogs } from '../services/actions/anchoredLogs.ts';
import { createProgramViews } from '../chain/programs/programViews.ts';
import { createSyncUpkeep } from '../services/keeper/syncUpkeep.ts';
import { createAnchorUpkeep } from '../services/keeper/anchorUpkeep.ts';
import { createAggregator, type Aggregator } from '../services/statements/aggregator.ts';
import { createApiKeys, type ApiKeys } from '../services/access/apiKeys.ts';
import type { WriteServices } from '../graphql/core/context.ts';
import { createCatalogue, type Catalogue } from '../services/catalogue/catalogue.ts';
import { createStatementStates } from '../services/indexer/statementStates.ts';
import { createChanges, type Changes } from '../services/terms/changes.ts';
import { createDocuments, type Documents } from '../services/terms/documents.ts';
import { createDrops, type Drops } from '../services/statements/drops.ts';
import { createUpkeeps } from '../services/keeper/upkeeps.ts';
import { createLockedPoints } from '../services/members/lockedPoints.ts';
import { createKeeper, type Keeper } from '../services/keeper/keeper.ts';
import { createMembers, type Members } from '../services/members/members.ts';
import { createPrograms, type Programs } from '../services/programs/programs.ts';
import { createProgramCalls } from '../services/transactions/programCalls.ts';
import { createLanes } from '../services/transactions/queue/lanes.ts';
import { createOwnSends } from '../services/transactions/relaying/ownSends.ts';
import { createIndexer, type Indexer } from '../services/indexer/indexer.ts';
import { createReceipts, type Receipts } from '../services/statements/receipts.ts';
import { createRecordActions, type RecordActions } from '../services/actions/recordActions.ts';
import {
  createRegisterCreated,
  type RegisterCreated,
} from '../services/programs/registerCreated.ts';
import { createRelayer } from '../services/transactions/relaying/relayer.ts';
import { createRounds, type Rounds } from '../services/buyback/rounds.ts';
import { createSender, type Sender } from '../services/transactions/sending/sender.ts';
import {
  createSettlementProgress,
  type ReadSettlementProgress,
} from '../services/statements/settlementProgress.ts';
import { createSettler, type Settler } from '../services/statements/settler.ts';
import { createVoidActions, type VoidActions } from '../services/actions/voidActions.ts';
import { createWorker, type Aggregation, type Worker } from '../services/worker/worker.ts';
import { connectStore, type Store } from '../store/connect.ts';

/** Connections and keys that the service runs on. */
export interface Foundation {
  readonly store: Store;
  readonly chain: Chain;
  readonly keystore: Keystore;
  readonly deployment: Deployment;
  /** Lanes of the relayer that are in use. */
  readonly lanes: number;
  /** The clock on the wall, for what has nothing to do with the chain's. Unix milliseconds. */
  readonly wallNowMs: () => number;
  close(): Promise<void>;
}

/** Connects to the database and the chain and opens the keys. */
export async function connectFoundation(config: Config): Promise<Foundation> {
  const keystore = await openKeystore({
    path: join(config.stateDir, 'keystore.json'),
    password: config.keystorePassword,
  });
  return connectWith(keystore, config);
}

/** Connects to the database and the chain, with keys that are open already. */
export async function connectWith(
  keystore: Keystore,
  config: Pick<Config, 'mongodbUri' | 'rpcUrls' | 'chainId' | 'relayerLanes'>,
): Promise<Foundation> {
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
    lanes: config.relayerLanes,
    wallNowMs: Date.now,
    async close() {
      deployment.close();
      chain.close();
      await store.close();
    },
  };
}

/** All use cases of the service. */
export interface Services extends WriteServices {
  readonly submitter: Submitter;
  readonly aggregator: Aggregator;
  readonly apiKeys: ApiKeys;
  readonly anchoredLogs: AnchoredLogs;
  readonly catalogue: Catalogue;
  readonly changes: Changes;
  readonly documents: Documents;
  readonly drops: Drops;
  readonly members: Members;
  readonly programs: Programs;
  readonly receipts: Receipts;
  readonly recordActions: RecordActions;
  readonly rounds: Rounds;
  readonly settlementProgress: ReadSettlementProgress;
  readonly voidActions: VoidActions;
}

/** Composes the use cases. @param wake Wakes the worker of this process; other workers find work by polling. */
export function composeServices(foundation: Foundation, wake: Wake): Services {
  const { store, chain, keystore, wallNowMs } = foundation;
  const { chainId, clock, gateway, forwarding } = chain;
  const { signer } = keystore;
  const connected = { ...store, chainId, clock, gateway, forwarding, signer, wake, wallNowMs };
  const lanes = createLanes({ ...connected, lanes: foundation.lanes });
  const deps = { ...connected, lanes };
  const aggregator = createAggregator(deps);
  const drops = createDrops({ ...deps, aggregator });
  const submitter = createSubmitter({
    ...deps,
    relayer: createRelayer(deps),
    ownSends: createOwnSends(deps),
  });
  const projections = {
    anchoredLogs: createAnchoredLogs({ ...deps, logTrees }),
    catalogue: createCatalogue(deps),
    changes: createChanges(deps),
    documents: createDocuments({ ...store, codec: contractCodec }),
    drops,
    programs: createPrograms(deps),
    rounds: createRounds(deps),
  };
  return {
    ...projections,
    ...composeWrites(foundation, submitter, drops),
    submitter,
    aggregator,
    apiKeys: createApiKeys(store),
    members: createMembers({ ...deps, lockedPoints: createLockedPoints(deps), aggregator, drops }),
    receipts: createReceipts({ ...deps, aggregator }),
    recordActions: createRecordActions(deps),
    settlementProgress: createSettlementProgress({ ...deps, aggregator }),
    voidActions: createVoidActions({ ...deps, aggregator }),
  };
}

/** The stages that a worker runs. */
export interface WorkerParts {
  readonly indexer: Indexer;
  readonly settler: Settler;
  readonly keeper: Keeper;
  readonly registerCreated: RegisterCreated;
  readonly sender: Sender;
}

/** Composes the stages of a worker. @param policy Limits of the fees of transactions, and of when they are sent again. */
export function composeWorkerParts(
  foundation: Foundation,
  logger: Logger,
  policy: SendPolicy = foundation.chain.local ? LOCAL_SEND_POLICY : PUBLIC_SEND_POLICY,
): WorkerParts {
  const { store, chain, keystore, wallNowMs } = foundation;
  const { chainId, reader, gateway, clock } = chain;
  const { signer } = keystore;
  const connected = { ...store, chainId, reader, gateway, clock, signer, logger, wallNowMs };
  const common = { ...connected, lanes: createLanes({ ...connected, lanes: foundation.lanes }) };
  const calls = createProgramCalls(contractCodec);
  const views = createProgramViews(chain.rpc, chain.local ? 'pending' : 'latest');
  return {
    indexer: createIndexer({
      ...common,
      statementStates: createStatementStates(common),
      memberAccounts: createMemberAccounts(common),
    }),
    settler: createSettler(common),
    keeper: createKeeper({
      ...common,
      upkeeps: createUpkeeps({
        ...{ ...common, calls },
        anchorUpkeep: createAnchorUpkeep({
          ...{ ...common, calls, anchoredLogs: createAnchoredLogs({ ...common, logTrees }) },
        }),
        syncUpkeep: createSyncUpkeep({ ...common, calls, views }),
      }),
    }),
    registerCreated: createRegisterCreated({
      ...common,
      factory: createProgramFactory(foundation.deployment),
      programs: createPrograms(common),
    }),
    sender: createSender({ ...common, policy }),
  };
}

/** Lease and poll times of a worker. */
export interface WorkerTiming {
  /** Unique to this process. */
  readonly holder?: string;
  readonly leaseTtlMs?: number;
  readonly pollMs?: number;
}

/** Composes the worker, which reads the chain, aggregates, settles and sends. */
export function composeWorker(
  foundation: Foundation,
  aggregator: Aggregation,
  logger: Logger,
  timing: WorkerTiming = {},
): Worker {
  const { store, chain, wallNowMs } = foundation;
  return createWorker({
    ...store,
    ...composeWorkerParts(foundation, logger),
    chainId: chain.chainId,
    logger,
    wallNowMs,
    aggregator,
    holder: randomUUID(),
    ...timing,
  });
}
