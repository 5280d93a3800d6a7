import type { Place } from '../../events/events.ts';
import type { Of } from '../../events/moduleEvents.ts';
import { Check } from '../../report/check.ts';
import { ruleSetIn } from './announced.ts';
import {
  changeOf,
  isNoChange,
  newestVersion,
  targetOf,
  type Change,
  type ChangeContext,
  type Moment,
} from './change.ts';
import { shownImpact } from './impact.ts';
import { Rests } from './rests.ts';

/** As in `Charter.sol`: so long after its notice, or its announcement, the epoch that a rule set waits for starts at the latest. */
const MAX_WAIT = 14 * 86_400;

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
  readonly #rests: Rests;

  constructor(context: ChangeContext) {
    this.#context = context;
    this.#rests = new Rests(context.settings.noticePeriod);
  }

  /** How many changes were struck down in a row. */
  get strikesInARow(): number {
    return this.#rests.strikes;
  }

  /** Whether holders sell in a round before a pending or dead change of the buyback terms. */
  isLastRound(round: number): boolean {
    const change = this.#unresolved;
    if (change === null || !change.lastRoundOwed || change.target !== 'buyback terms') return false;
    const first = change.firstEligibleRound;
    return round === first || (round === first + 1 && !this.#context.isCovered(first));
  }

  get all(): readonly Change[] {
    return [...this.#changes.values()];
  }

  find(id: number): Change | undefined {
    return this.#changes.get(id);
  }

  /** @param countedSupply Base units of points that the threshold is of, at most. */
  announced(event: Of<'ChangeAnnounced'>, moment: Moment, countedSupply: bigint): Change {
    const change = changeOf(this.#context, event, moment, countedSupply);
    if (change.target === 'rule set') this.#startsSoonAfter(event, change.noticeEndsAt);
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
    const isNew = !isNoChange(this.#context, change);
    this.impactCheck.holds(isNew, what('the terms'), 'not the newest ones', 'the newest ones', at);
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
    if (change.impact !== 0) {
      this.#rests.announced(moment.time, this.#unresolved?.diesAt ?? null);
      this.#unresolved = change;
    } else if (change.target === 'rule set') {
      const newestFrom = this.#context.rules.newest?.fromEpoch ?? 0;
      this.#context.improvements.rulesAnnounced(event, newestFrom, moment.clockEpoch);
    }
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
    const newest = newestVersion(this.#context, change.target);
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
    if (change.impact !== 0) this.#rests.enacted();
    change.version = version;
  }

  struckDown(event: Of<'ChangeStruckDown'>, { time }: Moment): void {
    this.#fails(event, 'struck down', time, true);
  }

  /** @param counted Whether it counts as struck down. */
  withdrawn(event: Of<'ChangeWithdrawn'>, { time }: Moment, counted: boolean): void {
    this.#fails(event, 'withdrawn', time, counted);
  }

  #fails(
    { id, at }: Of<'ChangeWithdrawn' | 'ChangeStruckDown'>,
    state: Change['state'],
    time: number,
    isStrike: boolean,
  ): void {
    const change = this.find(id);
    if (!this.#wasPending(change, state, time, at)) return;
    this.#resolve(change, state, at);
    this.#rests.failed(time, isStrike);
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
      const until = this.#rests.until(before?.diesAt ?? null);
      this.pendingCheck.holds(time >= until, what, `from ${until} on`, time, at);
    }
  }

  #startsSoonAfter({ id, terms, at }: Of<'ChangeAnnounced'>, noticeEndsAt: number): void {
    const { startsAt, epochLength } = this.#context.settings;
    const latest = Math.floor((noticeEndsAt + MAX_WAIT - startsAt) / epochLength);
    const afterNewest = (this.#context.rules.newest?.fromEpoch ?? -1) + 1;
    const notBefore = Math.max(ruleSetIn(terms)?.notBefore ?? 0, afterNewest);
    const what = () => `the epoch that change ${id} waits for`;
    this.noticeCheck.holds(notBefore <= latest, what, `at most ${latest}`, notBefore, at);
  }
}

function shownRound(owed: boolean, firstEligible: number): string {
  return owed ? `owed, round ${firstEligible} at the earliest` : `not owed (${firstEligible})`;
}
