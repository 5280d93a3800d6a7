import { shown, type Settled, type Transfer } from '../../events/events.ts';
import { Check } from '../../report/check.ts';

/** Pairs every mint with the one statement that it was for. */
export class Mints {
  readonly check = new Check('mints');
  #open: Transfer | null = null;

  /** A transfer from zero. Its `Settled` must be the very next event. */
  minted(transfer: Transfer): void {
    this.anythingElse();
    this.#open = transfer;
  }

  /** @param increase How much more the statement brought than was minted for it before. */
  settled(event: Settled, increase: bigint): void {
    const mint = this.#open;
    const who = () => `the mint for ${shown(event.member)}, epoch ${event.epoch}`;
    if (
      mint === null ||
      mint.at.transactionHash !== event.at.transactionHash ||
      mint.to !== event.member
    ) {
      this.anythingElse();
      this.check.differ(who(), `a Transfer of ${increase} just before`, 'none', event.at);
      return;
    }
    this.#open = null;
    this.check.equal(increase, mint.amount, who, mint.at);
  }

  /** Any other event, or the end: a mint that is still open has no statement. */
  anythingElse(): void {
    const mint = this.#open;
    if (mint === null) return;
    this.#open = null;
    this.check.differ(
      `the statement of a mint to ${shown(mint.to)}`,
      'Settled right after the Transfer',
      'none',
      mint.at,
    );
  }
}
