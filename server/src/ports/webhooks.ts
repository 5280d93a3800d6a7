/** Endpoints, events and deliveries of webhooks, implemented in `server/src/store/webhooks`, and what sends them, in `server/src/outgoing`. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Environment } from '../domain/environment.ts';
import type {
  AfterAttempt,
  DeliveryAttempt,
  DeliveryState,
  SendOutcome,
} from '../domain/webhooks/delivery.ts';
import type { EndpointSecret, EndpointState } from '../domain/webhooks/endpoint.ts';
import type { ToldKind, WebhookKind } from '../domain/webhooks/eventKinds.ts';

/** Whose endpoints they are: no call reads or changes those of another. */
export interface WebhookHome {
  readonly organisationId: string;
  readonly environment: Environment;
  /** The only program that the caller may know of; null for all of the organisation in the environment. */
  readonly programId: string | null;
}

export interface WebhookEndpointRecord {
  /** `whe_` and 24 hex digits. */
  readonly id: string;
  readonly organisationId: string;
  readonly environment: Environment;
  /** The only program that it is told of; null for all of the organisation in the environment. */
  readonly programId: string | null;
  readonly url: string;
  /** Null for every kind, those to come as well. */
  readonly kinds: readonly ToldKind[] | null;
  readonly description: string;
  readonly state: EndpointState;
  /** Newest first. */
  readonly secrets: readonly EndpointSecret[];
  readonly createdAtMs: number;
  /** Null until a delivery was taken. Unix milliseconds. */
  readonly lastTakenAtMs: number | null;
  /** Attempts in a row that failed. */
  readonly failures: number;
  /** Nothing is sent before this. Unix milliseconds. */
  readonly pausedUntilMs: number;
  /** Grows with each delivery that is added. */
  readonly arrivals: number;
}

/** What a person changes of an endpoint. */
export type EndpointChange = Partial<
  Pick<WebhookEndpointRecord, 'url' | 'kinds' | 'description' | 'state'>
>;

/** What a turn of deliveries changes of an endpoint. */
export interface EndpointTurn {
  readonly id: string;
  readonly lastTakenAtMs: number | null;
  readonly failures: number;
  readonly pausedUntilMs: number;
  /** When there is something to do again. Unix milliseconds. */
  readonly wakeAtMs: number;
  /** Its `arrivals` when the turn began: what has come since is done at once. */
  readonly arrivals: number;
}

export interface WebhookEndpointStore {
  /** Stores an endpoint; does nothing when one of this id is there already. */
  insert(endpoint: WebhookEndpointRecord): Promise<void>;
  find(home: WebhookHome, id: string): Promise<WebhookEndpointRecord | null>;
  /** Counts all endpoints of an organisation in an environment. */
  count(home: WebhookHome): Promise<number>;
  /** Lists endpoints, oldest first: there are few. */
  list(home: WebhookHome): Promise<WebhookEndpointRecord[]>;
  /** Changes an endpoint; false when there is none. One that is enabled again begins without failures. */
  change(home: WebhookHome, id: string, change: EndpointChange, nowMs: number): Promise<boolean>;
  /** Replaces the secrets of an endpoint, unless another call has replaced them. */
  saveSecrets(id: string, newestId: string, secrets: readonly EndpointSecret[]): Promise<boolean>;
  remove(home: WebhookHome, id: string): Promise<boolean>;
  /** Wakes endpoints to which deliveries were added. */
  wake(ids: readonly string[], nowMs: number): Promise<void>;
  /** Lists enabled endpoints with something to do, those that have waited longest first. */
  due(
    environment: Environment,
    nowMs: number,
    page: { readonly except: readonly string[]; readonly limit: number },
  ): Promise<WebhookEndpointRecord[]>;
  /** Notes what turns came to. */
  noteTurns(turns: readonly EndpointTurn[]): Promise<void>;
  /** Ends an enabled endpoint, of which its owners are to be told; false when it is not enabled any more. */
  stop(id: string, state: 'DISABLED' | 'DEAD'): Promise<boolean>;
  /** Lists endpoints whose owners are to be told that they ended. */
  listUntold(environment: Environment, limit: number): Promise<WebhookEndpointRecord[]>;
  noteTold(id: string): Promise<void>;
  /** Counts endpoints by state. */
  counts(environment: Environment): Promise<Readonly<Record<EndpointState, number>>>;
}

/** Place of an event on chain. */
export interface WebhookPlace {
  readonly blockNumber: number;
  readonly transactionHash: Hex;
}

/** An event before it has its numbers. */
export interface WebhookDraft {
  /** `evt_` and 32 hex digits: of the same event always the same. */
  readonly id: string;
  readonly organisationId: string;
  readonly environment: Environment;
  /** Null for a test. */
  readonly programId: string | null;
  readonly kind: WebhookKind;
  /** Internal id of the member, the account where there is none, and `program` for what is about the program. */
  readonly subject: string;
  readonly account: Address | null;
  /** The app's own id; null for an account of no member, and once it was erased. */
  readonly memberId: string | null;
  readonly atMs: number;
  readonly place: WebhookPlace | null;
  /** As JSON has it. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface WebhookEventRecord extends WebhookDraft {
  /** Of its subject: 1, 2, 3 and so on. */
  readonly sequence: number;
  /** Grows with every event of the program; about the time at which it was stored, in microseconds. */
  readonly position: number;
}

export interface WebhookEventStore {
  /**
   * Stores events that are not there yet, in this order and with the next numbers.
   *
   * @returns all of them as they stand, in this order
   * @throws ChainError RACE_LOST while another worker stores others of this program
   */
  add(
    programId: string,
    drafts: readonly WebhookDraft[],
    nowMs: number,
  ): Promise<WebhookEventRecord[]>;
  /** Stores an event without numbers, for one endpoint alone. */
  addTest(draft: WebhookDraft, nowMs: number): Promise<WebhookEventRecord>;
  /** Finds the events that exist, by id. */
  findMany(ids: readonly string[]): Promise<ReadonlyMap<string, WebhookEventRecord>>;
  /** Lists events that were stored from a moment on, oldest first, after a position. */
  listSince(
    home: WebhookHome,
    page: { readonly fromPosition: number; readonly limit: number },
  ): Promise<WebhookEventRecord[]>;
  /** Takes the app's id out of the events of a member. @returns ids of these events */
  eraseOf(programId: string, subjects: readonly string[]): Promise<readonly string[]>;
}

export interface WebhookDeliveryRecord {
  /** `whd_` and 32 hex digits. */
  readonly id: string;
  readonly endpointId: string;
  readonly environment: Environment;
  readonly eventId: string;
  readonly kind: WebhookKind;
  readonly subject: string;
  readonly position: number;
  readonly state: DeliveryState;
  /** Next attempt, or the last one. Unix milliseconds. */
  readonly dueAtMs: number;
  readonly retriedFromMs: number | null;
  readonly failed: number;
  /** Oldest first, the newest of them. */
  readonly attempts: readonly DeliveryAttempt[];
  readonly createdAtMs: number;
}

/** What an attempt made of a delivery. */
export interface AttemptedDelivery extends AfterAttempt {
  readonly id: string;
  /** With the newest, oldest first. */
  readonly attempts: readonly DeliveryAttempt[];
}

/** A place in the list of an endpoint's deliveries. */
export type DeliveryPlace = Pick<WebhookDeliveryRecord, 'createdAtMs' | 'id'>;

/** What waits in an environment. */
export interface WebhookBacklog {
  readonly waiting: number;
  readonly retrying: number;
  /** When the oldest first attempt became due; null for none. Unix milliseconds. */
  readonly oldestWaitingMs: number | null;
}

export interface WebhookDeliveryStore {
  /** Stores deliveries that are not there yet. */
  add(deliveries: readonly WebhookDeliveryRecord[]): Promise<void>;
  find(id: string): Promise<WebhookDeliveryRecord | null>;
  /** Finds the deliveries that exist, by id. */
  findMany(ids: readonly string[]): Promise<ReadonlyMap<string, WebhookDeliveryRecord>>;
  /** Lists first attempts of endpoints in their order. */
  listWaiting(endpointIds: readonly string[], limit: number): Promise<WebhookDeliveryRecord[]>;
  /** Lists repeated attempts of endpoints, those that are due first. */
  listRetrying(endpointIds: readonly string[], limit: number): Promise<WebhookDeliveryRecord[]>;
  /** Notes what attempts made of deliveries; those that are not open any more stay. */
  noteAttempts(attempted: readonly AttemptedDelivery[]): Promise<void>;
  /** Has a delivery sent again from now on, for another day; one whose first attempt is to come stays. */
  again(ids: readonly string[], nowMs: number): Promise<void>;
  /** Gives up what is open of an endpoint: all of it, or these. */
  giveUp(endpointId: string, nowMs: number, ids?: readonly string[]): Promise<void>;
  removeOf(endpointId: string): Promise<void>;
  /** Lists deliveries, newest first. @param page.state Null for every state. */
  page(
    endpointId: string,
    page: {
      readonly state: DeliveryState | null;
      readonly after: DeliveryPlace | null;
      readonly limit: number;
    },
  ): Promise<WebhookDeliveryRecord[]>;
  /** Takes answers out of deliveries of these events: receivers may have said there whom they are about. */
  eraseAnswers(eventIds: readonly string[]): Promise<void>;
  backlog(environment: Environment): Promise<WebhookBacklog>;
}

/** How far a program is told of. */
export interface WebhookCursor {
  readonly programId: string;
  readonly chainId: number;
  /** Everything up to this block is told. */
  readonly blockNumber: number;
  /** Everything that the clock of the chain said up to this. Unix milliseconds. */
  readonly clockMs: number;
  /** Everything that was stored up to this, by the clock on the wall. */
  readonly recordsMs: number;
  /** Changes with every write. */
  readonly version: number;
}

export interface WebhookCursorStore {
  find(programId: string): Promise<WebhookCursor | null>;
  /** Saves a cursor in place of the one with its version; false, with nothing written, when that has changed. */
  save(cursor: WebhookCursor): Promise<boolean>;
  /** Has everything above a block told again: the chain has lost it. */
  rewind(chainId: number, blockNumber: number): Promise<void>;
}

/** A request of a webhook. */
export interface OutgoingHook {
  readonly url: string;
  /** Id of the event, the same for each of its deliveries. */
  readonly id: string;
  readonly sentAtMs: number;
  readonly body: string;
  /** Each signs. `whsec_...` */
  readonly secrets: readonly string[];
}

export interface HookSender {
  /** Sends a webhook once, to a public address only, and follows no redirect. What goes wrong is in the outcome. */
  send(hook: OutgoingHook): Promise<SendOutcome>;
}
