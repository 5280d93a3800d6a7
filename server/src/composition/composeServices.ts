/** Composes the service. Only this folder knows which implementation a port has. */
import { join } from 'node:path';
import { composeAccess, type AccessServices } from './composeAccess.ts';
import { composeSubmitter, composeWrites } from './composeWrites.ts';
import { connectChain, type Chain } from '../chain/connect.ts';
import { createDeployment, type Deployment } from '../chain/programs/deployment.ts';
import { openMovableClock } from '../chain/local/localClock.ts';
import { openKeystore, type Keystore } from '../chain/keys/keystore.ts';
import { contractCodec } from '../chain/programs/contractCodec.ts';
import { ConfigError, type ChainConfig, type Config } from '../config/config.ts';
import type { Environment } from '../domain/environment.ts';
import type { Submitter } from '../ports/chain/submitter.ts';
import type { Wake } from '../ports/wake.ts';
import { logTrees } from '../chain/programs/logTrees.ts';
import { createAnchoredLogs, type AnchoredLogs } from '../services/actions/anchoredLogs.ts';
import { createProgramViews } from '../chain/programs/programViews.ts';
import { createAggregator, type Aggregator } from '../services/statements/aggregator.ts';
import { createAuditLog, type AuditLog } from '../services/auditLog/auditLog.ts';
import { createKeyManager, type KeyManager } from '../services/access/manageKeys.ts';
import type { WriteServices } from '../graphql/core/context.ts';
import { createCatalogue, type Catalogue } from '../services/catalogue/catalogue.ts';
import { createChanges, type Changes } from '../services/terms/changes.ts';
import { createDocuments, type Documents } from '../services/terms/documents.ts';
import { createTermsDrafts, type TermsDrafts } from '../services/terms/termsDrafts.ts';
import { createPreviewRuleSet, type PreviewRuleSet } from '../services/terms/previewRuleSet.ts';
import { createDrops, type Drops } from '../services/statements/drops.ts';
import { createLockedPoints } from '../services/members/lockedPoints.ts';
import { createNotedRejections, type NotedRejections } from '../services/actions/rejections.ts';
import { createMemberActions, type MemberActions } from '../services/actions/memberActions.ts';
import { createMemberActivity, type MemberActivity } from '../services/members/memberActivity.ts';
import { createMemberList, type MemberList } from '../services/members/memberList.ts';
import { createMemberEraser, type MemberEraser } from '../services/members/eraseMember.ts';
import {
  createMemberKeyExport,
  type MemberKeyExport,
} from '../services/members/exportMemberKey.ts';
import { createMemberMerger, type MemberMerger } from '../services/members/mergeMembers.ts';
import { createMembers, type Members } from '../services/members/members.ts';
import {
  createReadOperatorAccount,
  type ReadOperatorAccount,
} from '../services/programs/operatorAccounts.ts';
import { createMoveClock, type MoveClock } from '../services/programs/moveClock.ts';
import { createLooks, type Looks } from '../services/programs/looks.ts';
import { createPrograms, type Programs } from '../services/programs/programs.ts';
import { createGasTank, type GasTank } from '../services/transactions/gasTank.ts';
import { createLanes } from '../services/transactions/queue/lanes.ts';
import { createHookSecrets } from '../services/webhooks/hookSecrets.ts';
import {
  createEndpointManager,
  type EndpointManager,
} from '../services/webhooks/manageEndpoints.ts';
import { createDeliveries, type Deliveries } from '../services/webhooks/resendDeliveries.ts';
import { createReceipts, type Receipts } from '../services/statements/receipts.ts';
import { createRecordActions, type RecordActions } from '../services/actions/recordActions.ts';
import { createLiabilities, type Liabilities } from '../services/buyback/liability.ts';
import { NEVER_STOPPED, type RecordingStops } from '../services/billing/recordingStops.ts';
import { createRounds, type Rounds } from '../services/buyback/rounds.ts';
import {
  createSettlementProgress,
  type ReadSettlementProgress,
} from '../services/statements/settlementProgress.ts';
import { createReviewActions, type ReviewActions } from '../services/actions/reviewActions.ts';
import { connectStore, type Store } from '../store/connect.ts';

/** Connections and keys that the service runs on, for one of its chains. */
export interface Foundation {
  /** Of the programs on this chain. */
  readonly environment: Environment;
  readonly store: Store;
  readonly chain: Chain;
  readonly keystore: Keystore;
  readonly deployment: Deployment;
  /** Lanes of the relayer that are in use. */
  readonly lanes: number;
  /** Units of gas below which a lane is low. */
  readonly lowGas: bigint;
  /** Scheme, host and port under which people reach the service; null where that is not known. */
  readonly publicUrl: string | null;
  /** Whether webhooks may go to the machine itself: a service on a developer's machine. */
  readonly hasLocalHooks: boolean;
  /** The clock on the wall, for what has nothing to do with the chain's. Unix milliseconds. */
  readonly wallNowMs: () => number;
  /** Closes the chain, not the database. */
  close(): Promise<void>;
}

/** The foundations of the service: one for each of its chains, on one database and one keystore. */
export interface Foundations {
  readonly test: Foundation;
  /** Null while there is no live chain. */
  readonly live: Foundation | null;
  close(): Promise<void>;
}

/** Lists the foundations that there are. */
export const foundationsOf = ({ test, live }: Pick<Foundations, 'test' | 'live'>): Foundation[] =>
  live === null ? [test] : [test, live];

const LOOPBACK_HOSTS = ['127.0.0.1', '::1', 'localhost'];

/** Connects to the database and the chains and opens the keys. */
export async function connectFoundations(config: Config): Promise<Foundations> {
  const keystore = await openKeystore({
    path: join(config.stateDir, 'keystore.json'),
    password: config.keystorePassword,
    treasuryKey: config.treasury.key,
  });
  const isOnLoopback = LOOPBACK_HOSTS.includes(config.http.host);
  return connectWith(keystore, { ...config, isOnLoopback });
}

/** Connects to the database and the chains, with keys that are open already. @throws ConfigError when both are the same chain */
export async function connectWith(
  keystore: Keystore,
  config: Pick<Config, 'mongodbUri' | 'test' | 'live' | 'relayerLanes' | 'lowGas' | 'publicUrl'> & {
    /** Whether the service answers on this machine alone. */
    readonly isOnLoopback: boolean;
  },
): Promise<Foundations> {
  const store = await connectStore(config.mongodbUri);
  const opened: Foundation[] = [];
  const close = async (): Promise<void> => {
    for (const foundation of opened) await foundation.close();
    await store.close();
  };
  const open = async (environment: Environment, reached: ChainConfig): Promise<Foundation> => {
    const chain = await connectChain(reached);
    const deployment = createDeployment({ chain, keystore, environment });
    const foundation: Foundation = {
      ...{ environment, store, chain, keystore, deployment },
      lanes: config.relayerLanes,
      lowGas: config.lowGas,
      publicUrl: config.publicUrl,
      hasLocalHooks: chain.local && config.isOnLoopback,
      wallNowMs: Date.now,
      close: () => {
        deployment.close();
        chain.close();
        return Promise.resolve();
      },
    };
    opened.push(foundation);
    return foundation;
  };
  try {
    const test = await open('test', config.test);
    const live = config.live === null ? null : await open('live', config.live);
    if (live?.chain.chainId === test.chain.chainId) {
      throw new ConfigError([
        `LIVE_RPC_URL: is chain ${test.chain.chainId}, as RPC_URL is; test and live must be on different chains`,
      ]);
    }
    return { test, live, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** All use cases of the service. */
export interface Services extends WriteServices, AccessServices {
  readonly submitter: Submitter;
  readonly aggregator: Aggregator;
  readonly keyManager: KeyManager;
  readonly auditLog: AuditLog;
  readonly anchoredLogs: AnchoredLogs;
  readonly catalogue: Catalogue;
  readonly changes: Changes;
  readonly documents: Documents;
  readonly termsDrafts: TermsDrafts;
  readonly endpointManager: EndpointManager;
  readonly deliveries: Deliveries;
  readonly drops: Drops;
  readonly memberActions: MemberActions;
  readonly memberActivity: MemberActivity;
  readonly memberList: MemberList;
  readonly gasTank: GasTank;
  readonly memberEraser: MemberEraser;
  readonly memberKeyExport: MemberKeyExport;
  readonly memberMerger: MemberMerger;
  readonly members: Members;
  readonly notedRejections: NotedRejections;
  readonly operatorAccount: ReadOperatorAccount;
  readonly orderNotes: Store['orderNotes'];
  readonly liabilities: Liabilities;
  readonly looks: Looks;
  readonly moveClock: MoveClock;
  readonly previewRuleSet: PreviewRuleSet;
  readonly programs: Programs;
  readonly receipts: Receipts;
  readonly recordActions: RecordActions;
  readonly recordingStops: RecordingStops;
  readonly rounds: Rounds;
  readonly settlementProgress: ReadSettlementProgress;
  readonly reviewActions: ReviewActions;
}

/**
 * Composes the use cases.
 *
 * @param wake Wakes the worker of this process; other workers find work by polling.
 * @param recordingStops Left out, nobody is billed.
 */
export function composeServices(
  foundation: Foundation,
  wake: Wake,
  recordingStops: RecordingStops = NEVER_STOPPED,
): Services {
  const { store, chain, keystore, wallNowMs } = foundation;
  const { chainId, clock, gateway, forwarding } = chain;
  const { signer } = keystore;
  const connected = { ...store, chainId, clock, gateway, forwarding, signer, wake, wallNowMs };
  const lanes = createLanes({ ...connected, lanes: foundation.lanes });
  const deps = { ...connected, lanes };
  const aggregator = createAggregator(deps);
  const drops = createDrops({ ...deps, aggregator });
  const views = createProgramViews(chain.rpc, chain.local ? 'pending' : 'latest');
  const notedRejections = createNotedRejections(deps);
  const submitter = composeSubmitter({ ...deps, views });
  const projections = {
    anchoredLogs: createAnchoredLogs({ ...deps, logTrees }),
    catalogue: createCatalogue(deps),
    changes: createChanges(deps),
    documents: createDocuments({ ...deps, codec: contractCodec }),
    termsDrafts: createTermsDrafts(deps),
    drops,
    programs: createPrograms(deps),
    rounds: createRounds(deps),
  };
  const writes = composeWrites(foundation, submitter, drops);
  const { once } = writes;
  const settlementProgress = createSettlementProgress({ ...deps, aggregator });
  const movableClock = openMovableClock(chain);
  const looks = createLooks({ ...store, once });
  return {
    ...projections,
    ...writes,
    ...composeAccess(foundation, { once, looks }),
    submitter,
    aggregator,
    gasTank: createGasTank({ lanes, gateway, lowGas: foundation.lowGas }),
    auditLog: createAuditLog({ ...store, wallNowMs }),
    memberEraser: createMemberEraser({
      ...{ ...deps, once },
      anchoredLogs: projections.anchoredLogs,
    }),
    memberKeyExport: createMemberKeyExport({
      ...{ ...store, once, wallNowMs },
      memberKeys: keystore.memberKeys,
    }),
    memberMerger: createMemberMerger({ ...deps, once }),
    keyManager: createKeyManager({
      ...{ ...store, once, programs: projections.programs },
      ...{ keySecrets: keystore.keySecrets, wallNowMs },
    }),
    endpointManager: createEndpointManager({
      ...{ ...store, once, programs: projections.programs, wallNowMs },
      hookSecrets: createHookSecrets(keystore.keySecrets),
      isLocal: foundation.hasLocalHooks,
    }),
    deliveries: createDeliveries({ ...store, once, wake, wallNowMs }),
    memberActions: createMemberActions({ ...deps, aggregator }),
    memberActivity: createMemberActivity({ ...deps, aggregator }),
    memberList: createMemberList(deps),
    members: createMembers({ ...deps, lockedPoints: createLockedPoints(deps), aggregator, drops }),
    previewRuleSet: createPreviewRuleSet({ ...deps, programs: projections.programs }),
    receipts: createReceipts({ ...deps, aggregator }),
    notedRejections,
    operatorAccount: createReadOperatorAccount({ ...deps, views: writes.views, gateway }),
    orderNotes: store.orderNotes,
    liabilities: createLiabilities({ ...deps, views }),
    looks,
    moveClock: createMoveClock({ ...deps, movableClock, settlementProgress, once }),
    recordActions: createRecordActions({ ...deps, notedRejections, recordingStops }),
    recordingStops,
    settlementProgress,
    reviewActions: createReviewActions({ ...deps, aggregator }),
  };
}
