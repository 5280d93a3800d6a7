import type { Address } from '@dewpoint/contracts/statement.ts';
import {
  changeStateAt,
  earliestEnactmentMs,
  isReleasableAt,
  objectionsNeeded,
  type Change,
} from '../../domain/terms/change.ts';
import type { Program } from '../../domain/program.ts';
import { outcomeOf, type Round, type Share } from '../../domain/buyback/round.ts';
import { newestRoundAt, roundClosesAtMs, termsOfRound } from '../../domain/buyback/roundClock.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import type { CatalogueStore } from '../../ports/stores/catalogue.ts';
import type { ChangeStore } from '../../ports/stores/terms.ts';
import type { PageAboveHolder } from '../../ports/stores/pages.ts';
import type { RoundStore } from '../../ports/stores/buyback.ts';
import type { TotalsStore } from '../../ports/stores/indexer.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { AnchorUpkeep } from './anchorUpkeep.ts';
import type { SyncUpkeep } from './syncUpkeep.ts';
import type { MemberStore } from '../../ports/stores/members.ts';
import type { Logger } from '../../lib/logger.ts';
import { createFindEach } from './findEach.ts';

/** One call that any account may make for a program, and that the keeper makes. */
export interface Upkeep {
  /** Unique, and always the same for the same upkeep. */
  readonly name: string;
  /** Name of the mutation that does the same. */
  readonly kind: string;
  readonly call: ContractCall;
  /** Time of the chain from which it can't be done any more; left out where there is none. */
  readonly endsAtMs?: number;
}

/** Finds upkeep in the read model. What is done is gone once its event is read. */
export interface Upkeeps {
  /**
   * Lists the upkeep that is due.
   *
   * @param nowMs Time of the chain.
   * @param isWaiting Tells whether an upkeep waits for its next try, and others are to be found instead.
   */
  due(program: Program, nowMs: number, isWaiting: (name: string) => boolean): Promise<Upkeep[]>;
}

/** Rounds and changes whose holders are looked after: years of them. */
const LOOK_BACK = 26;
/** Holders, and overdue orders, looked at in one go. */
const PAGE = 100;
/** Shares and objections of others stay in the lists for ever; ours are all claimed by then, unless that was undone. */
const RESCAN_AFTER_MS = 600_000;

type CallsForAnybody = Pick<
  ProgramCalls,
  | 'claimPoints'
  | 'enactChange'
  | 'refundOrder'
  | 'releaseObjection'
  | 'settleRounds'
  | 'strikeChange'
>;

/** The newest round that has closed; -1 for none. */
function newestClosed(program: Program, nowMs: number): number {
  const newest = newestRoundAt(program, nowMs);
  return newest >= 0 && roundClosesAtMs(program, newest) > nowMs ? newest - 1 : newest;
}

async function eachOf<T>(
  all: readonly T[],
  find: (one: T) => Promise<Upkeep[]>,
): Promise<Upkeep[]> {
  const found: Upkeep[] = [];
  for (const one of all) found.push(...(await find(one)));
  return found;
}

const downFrom = (highest: number): number[] =>
  Array.from({ length: Math.max(0, Math.min(LOOK_BACK, highest + 1)) }, (_, at) => highest - at);

export function createUpkeeps(deps: {
  calls: CallsForAnybody;
  changes: ChangeStore;
  rounds: RoundStore;
  catalogue: Pick<CatalogueStore, 'listOverdue'>;
  totals: Pick<TotalsStore, 'supply'>;
  members: Pick<MemberStore, 'gaslessAmong'>;
  anchorUpkeep: AnchorUpkeep;
  syncUpkeep: SyncUpkeep;
  logger: Logger;
  wallNowMs: () => number;
}): Upkeeps {
  const { calls, changes, rounds, catalogue, totals, members, wallNowMs } = deps;
  const findEach = createFindEach(deps);
  /** Positions in the lists of holders. Lost in a restart, which then begins again. */
  const scans = new Map<string, { afterHolder: Address | null; restUntilMs: number }>();

  /** Upkeep for the holders of one page of a list; the next page's once there is none left. */
  const scan = async <Row extends { readonly holder: Address }>(
    program: Program,
    name: string,
    list: (page: PageAboveHolder) => Promise<Row[]>,
    dutyFor: (row: Row) => Upkeep | null,
    isWaiting: (name: string) => boolean,
  ): Promise<Upkeep[]> => {
    const key = `${program.id}:${name}`;
    const at = scans.get(key) ?? { afterHolder: null, restUntilMs: 0 };
    if (wallNowMs() < at.restUntilMs) return [];
    const rows = await list({ afterHolder: at.afterHolder, limit: PAGE });
    const gasless = await members.gaslessAmong(
      program.id,
      rows.map(({ holder }) => holder),
    );
    const upkeeps = rows
      .filter(({ holder }) => gasless.has(holder))
      .map(dutyFor)
      .filter((upkeep) => upkeep !== null)
      .filter((upkeep) => !isWaiting(upkeep.name));
    if (upkeeps.length > 0) return upkeeps;
    const isEnd = rows.length < PAGE;
    scans.set(key, {
      afterHolder: isEnd ? null : (rows.at(-1)?.holder ?? null),
      restUntilMs: isEnd ? wallNowMs() + RESCAN_AFTER_MS : 0,
    });
    return [];
  };

  /** A round without tenders matters only where its cover does: where it has a budget. */
  const settlement = (
    program: Program,
    closed: number,
    unsettled: readonly Round[],
    newest: Round | undefined,
  ): Upkeep[] => {
    const tendered = unsettled.find(({ round }) => round <= closed);
    const hasBudget = (termsOfRound(program, closed)?.budgetPerRound ?? 0n) > 0n;
    const isNewestDue = closed >= 0 && hasBudget && (newest?.result ?? null) === null;
    const round = tendered?.round ?? (isNewestDue ? closed : null);
    if (round === null) return [];
    return [{ name: `settle:${round}`, kind: 'roundSettle', call: calls.settleRounds(program) }];
  };

  const enactment = async (program: Program, change: Change, nowMs: number): Promise<Upkeep[]> => {
    const { firstEligibleRound: first, number, terms } = change;
    const [eligible] = first === null ? [] : await rounds.findMany(program.id, [first]);
    if (earliestEnactmentMs(program, change, eligible?.result ?? null) > nowMs) return [];
    const call = calls.enactChange(program, number, terms);
    return [{ name: `enact:${number}`, kind: 'changeEnact', call }];
  };

  /** Objecting strikes by itself; but the supply may fall until what was objected before is enough. */
  const strike = async (program: Program, change: Change): Promise<Upkeep[]> => {
    if (change.objections === 0n) return [];
    const { issued, burned } = await totals.supply(program.id);
    if (change.objections < objectionsNeeded(program, change, issued - burned)) return [];
    const call = calls.strikeChange(program, change.number);
    return [{ name: `strike:${change.number}`, kind: 'changeStrike', call }];
  };

  const verdict = async (program: Program, nowMs: number): Promise<Upkeep[]> => {
    const change = await changes.findPending(program.id);
    if (change === null || changeStateAt(change, nowMs) !== 'PENDING') return [];
    return nowMs < change.noticeEndsAtMs
      ? strike(program, change)
      : enactment(program, change, nowMs);
  };

  /** Money stays owed in the contract until its holder says where to: in an account without gas it would lie fast. */
  const claims = (
    program: Program,
    round: Round,
    isWaiting: (name: string) => boolean,
  ): Promise<Upkeep[]> => {
    const number = round.round;
    const list = (page: PageAboveHolder): Promise<Share[]> =>
      rounds.listUnclaimed(program.id, number, page);
    const pointsFor = (share: Share): Upkeep | null => {
      if ((outcomeOf(share, round)?.returned ?? 0n) === 0n) return null;
      const name = `claimPoints:${number}:${share.holder}`;
      const call = calls.claimPoints(program, number, share.holder);
      return { name, kind: 'pointsClaim', call };
    };
    return scan(program, `points:${number}`, list, pointsFor, isWaiting);
  };

  const releases = (
    program: Program,
    { number }: Change,
    isWaiting: (name: string) => boolean,
  ): Promise<Upkeep[]> =>
    scan(
      program,
      `objections:${number}`,
      (page) => changes.listLockedObjections(program.id, number, page),
      ({ holder }) => ({
        name: `release:${number}:${holder}`,
        kind: 'objectionRelease',
        call: calls.releaseObjection(program, number, holder),
      }),
      isWaiting,
    );

  /** Reads when it is first needed, and then no more: what else is found does not depend on it. */
  const once = <T>(read: () => Promise<T>): (() => Promise<T>) => {
    let reading: Promise<T> | null = null;
    return () => (reading ??= read());
  };

  return {
    due: async (program, nowMs, isWaiting) => {
      const closed = newestClosed(program, nowMs);
      const recent = once(() => rounds.findMany(program.id, downFrom(closed)));
      const found = await findEach(program.id, {
        roundSettle: async () => {
          const newest = (await recent()).find(({ round }) => round === closed);
          return settlement(program, closed, await rounds.listUnsettled(program.id), newest);
        },
        changeEnact: () => verdict(program, nowMs),
        logAnchor: () => deps.anchorUpkeep(program, nowMs, isWaiting),
        reserveSync: () => deps.syncUpkeep(program),
        orderRefund: async () =>
          (await catalogue.listOverdue(program.id, nowMs, PAGE)).map(({ number }) => ({
            name: `refund:${number}`,
            kind: 'orderRefund',
            call: calls.refundOrder(program, number),
          })),
        pointsClaim: async () => {
          const settled = (await recent()).filter(({ result }) => result !== null);
          return eachOf(settled, (round) => claims(program, round, isWaiting));
        },
        objectionRelease: async () => {
          const announced = await changes.list(program.id, { below: null, limit: LOOK_BACK });
          const over = announced.filter(
            (change) => isReleasableAt(change, nowMs) && change.objections > 0n,
          );
          return eachOf(over, (change) => releases(program, change, isWaiting));
        },
      });
      return found.filter(({ name }) => !isWaiting(name));
    },
  };
}
