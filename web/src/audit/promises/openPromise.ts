import type { CheckId } from '@dewpoint/contracts/verifier/report/promises.ts';

/** Opens the row of a promise, shows it, and puts the focus there. */
export function openPromise(id: CheckId): void {
  const row = document.getElementById(`promise-${id}`);
  if (!(row instanceof HTMLDetailsElement)) return;
  row.open = true;
  row.scrollIntoView({ block: 'center' });
  row.querySelector('summary')?.focus({ preventScroll: true });
}
