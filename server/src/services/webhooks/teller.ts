import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../domain/program.ts';
import { jsonOf } from '../../domain/webhooks/payload.ts';
import { wants } from '../../domain/webhooks/endpoint.ts';
import { ChainError, type ChainReader } from '../../ports/chain/chain.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import type {
  WebhookCursor,
  WebhookCursorStore,
  WebhookDeliveryRecord,
  WebhookDeliveryStore,
  WebhookDraft,
  WebhookEndpointRecord,
  WebhookEndpointStore,
  WebhookEventRecord,
  WebhookEventStore,
} from '../../ports/webhooks.ts';
import type { CollectTellings, FoundTelling } from './collectTellings.ts';
import { deliveryIdOf, eventIdOf } from './eventBody.ts';

/**
 * Makes events of what became final, and a delivery of each for every endpoint that wants it.
 *
 * THE ONE INVARIANT: everything up to the cursor of a program is stored as events and deliveries. The cursor moves last, and an event
 * is named by what it is of: what is told again after a crash adds nothing.
 */
export interface Teller {
  /**
   * Tells of a program.
   *
   * @param throughBlock Everything up to it is in the read model.
   * @returns how many events were found
   */
  step(program: Program, throughBlock: number): Promise<number>;
}

/** After so many ranges of blocks the worker does its other work before it goes on. */
const MAX_RANGES_PER_STEP = 20;
/** Events stored at once. */
const PAGE = 500;
/** A write may become visible this long after its time. */
const LOOK_BACK_MS = 10 * 60_000;
/** Clock and records are looked at this often, states of the service rarely. */
const LOOK_EVERY_MS = 1_000;
const STATES_EVERY_MS = 30_000;
/** Where nobody listens, the cursor follows behind: who begins to listen is told from about then on. */
const FOLLOW_EVERY_MS = 10_000;
/** What the clock says is told in spans of at most so many epochs: a clock that is moved on by years has much to say. */
const MAX_EPOCHS = 200;
/** What is about the program has this subject. */
const PROGRAM = 'program';

const listens = ({ programId }: WebhookEndpointRecord, program: Program): boolean =>
  programId === null || programId === program.id;

/** @param deps.confirmations Blocks above an event after which it is told. */
export function createTeller(deps: {
  confirmations: number;
  reader: Pick<ChainReader, 'header'>;
  clock: ChainClock;
  collectTellings: CollectTellings;
  members: Pick<MemberStore, 'findByAccounts'>;
  webhookEndpoints: Pick<WebhookEndpointStore, 'list' | 'wake'>;
  webhookEvents: Pick<WebhookEventStore, 'add'>;
  webhookDeliveries: Pick<WebhookDeliveryStore, 'add'>;
  webhookCursors: Pick<WebhookCursorStore, 'find' | 'save'>;
  wallNowMs: () => number;
}): Teller {
  const { collectTellings, webhookCursors, wallNowMs } = deps;
  /** When programs are looked at again, each with the block of the last look. */
  const looks = new Map<string, { readonly block: number; readonly untilMs: number }>();
  const statesFromMs = new Map<string, number>();

  const save = async (cursor: WebhookCursor): Promise<WebhookCursor> => {
    if (await webhookCursors.save(cursor)) return { ...cursor, version: cursor.version + 1 };
    throw new ChainError({
      ...{ kind: 'RACE_LOST', retryable: true },
      message: `Another worker tells of ${cursor.programId}, or its chain lost blocks.`,
    });
  };

  const draftOf = (
    program: Program,
    { telling, name, atMs, place }: FoundTelling,
    members: ReadonlyMap<Address, MemberRecord>,
  ): WebhookDraft => {
    const { kind, account } = telling;
    const { id: programId, organisationId, environment, settlementToken } = program;
    const member = account === null ? undefined : members.get(account);
    const isNamed = member !== undefined && member.erasedAtMs === undefined;
    return {
      id: eventIdOf([programId, kind, ...name]),
      ...{ programId, organisationId, environment, kind, account, atMs, place },
      subject: member?.id ?? account ?? PROGRAM,
      memberId: isNamed ? member.externalId : null,
      data: jsonOf(telling, settlementToken),
    };
  };

  const deliver = async (
    events: readonly WebhookEventRecord[],
    endpoints: readonly WebhookEndpointRecord[],
  ): Promise<void> => {
    const nowMs = wallNowMs();
    for (const { id: endpointId, environment, kinds } of endpoints) {
      const wanted = events.filter(({ kind }) => wants(kinds, kind));
      if (wanted.length === 0) continue;
      await deps.webhookDeliveries.add(
        wanted.map(({ id: eventId, kind, subject, position }): WebhookDeliveryRecord => ({
          id: deliveryIdOf(endpointId, eventId),
          ...{ endpointId, environment, eventId, kind, subject, position },
          ...{ state: 'WAITING', dueAtMs: nowMs, retriedFromMs: null, failed: 0, attempts: [] },
          createdAtMs: nowMs,
        })),
      );
      await deps.webhookEndpoints.wake([endpointId], nowMs);
    }
  };

  /** Stores events and deliveries: events first, as a delivery needs the number of its event. */
  const tell = async (
    program: Program,
    found: readonly FoundTelling[],
    endpoints: readonly WebhookEndpointRecord[],
  ): Promise<number> => {
    for (let at = 0; at < found.length; at += PAGE) {
      const page = found.slice(at, at + PAGE);
      const accounts = page.flatMap(({ telling }) => telling.account ?? []);
      const members = await deps.members.findByAccounts(program.id, accounts);
      const drafts = page.map((one) => draftOf(program, one, members));
      await deliver(await deps.webhookEvents.add(program.id, drafts, wallNowMs()), endpoints);
    }
    return found.length;
  };

  /** The time up to which nothing can be mined any more at or below a block. */
  const finalTimeMs = async (finalBlock: number): Promise<number> => {
    const { nowMs } = await deps.clock.now();
    if (deps.confirmations === 0) return nowMs;
    const header = await deps.reader.header(finalBlock);
    return Math.min(nowMs, header?.timestampMs ?? 0);
  };

  const firstCursor = ({ id: programId, chainId, createdAtBlock, createdAtMs }: Program) => ({
    ...{ programId, chainId, blockNumber: createdAtBlock - 1, clockMs: createdAtMs },
    ...{ recordsMs: wallNowMs(), version: 0 },
  });

  /** Nobody listens: everything counts as told. */
  const skip = async (
    cursor: WebhookCursor,
    finalBlock: number,
    isNew: boolean,
  ): Promise<number> => {
    const clockMs = Math.max(cursor.clockMs, await finalTimeMs(finalBlock));
    const isMoved = cursor.blockNumber < finalBlock || cursor.clockMs < clockMs;
    const blockNumber = Math.max(cursor.blockNumber, finalBlock);
    if (isMoved || isNew) await save({ ...cursor, blockNumber, clockMs, recordsMs: wallNowMs() });
    return 0;
  };

  /** @returns the cursor behind the events on chain, and how many there were */
  const tellChain = async (
    program: Program,
    began: WebhookCursor,
    finalBlock: number,
    endpoints: readonly WebhookEndpointRecord[],
  ): Promise<{ cursor: WebhookCursor; told: number }> => {
    let [cursor, told] = [began, 0];
    for (let ranges = 0; ranges < MAX_RANGES_PER_STEP; ranges += 1) {
      if (cursor.blockNumber >= finalBlock) break;
      const range = { above: cursor.blockNumber, through: finalBlock };
      const { found, throughBlock } = await collectTellings.ofChain(program, range);
      told += await tell(program, found, endpoints);
      cursor = await save({ ...cursor, blockNumber: throughBlock });
    }
    return { cursor, told };
  };

  /** Tells what is on no chain: what the clock says, and what is stored. */
  const tellRest = async (
    program: Program,
    cursor: WebhookCursor,
    finalBlock: number,
    endpoints: readonly WebhookEndpointRecord[],
  ): Promise<number> => {
    const recordsMs = wallNowMs();
    const latestMs = cursor.clockMs + MAX_EPOCHS * program.epochLengthMs;
    const toMs = Math.min(await finalTimeMs(finalBlock), latestMs);
    const span = { fromMs: cursor.clockMs, toMs };
    const clock = toMs > cursor.clockMs ? await collectTellings.ofClock(program, span) : [];
    const records = await collectTellings.ofRecords(program, cursor.recordsMs - LOOK_BACK_MS);
    const areDue = recordsMs >= (statesFromMs.get(program.id) ?? 0);
    const states = areDue ? await collectTellings.ofStates(program, toMs) : [];
    if (areDue) statesFromMs.set(program.id, recordsMs + STATES_EVERY_MS);
    const found = [...clock, ...records, ...states];
    await tell(program, found, endpoints);
    const clockMs = Math.max(cursor.clockMs, toMs);
    await save({ ...cursor, clockMs, recordsMs });
    // Records and states are found again and again; the clock has more to say when its span was cut.
    return toMs === latestMs ? clock.length + 1 : clock.length;
  };

  return {
    step: async (program, throughBlock) => {
      const finalBlock = throughBlock - deps.confirmations;
      const nowMs = wallNowMs();
      const look = looks.get(program.id);
      if (finalBlock < 0) return 0;
      if (look !== undefined && nowMs < look.untilMs && look.block === finalBlock) return 0;
      const { organisationId, environment } = program;
      const home = { organisationId, environment, programId: null };
      const all = (await deps.webhookEndpoints.list(home)).filter((one) => listens(one, program));
      const isHeard = all.length > 0;
      const untilMs = nowMs + (isHeard ? LOOK_EVERY_MS : FOLLOW_EVERY_MS);
      const stored = await webhookCursors.find(program.id);
      const began = stored ?? firstCursor(program);
      if (!isHeard) {
        // A block that comes meanwhile is no reason to write.
        if (look !== undefined && nowMs < look.untilMs) return 0;
        await skip(began, finalBlock, stored === null);
        looks.set(program.id, { block: finalBlock, untilMs });
        return 0;
      }
      const endpoints = all.filter(({ state }) => state === 'ENABLED');
      const { cursor, told } = await tellChain(program, began, finalBlock, endpoints);
      // The clock speaks of what has happened on chain before.
      if (cursor.blockNumber < finalBlock) return told + 1;
      const rest = await tellRest(program, cursor, finalBlock, endpoints);
      looks.set(program.id, { block: finalBlock, untilMs });
      return told + rest;
    },
  };
}
