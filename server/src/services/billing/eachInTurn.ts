import { isRetryable } from '../isRetryable.ts';

/**
 * Does something for each, one after the other. One that fails for good holds up no other, and is told at the end; while the provider
 * or the database is away, none is tried.
 *
 * @returns how many there were
 */
export async function eachInTurn<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<number> {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      if (isRetryable(error)) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return items.length;
}
