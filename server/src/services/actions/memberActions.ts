import { fateOf, type ActionFate } from '../../domain/members/actionState.ts';
import type { ActionEntry, Decisions } from '../../domain/actions/action.ts';
import { NO_DECISIONS } from '../../domain/actions/reviewRules.ts';
import { windowClosesAtMs } from '../../domain/epochs.ts';
import type { ChainMoment } from '../../domain/events.ts';
import { statementId } from '../../domain/ids.ts';
import type { HistoryState } from '../../domain/members/history.ts';
import { nameForm } from '../../domain/names.ts';
import type { Program } from '../../domain/program.ts';
import { positionKey, type StatementRecord } from '../../domain/statements/statementRecord.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { ActionLog, LogPlace, PlacedEntry } from '../../ports/stores/actions.ts';
import type { ChainEventStore } from '../../ports/stores/indexer.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import type { StatementKey, StatementStore } from '../../ports/stores/statements.ts';
import { MAX_WRITE_MS } from '../statements/aggregating.ts';
import type { Aggregator } from '../statements/aggregator.ts';
import { createNamedActions } from './namedActions.ts';

/** An action with what became of it. */
export interface ActionView extends ActionFate {
  readonly action: ActionEntry;
  readonly member: MemberRecord;
  readonly decisions: Decisions;
  /** Null for a moment after the first action of an epoch. */
  readonly statement: StatementRecord | null;
  /** Time from which the contract accepts no statement of its epoch. */
  readonly closesAtMs: number;
  /** When the contract minted last for its epoch; null while nothing under its rule is minted. */
  readonly settled: ChainMoment | null;
  /** Of a list; the place of an action that was asked for by name is not told. */
  readonly place: LogPlace | null;
}

/** Place within the actions of a member: newest epoch first, then newest entry first. */
export interface ActionPlace extends LogPlace {
  readonly epoch: number;
}

/** A page of actions. It may be short, even empty, before the end of the list: so much was looked at. */
export interface ActionPage {
  readonly views: readonly ActionView[];
  /** Place up to which the list was looked through; null when there was nothing. */
  readonly through: ActionPlace | null;
  readonly hasNextPage: boolean;
}

/** Selects actions. */
export interface ActionFilter {
  /** One member; null for all of the program. */
  readonly member: MemberRecord | null;
  /** Only of this epoch of the member; null for all. */
  readonly epoch: number | null;
  /** Only under this rule; null for all. */
  readonly ruleId: number | null;
  /** Only in these states; null for all. */
  readonly states: readonly HistoryState[] | null;
}

export interface MemberActions {
  /** Finds an action by the app's ids of member and action, either one of a merged member; null when none was recorded. */
  find(program: Program, memberId: string, eventId: string): Promise<ActionView | null>;
  /** Lists actions, newest first; those of one member by epoch. */
  list(
    program: Program,
    filter: ActionFilter,
    page: {
      readonly first: number;
      readonly after: ActionPlace | null;
      /** Entries that are looked at, at most: a filter may leave out nearly all of them. */
      readonly lookAt?: number;
    },
  ): Promise<ActionPage>;
}

/** Entries that a page with a filter looks at. */
const LOOK_AT = 500;
/** Epochs of a member that a page looks at. */
const MAX_EPOCHS = 100;

interface Found extends PlacedEntry {
  readonly entry: ActionEntry;
}

const isAction = (placed: PlacedEntry): placed is Found => placed.entry.kind === 'action';
const keyOf = ({ memberId, epoch }: ActionEntry): StatementKey => ({ memberId, epoch });

export function createMemberActions(deps: {
  actionLog: Pick<ActionLog, 'findActions' | 'findDecisions' | 'listEntries'>;
  aggregator: Pick<Aggregator, 'refresh' | 'ofMember'>;
  members: Pick<MemberStore, 'findByExternalIds' | 'findByIds' | 'listMergedInto'>;
  statements: Pick<StatementStore, 'findByIds' | 'listOfMember'>;
  chainEvents: Pick<ChainEventStore, 'momentsOf'>;
  clock: ChainClock;
  wallNowMs: () => number;
}): MemberActions {
  const namedActions = createNamedActions(deps);
  /** Statements of actions; those of new actions, or of what has matured, are aggregated first. */
  const statementsOf = async (
    program: Program,
    found: readonly Found[],
    nowMs: number,
  ): Promise<Map<string, StatementRecord>> => {
    const ids = [...new Set(found.map(({ entry }) => statementId(entry.memberId, entry.epoch)))];
    const known = new Map(await deps.statements.findByIds(program.id, ids));
    const newFromMs = deps.wallNowMs() - MAX_WRITE_MS;
    const behind = new Map<string, StatementKey>();
    for (const { entry, place } of found) {
      const id = statementId(entry.memberId, entry.epoch);
      const maturesAtMs = known.get(id)?.nextMaturesAtMs ?? null;
      const hasMatured = maturesAtMs !== null && maturesAtMs <= nowMs;
      if (!known.has(id) || hasMatured || place.loggedAtMs >= newFromMs)
        behind.set(id, keyOf(entry));
    }
    const refreshed = await deps.aggregator.refresh(program, [...behind.values()]);
    for (const statement of refreshed) known.set(statement.id, statement);
    return known;
  };

  const viewsOf = async (
    program: Program,
    found: readonly Found[],
    states: readonly HistoryState[] | null,
  ): Promise<ActionView[]> => {
    const actions = found.map(({ entry }) => entry);
    const { nowMs } = await deps.clock.now();
    const [members, decided, statements] = await Promise.all([
      deps.members.findByIds(
        program.id,
        actions.map(({ memberId }) => memberId),
      ),
      deps.actionLog.findDecisions(program.id, actions),
      statementsOf(program, found, nowMs),
    ]);
    const views = found.flatMap(({ entry: action, place }, index): ActionView[] => {
      const member = members.get(action.memberId);
      // Erased since.
      if (member === undefined) return [];
      const decisions = decided[index] ?? NO_DECISIONS;
      const statement = statements.get(statementId(action.memberId, action.epoch)) ?? null;
      const fate = fateOf(program, { action, decisions, statement, nowMs });
      const closesAtMs = windowClosesAtMs(program, action.epoch);
      return [{ ...fate, action, member, decisions, statement, closesAtMs, settled: null, place }];
    });
    const wanted = views.filter(({ state }) => states === null || states.includes(state));
    const positions = wanted.flatMap(({ settledAt }) => settledAt ?? []);
    const moments = await deps.chainEvents.momentsOf(program.chainId, positions);
    return wanted.map((view) => ({
      ...view,
      settled: view.settledAt === null ? null : (moments.get(positionKey(view.settledAt)) ?? null),
    }));
  };

  /** Epochs of a member that may have entries after a place, newest first. */
  const epochsOf = async (
    program: Program,
    { member, epoch }: ActionFilter,
    after: ActionPlace | null,
  ): Promise<readonly (number | null)[]> => {
    if (member === null) return [null];
    if (epoch !== null) return [epoch];
    const beforeEpoch = after === null ? null : after.epoch + 1;
    const of = { programId: program.id, memberId: member.id, beforeEpoch, limit: MAX_EPOCHS };
    return (await deps.statements.listOfMember(of)).map((statement) => statement.epoch);
  };

  /** Looks through entries after a place. @returns those that were looked at, and whether there may be more */
  const look = async (
    program: Program,
    filter: ActionFilter,
    { limit, after }: { readonly limit: number; readonly after: ActionPlace | null },
  ): Promise<{ readonly looked: readonly PlacedEntry[]; readonly hasMore: boolean }> => {
    const { member } = filter;
    const epochs = await epochsOf(program, filter, after);
    const looked: PlacedEntry[] = [];
    for (const epoch of epochs) {
      const statement = member === null || epoch === null ? null : { memberId: member.id, epoch };
      const isFirst = after !== null && (epoch === null || epoch === after.epoch);
      const page = { after: isFirst ? after : null, limit: limit + 1 - looked.length };
      const of = { programId: program.id, statement };
      looked.push(...(await deps.actionLog.listEntries(of, page)));
      if (looked.length > limit) return { looked: looked.slice(0, limit), hasMore: true };
    }
    return { looked, hasMore: epochs.length === MAX_EPOCHS };
  };

  return {
    find: async (program, memberId, eventId) => {
      const name = { memberId: nameForm(memberId), eventId: nameForm(eventId) };
      const [action] = await namedActions.find(program, [name]);
      if (action === undefined || action === null) return null;
      // As if it was new: what is answered holds now.
      const place = { loggedAtMs: deps.wallNowMs(), id: '' };
      const [view] = await viewsOf(program, [{ entry: action, place }], null);
      return view === undefined ? null : { ...view, place: null };
    },
    list: async (program, filter, { first, after, lookAt = LOOK_AT }) => {
      const { states, ruleId, member } = filter;
      // Whatever was acknowledged is in the statements then, which tell the epochs.
      if (member !== null && after === null) await deps.aggregator.ofMember(program, member.id);
      const isFiltered = states !== null || ruleId !== null;
      const { looked, hasMore } = await look(program, filter, {
        // Decisions lie between actions.
        limit: isFiltered ? lookAt : Math.min(lookAt, 2 * first),
        after,
      });
      const found = looked
        .filter(isAction)
        .filter(({ entry }) => ruleId === null || entry.ruleId === ruleId);
      const shown = states === null ? found.slice(0, first) : found;
      const views = await viewsOf(program, shown, states);
      const page = views.slice(0, first);
      const lastShown = states === null ? shown.at(-1)?.place : page.at(-1)?.place;
      const isCut = (states === null ? found.length : views.length) > first;
      const last = isCut ? found.find(({ place }) => place === lastShown) : looked.at(-1);
      return {
        views: page,
        through: last === undefined ? null : { ...last.place, epoch: last.entry.epoch },
        hasNextPage: isCut || hasMore,
      };
    },
  };
}
