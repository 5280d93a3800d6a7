import type { Address } from '../../../statement.ts';
import { shown, type Place } from '../../events/events.ts';
import type { Of } from '../../events/moduleEvents.ts';
import { Check } from '../../report/check.ts';
import type { Change, Moment } from './changes.ts';

const BPS = 10_000n;
/** As in `Charter.sol`: one point. */
const LEAST_NEEDED = 100n;

/** What one holder has locked against one change. */
export interface OpenObjection {
  readonly id: number;
  readonly holder: Address;
  readonly amount: bigint;
}

/** Points locked against changes, and whether they struck down what they had to, and nothing else. */
export class Objections {
  readonly check = new Check('objections');
  readonly #thresholdBps: bigint;
  readonly #find: (id: number) => Change | undefined;
  /** Base units by change and holder; never lowered by a release. */
  readonly #objected = new Map<number, bigint>();
  readonly #held = new Map<number, Map<Address, bigint>>();
  /** An objection that reached the threshold: the same transaction must strike the change down. */
  #due: { readonly change: Change; readonly needed: bigint; readonly at: Place } | null = null;

  constructor(thresholdBps: number, find: (id: number) => Change | undefined) {
    this.#thresholdBps = BigInt(thresholdBps);
    this.#find = find;
  }

  /** The supply is what the threshold is a share of. */
  announced({ supplyAtAnnouncement, at }: Of<'ChangeAnnounced'>, change: Change): void {
    const what = () => `the supply when change ${change.id} was announced`;
    this.check.equal(change.supply, supplyAtAnnouncement, what, at);
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

  released({ id, holder, amount, at }: Of<'ObjectionReleased'>, { time }: Moment): void {
    const noticeEndsAt = this.#find(id)?.noticeEndsAt ?? Infinity;
    const what = () => `the release of ${shown(holder)} against ${id}`;
    this.check.holds(time >= noticeEndsAt, what, `from ${noticeEndsAt} on`, time, at);
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
  neededFor({ supply: atAnnouncement }: Pick<Change, 'supply'>, supply: bigint): bigint {
    const smaller = atAnnouncement < supply ? atAnnouncement : supply;
    const share = (smaller * this.#thresholdBps + BPS - 1n) / BPS;
    return share > LEAST_NEEDED ? share : LEAST_NEEDED;
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
