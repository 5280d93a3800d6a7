import type { Address } from '@dewpoint/contracts/statement.ts';
import { allAccounts } from '../../domain/members/accounts.ts';
import type { StoredEvent } from '../../ports/stores/indexer.ts';
import {
  earningsOf,
  EVENTS_OF,
  happeningOf,
  mergedOf,
  soldOf,
  type Activity,
  type ActivityKind,
} from '../../domain/members/activity.ts';
import type { Program } from '../../domain/program.ts';
import type { RoundStore } from '../../ports/stores/buyback.ts';
import type { ChainEventStore } from '../../ports/stores/indexer.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import type { StatementStore } from '../../ports/stores/statements.ts';
import type { Aggregator } from '../statements/aggregator.ts';

/** Place in what a member earned, by epoch and rule. */
interface EarnedPlace {
  readonly epoch: number;
  readonly ruleId: number;
}
/** Place in what rounds bought of a member. */
interface SoldPlace {
  readonly number: number;
  readonly holder: Address;
}
/** Place in the events of a member's accounts. */
interface EventPlace {
  readonly blockNumber: number;
  readonly logIndex: number;
}

/**
 * Place in the activity of a member: one in each of the three lists that it is put together from; null for one that had ended.
 * What comes later is above all of them.
 */
export interface ActivityPlace {
  readonly earned: EarnedPlace | null;
  readonly sold: SoldPlace | null;
  readonly event: EventPlace | null;
}

/** An entry with the place after it. */
export interface PlacedActivity {
  readonly activity: Activity;
  readonly place: ActivityPlace;
}

/** Reads what happened to a member. */
export interface MemberActivity {
  /** Lists it newest first. */
  list(
    program: Program,
    member: MemberRecord,
    args: {
      readonly kinds: readonly ActivityKind[];
      readonly first: number;
      readonly after: ActivityPlace | null;
    },
  ): Promise<{ readonly rows: PlacedActivity[]; readonly hasNextPage: boolean }>;
}

/** Part of one of the lists, newest first. */
interface Part<Place> {
  readonly rows: readonly { readonly activity: Activity; readonly place: Place }[];
  /** Place before the first of them; null for a list that has ended. */
  readonly start: Place | null;
}

/** Rounds with tenders that are not settled: one that has closed, and the open one. */
const UNSETTLED_ROUNDS = 2;
/** Above all lines of an epoch. */
const BEFORE_RULES = -1;
const ZERO: Address = `0x${'0'.repeat(40)}`;

const ENDED = { rows: [], start: null } as const;

/** Reads from a place on, or from the top; and says where the top is, so that the next page does not begin above it. */
async function partFrom<Place>(
  after: Place | null | undefined,
  read: (after: Place | null) => Promise<Part<Place>['rows']>,
  above: (first: Place) => Place,
): Promise<Part<Place>> {
  // Null in a cursor: the list had ended, and what has come since is above.
  if (after === null) return ENDED;
  const rows = await read(after ?? null);
  const top = rows[0];
  return { rows, start: after ?? (top === undefined ? null : above(top.place)) };
}

/** Puts the lists together, newest first; of one moment events come before rounds, and rounds before what is earned. */
function merged(
  event: Part<EventPlace>,
  sold: Part<SoldPlace>,
  earned: Part<EarnedPlace>,
  limit: number,
): PlacedActivity[] {
  const taken = { event: 0, sold: 0, earned: 0 };
  const parts = { event, sold, earned };
  const names = ['event', 'sold', 'earned'] as const;
  const placeIn = <Place>({ rows, start }: Part<Place>, count: number): Place | null =>
    count === 0 ? start : (rows[count - 1]?.place ?? null);
  const all: PlacedActivity[] = [];
  while (all.length < limit) {
    const heads = names.flatMap((name) => {
      const activity = parts[name].rows[taken[name]]?.activity;
      return activity === undefined ? [] : [{ name, activity }];
    });
    const [newest] = heads.toSorted((a, b) => b.activity.atMs - a.activity.atMs);
    if (newest === undefined) break;
    taken[newest.name] += 1;
    const place = {
      event: placeIn(event, taken.event),
      sold: placeIn(sold, taken.sold),
      earned: placeIn(earned, taken.earned),
    };
    all.push({ activity: newest.activity, place });
  }
  return all;
}

const newestFirst = (
  a: { readonly place: EventPlace },
  b: { readonly place: EventPlace },
): number => b.place.blockNumber - a.place.blockNumber || b.place.logIndex - a.place.logIndex;

export function createMemberActivity(deps: {
  statements: Pick<StatementStore, 'listOfMember'>;
  aggregator: Pick<Aggregator, 'ofMember'>;
  rounds: Pick<RoundStore, 'findMany' | 'listSharesOf'>;
  chainEvents: Pick<ChainEventStore, 'ofHolders'>;
  members: Pick<MemberStore, 'listMergedInto'>;
}): MemberActivity {
  const { statements, aggregator, rounds, chainEvents, members } = deps;

  const earnedAfter = async (
    program: Program,
    { id: memberId }: MemberRecord,
    after: EarnedPlace | null,
    limit: number,
  ): Promise<Part<EarnedPlace>['rows']> => {
    const isAfter = ({ epoch, ruleId }: EarnedPlace): boolean =>
      after === null || epoch < after.epoch || ruleId > after.ruleId;
    const rows: { activity: Activity; place: EarnedPlace }[] = [];
    let beforeEpoch = after === null ? null : after.epoch + 1;
    while (rows.length < limit) {
      const of = { programId: program.id, memberId, beforeEpoch, limit };
      const stored = await statements.listOfMember(of);
      for (const statement of stored) {
        const { epoch } = statement;
        for (const activity of earningsOf(program, statement)) {
          const place = { epoch, ruleId: activity.rule?.id ?? 0 };
          if (isAfter(place)) rows.push({ activity, place });
        }
      }
      if (stored.length < limit) break;
      beforeEpoch = stored.at(-1)?.epoch ?? 0;
    }
    return rows.slice(0, limit);
  };

  const soldAfter = async (
    programId: string,
    accounts: readonly Address[],
    after: SoldPlace | null,
    limit: number,
  ): Promise<Part<SoldPlace>['rows']> => {
    const unsettled = UNSETTLED_ROUNDS * accounts.length;
    const page = { after, limit: limit + unsettled };
    const shares = await rounds.listSharesOf(programId, accounts, page);
    const found = await rounds.findMany(
      programId,
      shares.map(({ round }) => round),
    );
    const byNumber = new Map(found.map((round) => [round.round, round]));
    return shares
      .flatMap((share) => {
        const activity = soldOf(share, byNumber.get(share.round));
        const place = { number: share.round, holder: share.holder };
        return activity === null ? [] : [{ activity, place }];
      })
      .slice(0, limit);
  };

  /** Finds the moves of members that were merged into this one, to its account. */
  const mergesBelow = async (
    programId: string,
    { id, account }: MemberRecord,
    page: { readonly below: EventPlace | null; readonly limit: number },
  ): Promise<StoredEvent[]> => {
    const merged = await members.listMergedInto(programId, [id]);
    const accounts = merged.map((one) => one.account);
    return chainEvents.ofHolders(programId, accounts, ['AccountMoved'], { ...page, to: account });
  };

  const eventsBelow = async (
    programId: string,
    member: MemberRecord,
    kinds: readonly ActivityKind[],
    page: { readonly below: EventPlace | null; readonly limit: number },
  ): Promise<Part<EventPlace>['rows']> => {
    const eventKinds = kinds.flatMap((kind) => EVENTS_OF[kind] ?? []);
    const [own, merges] = await Promise.all([
      chainEvents.ofHolders(programId, allAccounts(member), eventKinds, page),
      kinds.includes('MERGED') ? mergesBelow(programId, member, page) : [],
    ]);
    const rows = [
      ...own.map((stored) => ({ stored, happening: happeningOf(stored.event) })),
      ...merges.map((stored) => ({ stored, happening: mergedOf(stored.event) })),
    ].flatMap(({ stored: { at, blockTimeMs }, happening }) => {
      if (happening === null) return [];
      const { blockNumber, logIndex, transactionHash } = at;
      const atMs = blockTimeMs ?? 0;
      const moment = { atMs, blockNumber, transactionHash };
      return [{ activity: { ...happening, atMs, moment }, place: { blockNumber, logIndex } }];
    });
    return rows.toSorted(newestFirst).slice(0, page.limit);
  };

  return {
    list: async (program, member, { kinds, first, after }) => {
      const accounts = allAccounts(member);
      const limit = first + 1;
      // Whatever was acknowledged is in the statements then.
      if (after === null) await aggregator.ofMember(program, member.id);
      const [event, sold, earned] = await Promise.all([
        partFrom(
          after?.event,
          (below) => eventsBelow(program.id, member, kinds, { below, limit }),
          ({ blockNumber, logIndex }) => ({ blockNumber, logIndex: logIndex + 1 }),
        ),
        kinds.includes('BOUGHT')
          ? partFrom(
              after?.sold,
              (from) => soldAfter(program.id, accounts, from, limit),
              ({ number }) => ({ number, holder: ZERO }),
            )
          : ENDED,
        kinds.includes('EARNED')
          ? partFrom(
              after?.earned,
              (from) => earnedAfter(program, member, from, limit),
              ({ epoch }) => ({ epoch, ruleId: BEFORE_RULES }),
            )
          : ENDED,
      ]);
      const rows = merged(event, sold, earned, limit);
      return { rows: rows.slice(0, first), hasNextPage: rows.length > first };
    },
  };
}
