import type { Address, Hex } from '../../../statement.ts';
import { decodeBuybackTerms, type BuybackTerms } from '../../../terms.ts';
import type { Place } from '../../events/events.ts';
import type { Of } from '../../events/moduleEvents.ts';
import { Check } from '../../report/check.ts';
import type { AnnouncedTerms, ChangeState } from '../../facts/facts.ts';
import { closesAt, firstRoundFrom } from '../../settings/roundClock.ts';
import type { SettingsRead } from '../../settings/settingsRead.ts';
import { ruleSetIn, type Announced, type Target } from './announced.ts';
import { buybackImpact, HURTS_HOLDERS, ruleSetImpact, shownImpact } from './impact.ts';
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
  /** Base units. */
  readonly supply: bigint;
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
  /** Whether a round was settled with its whole budget in the reserve. */
  readonly isCovered: (round: number) => boolean;
}

/** When something is logged: unix seconds, the epoch of that time, and the supply of points so far. */
export interface Moment {
  readonly time: number;
  readonly clockEpoch: number;
  readonly supply: bigint;
}

const DAY = 86_400;
/** As in `Charter.sol`: after all that it waits for is over, a change can be enacted for so long. */
const TIME_TO_ENACT = 14 * DAY;
/** As in `Charter.sol`: so long after its notice the epoch that a hurtful rule set waits for starts at the latest. */
const MAX_WAIT = 14 * DAY;

/** Every change of terms, judged by the four steps: announced, objected to, struck down or enacted. */
export class Changes {
  readonly impactCheck = new Check('impact');
  readonly noticeCheck = new Check('notice');
  readonly lastRoundCheck = new Check('lastRounds');
  readonly pendingCheck = new Check('oneAtATime');
  readonly #context: ChangeContext;
  readonly #changes = new Map<number, Change>();
  /** The hurtful change that is pending, or dead by the clock. */
  #unresolved: Change | null = null;
  #coolUntil = 0;

  constructor(context: ChangeContext) {
    this.#context = context;
  }

  get all(): readonly Change[] {
    return [...this.#changes.values()];
  }

  find(id: number): Change | undefined {
    return this.#changes.get(id);
  }

  announced(event: Of<'ChangeAnnounced'>, moment: Moment): Change {
    const change = this.#changeIn(event, moment);
    const what = (field: string) => () => `${field} of change ${change.id}`;
    const { at } = event;
    this.pendingCheck.equal(this.#changes.size + 1, event.id, () => 'the number of a change', at);
    this.impactCheck.holds(change.target !== null, what('target'), 'known', event.target, at);
    this.impactCheck.equal(
      change.comparedVersion,
      event.comparedVersion,
      what('the version compared with'),
      at,
    );
    const [expected, actual] = [shownImpact(change.impact), shownImpact(event.impact)];
    this.impactCheck.equal(expected, actual, what('the impact'), at);
    this.noticeCheck.equal(change.noticeEndsAt, event.noticeEndsAt, what('the end of notice'), at);
    this.noticeCheck.equal(change.diesAt, event.diesAt, what('the last day'), at);
    this.lastRoundCheck.equal(
      shownRound(change.lastRoundOwed, change.firstEligibleRound),
      shownRound(event.lastRoundOwed, event.firstEligibleRound),
      what('the last round'),
      at,
    );
    this.#waitsItsTurn(change, moment.time);
    this.#changes.set(change.id, change);
    if (change.impact !== 0) this.#unresolved = change;
    return change;
  }

  enacted(event: Of<'ChangeEnacted'>, { time }: Moment): void {
    const { id, version, at } = event;
    const change = this.find(id);
    const { announced } = this.#context;
    const terms = change?.terms ?? null;
    announced.enacted({
      id,
      version,
      at,
      terms,
      target: targetOf(this.#context.settings, event.target),
    });
    if (!this.#wasPending(change, 'enacted', time, at)) return;
    const what = () => `change ${id}, enacted`;
    if (change.impact === 0) {
      const { transactionHash } = change.at;
      this.noticeCheck.equal(transactionHash, at.transactionHash, what, at);
    } else {
      const { noticeEndsAt, diesAt } = change;
      this.noticeCheck.holds(time >= noticeEndsAt, what, `from ${noticeEndsAt} on`, time, at);
      this.noticeCheck.holds(time < diesAt, what, `before ${diesAt}`, time, at);
    }
    const newest = this.#newestVersion(change.target);
    this.impactCheck.equal(change.comparedVersion, newest, () => `the newest before ${id}`, at);
    if (change.lastRoundOwed) {
      const round = change.firstEligibleRound;
      const { isCovered } = this.#context;
      this.lastRoundCheck.holds(
        isCovered(round) || isCovered(round + 1),
        what,
        `after round ${round} or ${round + 1}, settled and covered`,
        'before',
        at,
      );
    }
    this.#resolve(change, 'enacted', at);
    change.version = version;
  }

  struckDown(event: Of<'ChangeStruckDown'>, { time }: Moment): void {
    this.#fails(event, 'struck down', time);
  }

  withdrawn(event: Of<'ChangeWithdrawn'>, { time }: Moment): void {
    this.#fails(event, 'withdrawn', time);
  }

  #fails(
    { id, at }: Of<'ChangeWithdrawn' | 'ChangeStruckDown'>,
    state: Change['state'],
    time: number,
  ): void {
    const change = this.find(id);
    if (!this.#wasPending(change, state, time, at)) return;
    this.#resolve(change, state, at);
    this.#coolUntil = time + this.#context.settings.noticePeriod;
  }

  #wasPending(
    change: Change | undefined,
    next: Change['state'],
    time: number,
    at: Place,
  ): change is Change {
    const state = change === undefined ? 'never announced' : change.state;
    const isPending = state === 'pending' && (change?.impact === 0 || time < (change?.diesAt ?? 0));
    // Enacting a dead change is a matter of its last day.
    const counts = isPending || (state === 'pending' && next === 'enacted');
    const what = () => `the change that was ${next}`;
    this.pendingCheck.holds(counts, what, 'pending', state === 'pending' ? 'dead' : state, at);
    return change?.state === 'pending';
  }

  #resolve(change: Change, state: Change['state'], at: Place): void {
    change.state = state;
    change.ended = at;
    if (this.#unresolved === change) this.#unresolved = null;
  }

  #waitsItsTurn({ id, target, impact, at }: Change, time: number): void {
    const before = this.#unresolved;
    const what = () => `change ${id}`;
    if (before !== null && time < before.diesAt) {
      const isFree = impact === 0 && before.target !== target;
      this.pendingCheck.holds(isFree, what, `not while change ${before.id} is pending`, time, at);
    } else if (impact !== 0) {
      const { noticePeriod } = this.#context.settings;
      const until = before === null ? this.#coolUntil : before.diesAt + noticePeriod;
      this.pendingCheck.holds(time >= until, what, `from ${until} on`, time, at);
    }
  }

  #changeIn(event: Of<'ChangeAnnounced'>, { time, clockEpoch, supply }: Moment): Change {
    const { settings, terms } = this.#context;
    const target = targetOf(this.#context.settings, event.target);
    const impact = this.#impactOf(target, event.terms, clockEpoch) ?? event.impact;
    const isHurtful = impact !== 0;
    const noticeEndsAt = isHurtful ? time + settings.noticePeriod : time;
    const lastRoundOwed =
      (impact & HURTS_HOLDERS) !== 0 && (terms.newest?.budgetPerRound ?? 0n) !== 0n;
    const firstEligibleRound = lastRoundOwed ? firstRoundFrom(settings, noticeEndsAt) : 0;
    const waitsUntil = lastRoundOwed ? closesAt(settings, firstEligibleRound + 1) : noticeEndsAt;
    if (isHurtful && target === 'rule set') this.#startsSoonAfter(event, noticeEndsAt);
    return {
      id: event.id,
      targetAddress: event.target,
      target,
      impact,
      comparedVersion: this.#newestVersion(target),
      announcedAt: time,
      noticeEndsAt,
      diesAt: isHurtful ? waitsUntil + TIME_TO_ENACT : time,
      lastRoundOwed,
      firstEligibleRound,
      supply,
      terms: event.terms,
      at: event.at,
      state: 'pending',
      ended: null,
      version: null,
    };
  }

  #startsSoonAfter({ id, terms, at }: Of<'ChangeAnnounced'>, noticeEndsAt: number): void {
    const { startsAt, epochLength } = this.#context.settings;
    const latest = Math.floor((noticeEndsAt + MAX_WAIT - startsAt) / epochLength);
    const afterNewest = (this.#context.rules.newest?.fromEpoch ?? -1) + 1;
    const notBefore = Math.max(ruleSetIn(terms)?.notBefore ?? 0, afterNewest);
    const what = () => `the epoch that change ${id} waits for`;
    this.noticeCheck.holds(notBefore <= latest, what, `at most ${latest}`, notBefore, at);
  }

  /** Null where the terms can't be read, which is a difference of its own when they are enacted. */
  #impactOf(target: Target | null, terms: Hex, clockEpoch: number): number | null {
    if (target === 'rule set') {
      const next = ruleSetIn(terms);
      const { newest } = this.#context.rules;
      if (next === null || newest === undefined) return null;
      const fromEpoch = Math.max(next.notBefore, clockEpoch + 1, newest.fromEpoch + 1);
      return ruleSetImpact(next, newest, fromEpoch);
    }
    const { newest } = this.#context.terms;
    const next = buybackTermsIn(terms);
    return next === null || newest === undefined ? null : buybackImpact(next, newest);
  }

  #newestVersion(target: Target | null): number {
    const { rules, terms } = this.#context;
    return (target === 'buyback terms' ? terms : rules).count - 1;
  }
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

function shownRound(owed: boolean, firstEligible: number): string {
  return owed ? `owed, round ${firstEligible} at the earliest` : `not owed (${firstEligible})`;
}
