import { createConnection, type mongo } from 'mongoose';
import type { BillingAccountStore } from '../ports/stores/billing/billingAccounts.ts';
import type { MeterHourStore } from '../ports/stores/billing/meterHours.ts';
import type { PaymentEventStore } from '../ports/stores/billing/paymentEvents.ts';
import type { TopUpLimitStore, TopUpStore } from '../ports/stores/billing/topUps.ts';
import type { CatalogueStore, OrderNoteStore } from '../ports/stores/catalogue.ts';
import type { ChangeStore, DocumentStore, TermsDraftStore } from '../ports/stores/terms.ts';
import type { RoundStore } from '../ports/stores/buyback.ts';
import type {
  ActionLog,
  AnchoredLogStore,
  AnchorStore,
  RejectionStore,
} from '../ports/stores/actions.ts';
import type {
  ApiKeyStore,
  AuditStore,
  MemberSessionStore,
  OneUseStore,
} from '../ports/stores/access.ts';
import type { KeyExportStore, MemberStore } from '../ports/stores/members.ts';
import type { LookStore, ProgramStore } from '../ports/stores/programs.ts';
import type { StatementStore } from '../ports/stores/statements.ts';
import type {
  ChainEventStore,
  CursorStore,
  ProjectionLedger,
  TotalsLedger,
} from '../ports/stores/indexer.ts';
import type {
  IdempotencyStore,
  OnceStore,
  SigningStore,
  TransactionStore,
} from '../ports/stores/transactions.ts';
import type {
  WebhookCursorStore,
  WebhookDeliveryStore,
  WebhookEndpointStore,
  WebhookEventStore,
} from '../ports/webhooks.ts';
import type { LeaseStore } from '../ports/stores/worker.ts';
import { createActionLog } from './actions/actions.ts';
import { createAnchoredLogStore, createAnchorStore } from './actions/anchoredLogs.ts';
import { createRejectionStore } from './actions/rejections.ts';
import { createApiKeyStore } from './access/apiKeys.ts';
import { createBillingAccountStore } from './billing/accounts.ts';
import { createMeterHourStore } from './billing/meterHours.ts';
import { createPaymentEventStore } from './billing/paymentEvents.ts';
import { createTopUpLimitStore } from './billing/topUpLimits.ts';
import { createTopUpStore } from './billing/topUps.ts';
import { createOrderNoteStore } from './catalogue/orderNotes.ts';
import { createMemberSessionStore } from './access/memberSessions.ts';
import { createOneUseStore } from './access/oneUseTokens.ts';
import { createAuditStore } from './access/auditEntries.ts';
import { createCatalogueStore } from './catalogue/catalogue.ts';
import { createChainEventStore } from './indexer/chainEvents.ts';
import { createChangeStore } from './terms/changes.ts';
import { createDocumentStore } from './terms/documents.ts';
import { createTermsDraftStore } from './terms/termsDrafts.ts';
import { createCursorStore } from './indexer/cursor.ts';
import { createProjectionLedger } from './indexer/projections.ts';
import { createTotalsLedger } from './indexer/totals.ts';
import { createOnceStore } from './transactions/onceKeys.ts';
import { createIdempotencyStore } from './transactions/idempotencyKeys.ts';
import { createLeaseStore } from './worker/leases.ts';
import { createKeyExportStore } from './members/keyExports.ts';
import { createMemberStore } from './members/members.ts';
import { MIGRATIONS } from './migrations.ts';
import { bringToVersion } from './mongo/dataVersion.ts';
import { withTypedErrors } from './mongo/databaseAway.ts';
import { createLookStore } from './programs/looks.ts';
import { openPeopleDatabase } from './organisations/peopleDatabase.ts';
import { createProgramStore } from './programs/programs.ts';
import { createRoundStore } from './buyback/rounds.ts';
import { createStatementStore } from './statements/statements.ts';
import { createSigningStore } from './transactions/signingRequests.ts';
import { createTransactionStore } from './transactions/transactions.ts';
import { createWebhookCursorStore } from './webhooks/cursors.ts';
import { createWebhookDeliveryStore } from './webhooks/deliveries.ts';
import { createWebhookEndpointStore } from './webhooks/endpoints.ts';
import { createWebhookEventStore } from './webhooks/events.ts';

/** All stores of the service. Each method throws ServiceError DATABASE_UNAVAILABLE while the database is away. */
export interface Store {
  readonly actionLog: ActionLog;
  readonly keyExports: KeyExportStore;
  readonly members: MemberStore;
  readonly statements: StatementStore;
  readonly programs: ProgramStore;
  readonly looks: LookStore;
  readonly apiKeys: ApiKeyStore;
  readonly memberSessions: MemberSessionStore;
  readonly oneUseTokens: OneUseStore;
  readonly auditEntries: AuditStore;
  readonly billingAccounts: BillingAccountStore;
  readonly meterHours: MeterHourStore;
  readonly paymentEvents: PaymentEventStore;
  readonly topUps: TopUpStore;
  readonly topUpLimits: TopUpLimitStore;
  readonly transactions: TransactionStore;
  readonly signingRequests: SigningStore;
  readonly chainEvents: ChainEventStore;
  readonly totals: TotalsLedger;
  readonly projections: ProjectionLedger;
  readonly changes: ChangeStore;
  readonly documents: DocumentStore;
  readonly termsDrafts: TermsDraftStore;
  readonly rounds: RoundStore;
  readonly catalogue: CatalogueStore;
  readonly orderNotes: OrderNoteStore;
  readonly anchoredLogs: AnchoredLogStore;
  readonly anchors: AnchorStore;
  readonly rejections: RejectionStore;
  readonly cursors: CursorStore;
  readonly webhookEndpoints: WebhookEndpointStore;
  readonly webhookEvents: WebhookEventStore;
  readonly webhookDeliveries: WebhookDeliveryStore;
  readonly webhookCursors: WebhookCursorStore;
  readonly leases: LeaseStore;
  readonly idempotency: IdempotencyStore;
  readonly onceKeys: OnceStore;
  /** For the library of `server/src/auth`, which writes people and organisations itself; its errors are the driver's. */
  readonly peopleDatabase: mongo.Db;
  /** Resolves when the database answers; for readiness checks. */
  ping(): Promise<void>;
  /** Reads the name and version of the database, such as `MongoDB 8.0.4` or `SecantusDB 0.5.3`; for people. */
  engine(): Promise<string>;
  close(): Promise<void>;
}

/** A database that is gone is given this long to come back before a call fails. */
const SERVER_SELECTION_MS = 5_000;
/**
 * A write that hangs fails after this long. Together with its one retry it stays below the 2 minutes between the last
 * void that is accepted and the moment that its action counts.
 */
const SOCKET_TIMEOUT_MS = 45_000;
/**
 * A database that hangs rather than refuses is found out by the driver's own look at it: every 5 s, and with 5 s for the
 * answer. Calls under way then fail at about 15 s, which is within the time of a request, and later ones as those to a
 * database that is gone.
 */
const HEARTBEAT_MS = 5_000;
const CONNECT_MS = 5_000;
/** Enough for the API and the worker of one process; the database of the reference machine has two cores. */
const MAX_POOL_SIZE = 20;

/** Waits for stores that create their indexes first, all at the same time. */
async function openAll<Opened extends object>(opening: {
  readonly [Name in keyof Opened]: Promise<Opened[Name]>;
}): Promise<Opened> {
  const entries = Object.entries(opening).map(
    async ([name, store]) => [name, await (store as Promise<unknown>)] as const,
  );
  return Object.fromEntries(await Promise.all(entries)) as Opened;
}

/**
 * Connects to MongoDB, brings its data to the version of this code and creates the indexes that are missing.
 *
 * @param uri MongoDB connection string that names the database.
 * @throws when the database does not answer within {@link SERVER_SELECTION_MS}
 * @throws DataVersionError for data that this code can't read
 */
export async function connectStore(
  uri: string,
  { wallNowMs = Date.now }: { wallNowMs?: () => number } = {},
): Promise<Store> {
  const connection = await createConnection(uri, {
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    serverSelectionTimeoutMS: SERVER_SELECTION_MS,
    socketTimeoutMS: SOCKET_TIMEOUT_MS,
    heartbeatFrequencyMS: HEARTBEAT_MS,
    connectTimeoutMS: CONNECT_MS,
    maxPoolSize: MAX_POOL_SIZE,
    bufferCommands: false,
    autoIndex: false,
  }).asPromise();
  try {
    await bringToVersion(connection, MIGRATIONS);
    const peopleDatabase = await openPeopleDatabase(connection);
    const opened = await openAll({
      actionLog: createActionLog(connection, wallNowMs),
      anchoredLogs: createAnchoredLogStore(connection),
      apiKeys: createApiKeyStore(connection),
      auditEntries: createAuditStore(connection),
      billingAccounts: createBillingAccountStore(connection),
      catalogue: createCatalogueStore(connection),
      chainEvents: createChainEventStore(connection),
      changes: createChangeStore(connection),
      documents: createDocumentStore(connection),
      idempotency: createIdempotencyStore(connection),
      keyExports: createKeyExportStore(connection),
      members: createMemberStore(connection),
      memberSessions: createMemberSessionStore(connection),
      meterHours: createMeterHourStore(connection),
      onceKeys: createOnceStore(connection),
      oneUseTokens: createOneUseStore(connection),
      orderNotes: createOrderNoteStore(connection),
      paymentEvents: createPaymentEventStore(connection),
      programs: createProgramStore(connection),
      rejections: createRejectionStore(connection),
      rounds: createRoundStore(connection),
      signingRequests: createSigningStore(connection),
      statements: createStatementStore(connection),
      topUps: createTopUpStore(connection),
      transactions: createTransactionStore(connection),
      webhookCursors: createWebhookCursorStore(connection),
      webhookDeliveries: createWebhookDeliveryStore(connection),
      webhookEndpoints: createWebhookEndpointStore(connection),
      webhookEvents: createWebhookEventStore(connection),
    });
    const stores = withTypedErrors({
      ...opened,
      anchors: createAnchorStore(connection),
      looks: createLookStore(connection),
      topUpLimits: createTopUpLimitStore(connection),
      projections: createProjectionLedger(connection),
      termsDrafts: createTermsDraftStore(connection),
      totals: createTotalsLedger(connection, wallNowMs),
      cursors: createCursorStore(connection, wallNowMs),
      leases: createLeaseStore(connection, wallNowMs),
    });
    return {
      ...stores,
      peopleDatabase,
      ping: async () => {
        await connection.db?.command({ ping: 1 });
      },
      engine: async () => {
        const build = await connection.db?.command({ buildInfo: 1 });
        // Speaks MongoDB's protocol, and names the version of MongoDB that it follows.
        const secantus = build?.['secantusVersion'] as string | undefined;
        if (secantus !== undefined) return `SecantusDB ${secantus}`;
        return `MongoDB ${String(build?.['version'] ?? '')}`.trim();
      },
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
