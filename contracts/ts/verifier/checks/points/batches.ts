import type { PackedStatement } from '../../../statement.ts';
import {
  shown,
  SKIP_REASONS,
  type BatchSettled,
  type Place,
  type Skipped,
  type Transfer,
} from '../../events/events.ts';
import { Check } from '../../report/check.ts';
import { shownOutcome, type Statements } from './statements.ts';

interface Batch {
  readonly statements: readonly PackedStatement[];
  /** The first one whose outcome is still to come. */
  next: number;
  readonly at: Place;
}

/**
 * Replays batches: their statements are logged first, then the outcome of each, in their order. A statement whose outcome
 * is passed over must have brought nothing new.
 */
export class Batches {
  /** Pairs every mint with the one statement that it was for. */
  readonly check = new Check('mints');
  readonly #statements: Statements;
  #open: Batch | null = null;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  begins({ statements, at }: BatchSettled): void {
    this.close();
    this.#open = { statements, next: 0, at };
  }

  /** A transfer from zero. @returns How much of it was for a statement. */
  minted({ to, amount, at }: Transfer): bigint {
    const batch = this.#open;
    const index = batch === null ? -1 : this.#placeOf(batch, to);
    const statement = batch?.statements[index];
    const what = () => `the statement of a mint of ${amount} to ${shown(to)}`;
    this.check.holds(statement !== undefined, what, 'in the batch before it', 'none', at);
    if (batch === null || statement === undefined) return 0n;
    this.#passTo(batch, index);
    batch.next = index + 1;
    this.#statements.settled(statement, amount, at);
    return amount;
  }

  skipped({ index, reason, at }: Skipped): void {
    const batch = this.#open;
    const statement = batch?.statements[index];
    const { skipsCheck } = this.#statements;
    const isNext = batch !== null && statement !== undefined && index >= batch.next;
    if (!isNext) {
      const expected = batch === null ? 'in the batch before' : `from ${batch.next} on`;
      skipsCheck.differ('the place of a statement that was left out', expected, `${index}`, at);
      return;
    }
    this.#passTo(batch, index);
    batch.next = index + 1;
    const name = SKIP_REASONS[reason] ?? `reason ${reason}`;
    this.#statements.skipped(statement, name, at);
  }

  /** Any other event, or the end of the transaction: what is left of the batch brought nothing. */
  close(): void {
    const batch = this.#open;
    if (batch === null) return;
    this.#passTo(batch, batch.statements.length);
    this.#open = null;
  }

  /**
   * The statement that a mint was for: of those of its account the first one that is owed something, else the first that
   * should have been left out, else the first.
   */
  #placeOf({ statements, next }: Batch, account: string): number {
    let [first, refused] = [-1, -1];
    for (let i = next; i < statements.length; i++) {
      const statement = statements[i];
      if (statement?.member !== account) continue;
      const { kind } = this.#statements.outcomeOf(statement);
      if (kind === 'minted') return i;
      if (kind === 'skipped' && refused < 0) refused = i;
      if (first < 0) first = i;
    }
    return refused < 0 ? first : refused;
  }

  #passTo(batch: Batch, index: number): void {
    for (const statement of batch.statements.slice(batch.next, index)) {
      const outcome = this.#statements.outcomeOf(statement);
      const { skipsCheck } = this.#statements;
      const check = outcome.kind === 'skipped' ? skipsCheck : this.check;
      const { member, epoch } = statement;
      const what = () => `the outcome of the statement of ${shown(member)}, epoch ${epoch}`;
      check.holds(outcome.kind === 'nothing', what, shownOutcome(outcome), 'nothing', batch.at);
    }
  }
}
