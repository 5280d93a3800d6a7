import type { Address, Hex } from '../../../statement.ts';
import { decodeBuybackTerms, type BuybackTerms } from '../../../terms.ts';
import type { Place } from '../../events/events.ts';
import type { Of } from '../../events/moduleEvents.ts';
import type { AnnouncedTerms, ChangeState } from '../../facts/facts.ts';
import { closesAt, firstRoundFrom } from '../../settings/roundClock.ts';
import type { SettingsRead } from '../../settings/settingsRead.ts';
import { ruleSetIn, type Announced, type Target } from './announced.ts';
import {
  buybackImpact,
  HURTS_HOLDERS,
  isSameBuyback,
  isSameRuleSet,
  ruleSetImpact,
} from './impact.ts';
import type { Improvements } from './improvements.ts';
import type { RuleHistory } from './ruleHistory.ts';
import type { TermsHistory } from './termsHistory.ts';

/** One change as its announcement makes it, recomputed: what its log says instead is a difference, once. */
export interface Change {
  readonly id: number;
  /** In lower case. */
  readonly targetAddress: Address;
  /** Null when it is neither of the two that there are. */
  readonly target: Target | null;
  /** 1 hurts members, 2 hurts holders, OR-ed. */
  readonly impact: number;
  readonly comparedVersion: number;
  /** Unix seconds, like the other moments. */
  readonly announcedAt: number;
  readonly noticeEndsAt: number;
  readonly diesAt: number;
  readonly lastRoundOwed: boolean;
  readonly firstEligibleRound: number;
  /** Base units of points that the threshold is of, at most. */
  readonly countedSupply: bigint;
  readonly terms: Hex;
  readonly at: Place;
  state: Exclude<ChangeState, 'dead'>;
  /** Where it was enacted, struck down or withdrawn. */
  ended: Place | null;
  /** The version that it became. */
  version: number | null;
}

/** What the judging of changes looks up. */
export interface ChangeContext {
  readonly settings: SettingsRead;
  readonly rules: RuleHistory;
  readonly terms: TermsHistory;
  readonly announced: Announced;
  readonly improvements: Improvements;
  /** Whether a round was settled with its whole budget in the reserve. */
  readonly isCovered: (round: number) => boolean;
}

/** When something is logged: unix seconds, the epoch of that time, and the supply of points so far. */
export interface Moment {
  readonly time: number;
  readonly clockEpoch: number;
  readonly supply: bigint;
}

/** As in `Charter.sol`: after all that it waits for is over, a change can be enacted for so long. */
const TIME_TO_ENACT = 14 * 86_400;

/** What a change is by its announcement; its log is not asked for what follows from the rules. */
export function changeOf(
  context: ChangeContext,
  event: Of<'ChangeAnnounced'>,
  { time, clockEpoch }: Moment,
  countedSupply: bigint,
): Change {
  const { settings, terms } = context;
  const target = targetOf(settings, event.target);
  const impact = impactOf(context, announcedTermsIn(target, event.terms), clockEpoch);
  const flags = impact ?? event.impact;
  const isHurtful = flags !== 0;
  const noticeEndsAt = isHurtful ? time + settings.noticePeriod : time;
  const lastRoundOwed =
    (flags & HURTS_HOLDERS) !== 0 && (terms.newest?.budgetPerRound ?? 0n) !== 0n;
  const firstEligibleRound = lastRoundOwed ? firstRoundFrom(settings, noticeEndsAt) : 0;
  const waitsUntil = lastRoundOwed ? closesAt(settings, firstEligibleRound + 1) : noticeEndsAt;
  return {
    id: event.id,
    targetAddress: event.target,
    target,
    impact: flags,
    comparedVersion: newestVersion(context, target),
    announcedAt: time,
    noticeEndsAt,
    diesAt: isHurtful ? waitsUntil + TIME_TO_ENACT : time,
    lastRoundOwed,
    firstEligibleRound,
    countedSupply,
    terms: event.terms,
    at: event.at,
    state: 'pending',
    ended: null,
    version: null,
  };
}

/** Whether the terms of a change are the newest ones again, but for the epoch that they name. */
export function isNoChange({ rules, terms }: ChangeContext, change: Change): boolean {
  const next = announcedTermsIn(change.target, change.terms);
  if (next?.target === 'rule set') {
    return rules.newest !== undefined && isSameRuleSet(next.ruleSet, rules.newest);
  }
  return next !== null && terms.newest !== undefined && isSameBuyback(next.buyback, terms.newest);
}

/** Number of the newest version of what a change is of. */
export function newestVersion({ rules, terms }: ChangeContext, target: Target | null): number {
  return (target === 'buyback terms' ? terms : rules).count - 1;
}

/** Null where the terms can't be read, which is a difference of its own when they are enacted. */
function impactOf(
  { rules, terms }: ChangeContext,
  next: AnnouncedTerms | null,
  clockEpoch: number,
): number | null {
  if (next === null) return null;
  if (next.target === 'buyback terms') {
    return terms.newest === undefined ? null : buybackImpact(next.buyback, terms.newest);
  }
  const { newest } = rules;
  if (newest === undefined) return null;
  const fromEpoch = Math.max(next.ruleSet.notBefore, clockEpoch + 1, newest.fromEpoch + 1);
  return ruleSetImpact(next.ruleSet, newest, fromEpoch);
}

/** What a change of a contract is of; null when it is neither of the two that there are. @param address In lower case. */
export function targetOf(
  { program, buyback }: Pick<SettingsRead, 'program' | 'buyback'>,
  address: string,
): Target | null {
  if (address === program) return 'rule set';
  return address === buyback ? 'buyback terms' : null;
}

/** What a change announces; null when it can't be read. */
export function announcedTermsIn(target: Target | null, terms: Hex): AnnouncedTerms | null {
  if (target === 'rule set') {
    const ruleSet = ruleSetIn(terms);
    return ruleSet === null ? null : { target, ruleSet };
  }
  const buyback = buybackTermsIn(terms);
  return target === null || buyback === null ? null : { target, buyback };
}

/** The buyback terms in announced terms; null when they are none. */
function buybackTermsIn(terms: Hex): BuybackTerms | null {
  try {
    return decodeBuybackTerms(terms);
  } catch {
    return null;
  }
}
