import type { ResultOf } from '../../../shared/graphql/graphql.ts';
import { toBase } from '../../../shared/format/amounts.ts';
import type { Need } from '../../access/barrier.ts';
import type { DeskNoun } from '../../icons/deskIcons.tsx';
import type { TodayHooksQuery, TodayQuery, UpkeepQuery } from './queries.ts';

export type TodayProgram = NonNullable<ResultOf<typeof TodayQuery>['program']>;

/** Something that waits for the operator. */
export interface Due {
  readonly key: DueKey;
  /** Worse is what breaks a promise or stops the service when nothing is done; what runs is over by itself. */
  readonly weight: 'worse' | 'waiting' | 'running';
  readonly noun: DeskNoun;
  /** What follows the address of the page. */
  readonly rest?: string;
  readonly values: Readonly<Record<string, string | number>>;
}

export type DueKey =
  | 'gas'
  | 'cover'
  | 'nextCover'
  | 'settlement'
  | 'change'
  | 'changeWaits'
  | 'orders'
  | 'rulesDraft'
  | 'buybackDraft'
  | 'webhookDead'
  | 'webhookFails';

/** Who may do what is due; what is for anybody is only looked at. */
export const NEEDS: Readonly<Record<DueKey, Need>> = {
  gas: 'OWNER',
  cover: 'OWNER',
  nextCover: 'OWNER',
  settlement: 'ANYBODY',
  change: 'ANYBODY',
  changeWaits: 'ANYBODY',
  orders: 'FULFILLER',
  rulesDraft: 'OWNER',
  buybackDraft: 'OWNER',
  webhookDead: 'MANAGER',
  webhookFails: 'MANAGER',
};

/** Money of most tokens has no more decimals than this. */
const MOST_DECIMALS = 18;
/** Statements of an epoch are settled within the two epochs after it. */
const USUAL_LAG = 2;
const MS_PER_SECOND = 1_000;

const isNone = (money: string): boolean => toBase(money, MOST_DECIMALS) === 0n;

/** Start of an epoch, as the API writes moments. */
export function epochStart(
  { startsAt, epochSeconds }: TodayProgram['clock'],
  epoch: number,
): string {
  return new Date(Date.parse(startsAt) + epoch * epochSeconds * MS_PER_SECOND).toISOString();
}

/** Drafts that others left for those who announce. */
function draftsOf({ rulesDraft, buybackDraft }: TodayProgram): Due[] {
  const due: Due[] = [];
  if (rulesDraft !== null) {
    const values = { name: rulesDraft.savedBy };
    due.push({ key: 'rulesDraft', weight: 'waiting', noun: 'rules', rest: '/new', values });
  }
  if (buybackDraft !== null) {
    const values = { name: buybackDraft.savedBy };
    due.push({ key: 'buybackDraft', weight: 'waiting', noun: 'buyback', rest: '/terms', values });
  }
  return due;
}

function dueOfProgram(program: TodayProgram): Due[] {
  const { currentRound, nextRound, pendingChange, settlement, orderCounts, clock } = program;
  const due: Due[] = [];
  const open = currentRound?.state === 'OPEN' ? currentRound.cover : null;
  // What comes while a round is open pays, and covers nothing: said all the same, as what is missing shares what is there.
  if (open != null && !open.covered && !isNone(open.budget)) {
    const values = { available: open.available, budget: open.budget };
    due.push({ key: 'cover', weight: 'worse', noun: 'buyback', values });
  }
  const { cover } = nextRound;
  if (cover !== null && !cover.covered && !isNone(cover.budget)) {
    const values = { available: cover.available, budget: cover.budget, at: nextRound.opensAt };
    due.push({ key: 'nextCover', weight: 'waiting', noun: 'buyback', values });
  }
  const { open: statements, oldestOpenEpoch: oldest } = settlement;
  if (oldest !== null && oldest < clock.currentEpoch - USUAL_LAG) {
    const values = { count: statements, day: epochStart(clock, oldest) };
    due.push({ key: 'settlement', weight: 'worse', noun: 'members', values });
  }
  if (pendingChange !== null) {
    const { number, noticeEndsAt, objections, objectionsNeeded: needed } = pendingChange;
    const where = { weight: 'running', noun: 'changes', rest: `/${number}` } as const;
    // Once its notice is over nobody can object any more.
    if (needed === null) {
      const at = pendingChange.earliestEnactment ?? noticeEndsAt;
      due.push({ ...where, key: 'changeWaits', values: { number, at } });
    } else {
      const values = { number, at: noticeEndsAt, objections, needed };
      due.push({ ...where, key: 'change', values });
    }
  }
  if (orderCounts.open > 0) {
    due.push({
      key: 'orders',
      weight: 'waiting',
      noun: 'orders',
      values: { count: orderCounts.open },
    });
  }
  return due;
}

/** Lists what waits for the operator, the worst first. What could not be asked for is left out. @param mayAnnounce whether drafts wait for the person */
export function dueToday(
  program: TodayProgram,
  upkeep: ResultOf<typeof UpkeepQuery> | null,
  hooks: ResultOf<typeof TodayHooksQuery> | null,
  mayAnnounce: boolean,
): Due[] {
  const due = [...dueOfProgram(program), ...(mayAnnounce ? draftsOf(program) : [])];
  for (const { low, balance, account } of upkeep?.gasTank ?? []) {
    if (low)
      due.push({ key: 'gas', weight: 'worse', noun: 'settings', values: { balance, account } });
  }
  for (const { url, state, failures } of hooks?.webhookEndpoints ?? []) {
    const isDead = state === 'DEAD';
    if (!isDead && (state !== 'ENABLED' || failures === 0)) continue;
    due.push({
      key: isDead ? 'webhookDead' : 'webhookFails',
      ...{ weight: isDead ? 'worse' : 'waiting', noun: 'developers' },
      values: { url, count: failures },
    });
  }
  const rank = { worse: 0, waiting: 1, running: 2 } as const;
  return due.sort((one, other) => rank[one.weight] - rank[other.weight]);
}
