import type { Address } from '../../../statement.ts';
import { shown, type AccountMoved, type Transfer } from '../../events/events.ts';
import { Check } from '../../report/check.ts';
import type { SettingsRead } from '../../settings/settingsRead.ts';

export const ZERO_ADDRESS: Address = '0x0000000000000000000000000000000000000000';

/** Balances and supply as the `Transfer` logs make them, and what moved without being minted. */
export class Ledger {
  readonly balancesCheck = new Check('balances');
  readonly movesCheck = new Check('moves');
  readonly #balances = new Map<Address, bigint>();
  readonly #settings: SettingsRead;
  #minted = 0n;
  #burned = 0n;
  /** The transfer just before, for the `AccountMoved` that may follow it. */
  #last: { readonly transfer: Transfer; readonly balanceBefore: bigint } | null = null;
  #touched = new Set<Address>();
  /** The supply before the first mint of each epoch of the clock in which anything was minted. */
  readonly #supplies: { readonly epoch: number; readonly supply: bigint }[] = [];

  constructor(settings: SettingsRead) {
    this.#settings = settings;
  }

  get minted(): bigint {
    return this.#minted;
  }

  get burned(): bigint {
    return this.#burned;
  }

  get supply(): bigint {
    return this.#minted - this.#burned;
  }

  get balances(): ReadonlyMap<Address, bigint> {
    return this.#balances;
  }

  sumOfBalances(): bigint {
    let sum = 0n;
    for (const balance of this.#balances.values()) sum += balance;
    return sum;
  }

  /** Points are about to be minted in an epoch of the clock. */
  minting(epoch: number): void {
    if (this.#supplies.at(-1)?.epoch === epoch) return;
    this.#supplies.push({ epoch, supply: this.supply });
  }

  /** The supply just before anything was minted in `epoch` of the clock or later. */
  supplyBefore(epoch: number): bigint {
    return this.#supplies.find((before) => before.epoch >= epoch)?.supply ?? this.supply;
  }

  /** Accounts whose balance changed since this was last asked. */
  takeTouched(): Set<Address> {
    const touched = this.#touched;
    this.#touched = new Set();
    return touched;
  }

  transfer(event: Transfer): void {
    this.#closeLast();
    const { from, to, amount } = event;
    if (from === ZERO_ADDRESS) this.#minted += amount;
    else {
      const balanceBefore = this.#balances.get(from) ?? 0n;
      this.#balancesHold(event, balanceBefore);
      this.#set(from, balanceBefore - amount);
      if (to !== ZERO_ADDRESS) this.#last = { transfer: event, balanceBefore };
    }
    if (to === ZERO_ADDRESS) this.#burned += amount;
    else this.#set(to, (this.#balances.get(to) ?? 0n) + amount);
  }

  /** `AccountMoved` comes right after the transfer that it stands for. */
  accountMoved(event: AccountMoved): void {
    const last = this.#last;
    this.#last = null;
    const matches =
      last !== null &&
      last.transfer.at.transactionHash === event.at.transactionHash &&
      last.transfer.from === event.from &&
      last.transfer.to === event.to &&
      last.transfer.amount === event.amount;
    this.movesCheck.holds(
      matches,
      () => `the move of ${shown(event.from)} to ${shown(event.to)}`,
      `a Transfer of ${event.amount} between them just before`,
      last === null ? 'none' : `a Transfer of ${last.transfer.amount}`,
      event.at,
    );
    if (!matches) return;
    this.movesCheck.equal(
      last.balanceBefore,
      event.amount,
      () => `the amount moved out of ${shown(event.from)}, its whole balance`,
      event.at,
    );
  }

  /** Any other event: a transfer before it was no move of an account. */
  anythingElse(): void {
    this.#closeLast();
  }

  /** Compares a balance with what the contract answers. */
  compare(account: Address, actual: bigint): void {
    const expected = this.#balances.get(account) ?? 0n;
    this.balancesCheck.equal(expected, actual, () => `the balance of ${shown(account)}`, null);
  }

  #balancesHold(event: Transfer, balanceBefore: bigint): void {
    if (balanceBefore >= event.amount) return;
    this.balancesCheck.differ(
      `${shown(event.from)} sent more than it had`,
      `at most ${balanceBefore}`,
      String(event.amount),
      event.at,
    );
  }

  /** A transfer that is no move of an account is allowed where points move freely, or by the call of a module. */
  #closeLast(): void {
    if (this.#last === null) return;
    const { from, to, at } = this.#last.transfer;
    this.#last = null;
    const { transferable, modules, program, forwarder } = this.#settings;
    const isOpen = transferable || modules.has(from) || modules.has(to);
    this.movesCheck.holds(
      isOpen && to !== program && to !== forwarder,
      () => `a transfer from ${shown(from)} to ${shown(to)}`,
      isOpen ? 'none to this account' : 'none, since points of this program are not transferable',
      'a Transfer',
      at,
    );
  }

  #set(account: Address, balance: bigint): void {
    this.#balances.set(account, balance);
    this.#touched.add(account);
  }
}
