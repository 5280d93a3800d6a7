import type { Address } from '@dewpoint/contracts/statement.ts';
import type { BuybackTermsVersion, Program } from '../../domain/program.ts';
import { coverAt, withdrawableAt, type Cover, type Reserve } from '../../domain/buyback/reserve.ts';
import {
  expectedResult,
  lockedInShare,
  outcomeOf,
  type ShareOutcome,
  type Round,
  type RoundResult,
  type Share,
} from '../../domain/buyback/round.ts';
import {
  newestRoundAt,
  nextRoundAt,
  roundClosesAtMs,
  roundOpensAtMs,
  termsOfRound,
} from '../../domain/buyback/roundClock.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { RoundStore } from '../../ports/stores/buyback.ts';
import type { ChainEventStore, TotalsStore } from '../../ports/stores/indexer.ts';
import type { ChangeStore } from '../../ports/stores/terms.ts';
import {
  asOfNow,
  projectionPage,
  type AsOf,
  type ProjectionPage,
  type PageOf,
  type HolderPage,
} from '../page.ts';

/** State of a round. `CLOSED` is not settled; an old round without tenders may stay so for ever. */
export type RoundState = 'UPCOMING' | 'OPEN' | 'CLOSED' | 'SETTLED';

/** A round in its present state, even one without any event on chain. */
export interface RoundView extends AsOf {
  readonly programId: string;
  readonly round: number;
  readonly state: RoundState;
  readonly opensAtMs: number;
  readonly closesAtMs: number;
  /** Terms that it runs on, or would run on if it opened now; null while the indexer has read none. */
  readonly terms: BuybackTermsVersion | null;
  /** Base units of points, of all holders. */
  readonly tendered: bigint;
  /** Number of accounts that have tendered. */
  readonly holders: number;
  readonly result: RoundResult | null;
  /** Null for an old round that was never settled. */
  readonly cover: Cover | null;
  /** Estimated result as if it closed now; null once it is settled and while it has no tenders. */
  readonly expected: Pick<RoundResult, 'filled' | 'payout'> | null;
}

/** The share of one holder in one round. */
export interface ShareView extends Share, AsOf {
  readonly of: RoundView;
  /** Result of the share; null until the round is settled. */
  readonly outcome: ShareOutcome | null;
  /** Estimated result as if the round closed now; null once it is settled. */
  readonly estimate: ShareOutcome | null;
  /** Base units of points that are in escrow. */
  readonly locked: bigint;
}

/** The reserve of the buyback, in base units of the settlement token. */
export interface ReserveView extends Reserve, AsOf {
  /** What the operator can withdraw now. */
  readonly withdrawable: bigint;
}

/** Reads the rounds, shares and the reserve of a program, from the read model and the clock. */
export interface Rounds {
  /** Finds a round by its number; null below 0 and after the next one that opens. */
  find(program: Program, round: number): Promise<RoundView | null>;
  /** Finds the newest round that has opened, open or closed; null before the first. */
  current(program: Program): Promise<RoundView | null>;
  /** Returns the next round that opens. */
  next(program: Program): Promise<RoundView>;
  /** Lists the rounds that have opened, newest first. */
  list(program: Program, page: PageOf): Promise<ProjectionPage<RoundView>>;
  reserve(program: Program): Promise<ReserveView>;
  /** Finds the share of a holder; null when the holder never tendered in this round. */
  share(program: Program, round: number, holder: Address): Promise<ShareView | null>;
  /** Lists the shares of these accounts, newest round first. */
  sharesOf(
    program: Program,
    holders: readonly Address[],
    page: HolderPage,
  ): Promise<ProjectionPage<ShareView>>;
}

/** State that all rounds of one answer are computed from. */
interface ReadMoment {
  readonly asOf: AsOf;
  readonly nowMs: number;
  readonly held: Reserve;
  readonly unsettled: readonly Round[];
  readonly lastRounds: ReadonlySet<number>;
  readonly addedSinceOpening: bigint;
  /** Base units of points. */
  readonly supply: bigint;
}

function stateOf(
  view: Pick<RoundView, 'opensAtMs' | 'closesAtMs' | 'result'>,
  nowMs: number,
): RoundState {
  if (view.result !== null) return 'SETTLED';
  if (nowMs < view.opensAtMs) return 'UPCOMING';
  return nowMs < view.closesAtMs ? 'OPEN' : 'CLOSED';
}

function coverOf(
  program: Program,
  number: number,
  round: Round | undefined,
  moment: ReadMoment,
): Cover | null {
  const result = round?.result ?? null;
  if (result === null) return coverAt(program, number, moment);
  const budget = termsOfRound(program, number)?.budgetPerRound ?? result.budget;
  return { budget, available: result.budget, covered: result.covered };
}

function viewOf(
  program: Program,
  number: number,
  { round, holders }: { readonly round: Round | undefined; readonly holders: number },
  moment: ReadMoment,
): RoundView {
  const opensAtMs = roundOpensAtMs(program, number);
  const closesAtMs = roundClosesAtMs(program, number);
  const terms = termsOfRound(program, number);
  const result = round?.result ?? null;
  const tendered = round?.tendered ?? 0n;
  const cover = coverOf(program, number, round, moment);
  const isExpected = result === null && cover !== null && terms !== null && tendered > 0n;
  return {
    programId: program.id,
    round: number,
    state: stateOf({ opensAtMs, closesAtMs, result }, moment.nowMs),
    opensAtMs,
    closesAtMs,
    terms,
    tendered,
    holders,
    result,
    cover,
    expected: isExpected ? expectedResult(tendered, cover.available, terms.pricePerPoint) : null,
    ...moment.asOf,
  };
}

function shareView(share: Share, of: RoundView, asOf: AsOf): ShareView {
  const { expected, tendered } = of;
  return {
    ...share,
    of,
    outcome: outcomeOf(share, of),
    estimate: outcomeOf(share, { tendered, result: expected }),
    locked: lockedInShare(share, of),
    ...asOf,
  };
}

export function createRounds(deps: {
  rounds: RoundStore;
  changes: Pick<ChangeStore, 'findPending'>;
  chainEvents: Pick<ChainEventStore, 'addedToReserve'>;
  totals: Pick<TotalsStore, 'asOf' | 'reserve' | 'supply' | 'tenderers'>;
  clock: ChainClock;
}): Rounds {
  const { rounds, totals } = deps;

  /** The rounds in which a backed program buys with all of its money, before a pending change of the buyback terms. */
  const lastRoundsOf = async (program: Program): Promise<ReadonlySet<number>> => {
    const change = program.backed ? await deps.changes.findPending(program.id) : null;
    if (change?.target !== 'BUYBACK' || change.firstEligibleRound === null) return new Set();
    const first = change.firstEligibleRound;
    const [found] = await rounds.findMany(program.id, [first]);
    return new Set(found?.result?.covered === true ? [first] : [first, first + 1]);
  };

  const see = async (program: Program): Promise<ReadMoment> => {
    const asOf = await asOfNow(totals, program);
    const { nowMs } = await deps.clock.now();
    const newest = newestRoundAt(program, nowMs);
    const [held, unsettled, lastRounds, { issued, burned }, addedSinceOpening] = await Promise.all([
      totals.reserve(program.id),
      rounds.listUnsettled(program.id),
      lastRoundsOf(program),
      totals.supply(program.id),
      newest < 0
        ? 0n
        : deps.chainEvents.addedToReserve(program.id, roundOpensAtMs(program, newest)),
    ]);
    const supply = issued - burned;
    return { asOf, nowMs, held, unsettled, lastRounds, addedSinceOpening, supply };
  };
  const views = async (
    program: Program,
    numbers: readonly number[],
    moment: ReadMoment,
  ): Promise<RoundView[]> => {
    const [found, holders] = await Promise.all([
      rounds.findMany(program.id, numbers),
      totals.tenderers(program.id, numbers),
    ]);
    const byNumber = new Map(found.map((round) => [round.round, round]));
    return numbers.map((number, index) => {
      const read = { round: byNumber.get(number), holders: holders[index] ?? 0 };
      return viewOf(program, number, read, moment);
    });
  };
  const one = async (program: Program, number: number, moment: ReadMoment): Promise<RoundView> => {
    const [found] = await views(program, [number], moment);
    if (found === undefined) throw new Error(`round ${number} has no view`);
    return found;
  };
  const shareViews = async (
    program: Program,
    shares: readonly Share[],
    moment: ReadMoment,
  ): Promise<ShareView[]> => {
    const numbers = shares.map(({ round }) => round);
    const of = await views(program, numbers, moment);
    return shares.flatMap((share, index) => {
      const round = of[index];
      return round === undefined ? [] : [shareView(share, round, moment.asOf)];
    });
  };

  return {
    find: async (program, number) => {
      const moment = await see(program);
      const exists =
        Number.isSafeInteger(number) && number >= 0 && number <= nextRoundAt(program, moment.nowMs);
      return exists ? one(program, number, moment) : null;
    },
    current: async (program) => {
      const moment = await see(program);
      const number = newestRoundAt(program, moment.nowMs);
      return number < 0 ? null : one(program, number, moment);
    },
    next: async (program) => {
      const moment = await see(program);
      return one(program, nextRoundAt(program, moment.nowMs), moment);
    },
    list: async (program, { first, after }) => {
      const moment = await see(program);
      const newest = newestRoundAt(program, moment.nowMs);
      const top = after === null ? newest : Math.min(newest, after - 1);
      const length = Math.max(0, Math.min(first, top + 1));
      const numbers = Array.from({ length }, (_, index) => top - index);
      const rows = await views(program, numbers, moment);
      return { ...moment.asOf, rows, hasNextPage: top + 1 > first };
    },
    reserve: async (program) => {
      const moment = await see(program);
      const withdrawable = withdrawableAt(program, moment, moment.supply);
      return { ...moment.held, withdrawable, ...moment.asOf };
    },
    share: async (program, round, holder) => {
      const moment = await see(program);
      const found = await rounds.findShare(program.id, round, holder);
      if (found === null) return null;
      return (await shareViews(program, [found], moment))[0] ?? null;
    },
    sharesOf: async (program, holders, { first, after }) => {
      const moment = await see(program);
      const found = await rounds.listSharesOf(program.id, holders, { after, limit: first + 1 });
      return projectionPage(moment.asOf, await shareViews(program, found, moment), first);
    },
  };
}
