import type { Address } from '../../../statement.ts';
import { shown, type Place } from '../../events/events.ts';
import type { Of } from '../../events/moduleEvents.ts';
import { Check } from '../../report/check.ts';
import type { SettingsRead } from '../../settings/settingsRead.ts';
import type { Change, Moment } from './change.ts';

const BPS = 10_000n;
/** As in `Charter.sol`: one point. */
const LEAST_NEEDED = 100n;

/** The supply that counts against one that was made for the purpose: three quarters of the supply at most are left out. */
const NEW_POINTS_DIVISOR = 4n;

/**
 * Base units of points that the threshold of a change is of, at most.
 *
 * @param supply At the announcement.
 * @param before One notice period earlier, at the start of the epoch of that moment.
 */
export function countedSupply(supply: bigint, before: bigint): bigint {
  const least = (supply + NEW_POINTS_DIVISOR - 1n) / NEW_POINTS_DIVISOR;
  const counted = before > least ? before : least;
  return counted < supply ? counted : supply;
}

/** Base units that strike a change down at a supply. */
export function objectionsNeeded(
  { objectionThresholdBps, objectionCap }: ObjectionSettings,
  change: Pick<Change, 'countedSupply'>,
  supply: bigint,
): bigint {
  const smaller = change.countedSupply < supply ? change.countedSupply : supply;
  const share = (smaller * BigInt(objectionThresholdBps) + BPS - 1n) / BPS;
  const capped = share < objectionCap ? share : objectionCap;
  return capped > LEAST_NEEDED ? capped : LEAST_NEEDED;
}

/** What one holder has locked against one change. */
export interface OpenObjection {
  readonly id: number;
  readonly holder: Address;
  readonly amount: bigint;
}

type ObjectionSettings = Pick<SettingsRead, 'objectionThresholdBps' | 'objectionCap'>;

/** Points locked against changes, and whether they struck down what they had to, and nothing else. */
export class Objections {
  readonly check = new Check('objections');
  readonly #settings: ObjectionSettings;
  readonly #find: (id: number) => Change | undefined;
  /** Base units by change and holder; never lowered by a release. */
  readonly #objected = new Map<number, bigint>();
  readonly #held = new Map<number, Map<Address, bigint>>();
  /** An objection that reached the threshold: the same transaction must strike the change down. */
  #due: { readonly change: Change; readonly needed: bigint; readonly at: Place } | null = null;

  constructor(settings: ObjectionSettings, find: (id: number) => Change | undefined) {
    this.#settings = settings;
    this.#find = find;
  }

  announced({ countedSupply, at }: Of<'ChangeAnnounced'>, change: Change): void {
    const what = () => `the supply that the threshold of change ${change.id} is of, at most`;
    this.check.equal(change.countedSupply, countedSupply, what, at);
  }

  objected(event: Of<'Objected'>, moment: Moment): void {
    const { id, holder, amount, at } = event;
    const change = this.#inNotice(id, moment.time, at);
    const held = this.heldBy(id, holder) + amount;
    const objections = this.of(id) + amount;
    this.check.equal(held, event.held, () => `held by ${shown(holder)} against ${id}`, at);
    this.check.equal(objections, event.objections, () => `objections against ${id}`, at);
    this.#objected.set(id, objections);
    const holders = this.#held.get(id) ?? new Map<Address, bigint>();
    this.#held.set(id, holders.set(holder, held));
    if (change === undefined) return;
    const needed = this.neededFor(change, moment.supply);
    if (objections >= needed) this.#due = { change, needed, at };
  }

  struckDown(event: Of<'ChangeStruckDown'>, moment: Moment): void {
    const { id, at } = event;
    const change = this.#inNotice(id, moment.time, at);
    if (change === undefined) return;
    if (this.#due?.change === change) this.#due = null;
    const needed = this.neededFor(change, moment.supply);
    const objections = this.of(id);
    this.check.equal(objections, event.objections, () => `objections that struck ${id} down`, at);
    this.check.equal(needed, event.needed, () => `needed to strike ${id} down`, at);
    const what = () => `objections when ${id} was struck down`;
    this.check.holds(objections >= needed, what, `at least ${needed}`, objections, at);
  }

  /** @returns Whether a change that is taken back counts as struck down: objections are half of what is needed. */
  withdrawn({ id, counted, at }: Of<'ChangeWithdrawn'>, { supply }: Moment): boolean {
    const change = this.#find(id);
    if (change === undefined) return counted;
    const expected = 2n * this.of(id) >= this.neededFor(change, supply);
    const what = () => `whether the withdrawal of change ${id} counts as a strike`;
    this.check.equal(expected, counted, what, at);
    return expected;
  }

  released({ id, holder, amount, at }: Of<'ObjectionReleased'>, { time }: Moment): void {
    const { noticeEndsAt = Infinity, state } = this.#find(id) ?? {};
    const what = () => `the release of ${shown(holder)} against ${id}`;
    const isFree = state === 'withdrawn' || time >= noticeEndsAt;
    this.check.holds(isFree, what, `from ${noticeEndsAt} on`, time, at);
    this.check.equal(this.heldBy(id, holder), amount, what, at);
    this.#held.get(id)?.delete(holder);
  }

  /** The transaction is over. */
  close(): void {
    const due = this.#due;
    if (due === null) return;
    this.#due = null;
    const { change, needed, at } = due;
    const what = `change ${change.id}, objected to by ${needed} or more`;
    this.check.differ(what, 'struck down at once', 'still pending', at);
  }

  /** Base units objected against a change so far. */
  of(id: number): bigint {
    return this.#objected.get(id) ?? 0n;
  }

  /** Base units that strike a change down at a supply. */
  neededFor(change: Pick<Change, 'countedSupply'>, supply: bigint): bigint {
    return objectionsNeeded(this.#settings, change, supply);
  }

  heldBy(id: number, holder: Address): bigint {
    return this.#held.get(id)?.get(holder) ?? 0n;
  }

  /** Who has locked how much against a change and not released it. */
  holdersAgainst(id: number): ReadonlyMap<Address, bigint> {
    return this.#held.get(id) ?? new Map();
  }

  /** What is locked and not released. */
  *open(): Generator<OpenObjection> {
    for (const [id, holders] of this.#held) {
      for (const [holder, amount] of holders) yield { id, holder, amount };
    }
  }

  #inNotice(id: number, time: number, at: Place): Change | undefined {
    const change = this.#find(id);
    const end = change?.noticeEndsAt ?? 0;
    this.check.holds(
      time < end,
      () => `an objection to change ${id}`,
      change === undefined ? 'a change that was announced' : `before ${end}`,
      time,
      at,
    );
    return change;
  }
}
