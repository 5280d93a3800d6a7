/** A first strike leaves a rest of one notice period; each later one in a row doubles it, up to three times. */
const MAX_DOUBLINGS = 3;
/** In notice periods: after so long a time without a hurtful change strikes are forgotten. */
const FORGIVEN_AFTER = 8;

/** How long no hurtful change may follow one that came to nothing. `Changes.sol` computes the same. Unix seconds. */
export class Rests {
  readonly #noticePeriod: number;
  #strikes = 0;
  #until = 0;

  /** @param noticePeriod Seconds. */
  constructor(noticePeriod: number) {
    this.#noticePeriod = noticePeriod;
  }

  /** How many changes were struck down in a row, since the last that was enacted. */
  get strikes(): number {
    return this.#strikes;
  }

  /** When the next hurtful change may be announced. @param diedAt When the one before died; null if it did not. */
  until(diedAt: number | null): number {
    return diedAt === null ? this.#until : diedAt + this.#rest();
  }

  /** A hurtful change was announced. @param diedAt When the one before died; null if it did not. */
  announced(time: number, diedAt: number | null): void {
    if (time >= this.until(diedAt) + FORGIVEN_AFTER * this.#noticePeriod) this.#strikes = 0;
  }

  enacted(): void {
    this.#strikes = 0;
  }

  /** A change was struck down or withdrawn. @param isStrike Whether it counts as struck down. */
  failed(time: number, isStrike: boolean): void {
    if (isStrike) this.#strikes++;
    this.#until = time + this.#rest();
  }

  #rest(): number {
    return this.#noticePeriod * 2 ** Math.min(Math.max(0, this.#strikes - 1), MAX_DOUBLINGS);
  }
}
