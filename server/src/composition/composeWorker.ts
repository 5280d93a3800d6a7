/** Composes the worker of a chain, and its stages. */
import { randomUUID } from 'node:crypto';
import { composeSubmitter } from './composeWrites.ts';
import { contractCodec } from '../chain/programs/contractCodec.ts';
import { createProgramFactory } from '../chain/programs/programFactory.ts';
import {
  LOCAL_SEND_POLICY,
  PUBLIC_SEND_POLICY,
  type SendPolicy,
} from '../domain/transactions/transaction.ts';
import type { Logger } from '../lib/logger.ts';
import type { Wake } from '../ports/wake.ts';
import { createMemberAccounts } from '../services/indexer/memberAccounts.ts';
import { logTrees } from '../chain/programs/logTrees.ts';
import { createAnchoredLogs } from '../services/actions/anchoredLogs.ts';
import { createProgramViews } from '../chain/programs/programViews.ts';
import { createSyncUpkeep } from '../services/keeper/syncUpkeep.ts';
import { createAnchorUpkeep } from '../services/keeper/anchorUpkeep.ts';
import { createStatementStates } from '../services/indexer/statementStates.ts';
import { createUpkeeps } from '../services/keeper/upkeeps.ts';
import { createKeeper, type Keeper } from '../services/keeper/keeper.ts';
import { createMemberEraser, type MemberEraser } from '../services/members/eraseMember.ts';
import { createMergedPoints, type MergedPoints } from '../services/members/mergedPoints.ts';
import { createMemberMerger, type MemberMerger } from '../services/members/mergeMembers.ts';
import { createOnce } from '../services/transactions/once.ts';
import { createPrograms } from '../services/programs/programs.ts';
import { createProgramCalls } from '../services/transactions/programCalls.ts';
import { createGasAlert, createGasTank, type GasAlert } from '../services/transactions/gasTank.ts';
import { createLanes } from '../services/transactions/queue/lanes.ts';
import { createIndexer, type Indexer } from '../services/indexer/indexer.ts';
import {
  createRegisterCreated,
  type RegisterCreated,
} from '../services/programs/registerCreated.ts';
import { createSender, type Sender } from '../services/transactions/sending/sender.ts';
import { createSettler, type Settler } from '../services/statements/settler.ts';
import { createRounds } from '../services/buyback/rounds.ts';
import { createCollectTellings } from '../services/webhooks/collectTellings.ts';
import { createTeller, type Teller } from '../services/webhooks/teller.ts';
import { createWorker, type Aggregation, type Worker } from '../services/worker/worker.ts';
import type { Foundation } from './composeServices.ts';

/** The stages that a worker runs. */
export interface WorkerParts {
  readonly indexer: Indexer;
  readonly settler: Settler;
  readonly keeper: Keeper;
  readonly memberEraser: MemberEraser;
  readonly memberMerger: MemberMerger;
  readonly mergedPoints: MergedPoints;
  readonly registerCreated: RegisterCreated;
  readonly sender: Sender;
  readonly gasAlert: GasAlert;
  readonly teller: Teller;
}

/** Composes the stages of a worker. @param policy Limits of the fees of transactions, and of when they are sent again. */
export function composeWorkerParts(
  foundation: Foundation,
  logger: Logger,
  policy: SendPolicy = foundation.chain.local ? LOCAL_SEND_POLICY : PUBLIC_SEND_POLICY,
): WorkerParts {
  const { store, chain, keystore, wallNowMs } = foundation;
  const { chainId, reader, gateway, forwarding, clock } = chain;
  const { signer } = keystore;
  // The worker looks again by itself when a step had something to do.
  const wake: Wake = { wake: () => undefined };
  const reached = { chainId, reader, gateway, forwarding, clock };
  const connected = { ...store, ...reached, signer, logger, wake, wallNowMs };
  const common = { ...connected, lanes: createLanes({ ...connected, lanes: foundation.lanes }) };
  const calls = createProgramCalls(contractCodec);
  const views = createProgramViews(chain.rpc, chain.local ? 'pending' : 'latest');
  const gasTank = createGasTank({ ...common, lowGas: foundation.lowGas });
  return {
    indexer: createIndexer({
      ...common,
      statementStates: createStatementStates(common),
      memberAccounts: createMemberAccounts(common),
    }),
    memberEraser: createMemberEraser({
      ...{ ...common, once: createOnce(common) },
      anchoredLogs: createAnchoredLogs({ ...common, logTrees }),
    }),
    memberMerger: createMemberMerger({ ...common, once: createOnce(common) }),
    mergedPoints: createMergedPoints({
      ...{ ...common, calls },
      submitter: composeSubmitter({ ...common, views }),
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
    gasAlert: createGasAlert({ ...common, gasTank }),
    teller: createTeller({
      ...common,
      confirmations: policy.confirmations,
      collectTellings: createCollectTellings({
        ...{ ...common, gasTank },
        readRounds: createRounds(common),
      }),
    }),
  };
}

/** Lease and poll times of a worker. */
export interface WorkerTiming {
  /** Called when something was told of. */
  readonly onTold?: () => void;
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
