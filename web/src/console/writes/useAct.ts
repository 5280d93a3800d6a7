import { useEffect, useState } from 'react';
import {
  isFinal,
  type WriteError,
  type WriteState,
} from '../../shared/transactions/transactionState.ts';
import { useWrite, useWrites } from '../../shared/transactions/useWrite.ts';
import type { WriteRequest } from '../../shared/transactions/writes.ts';
import { createDoneNews } from './doneNews.ts';

/** Something that a page can have done. */
export interface Act<Input> {
  /** Set while it goes on by itself; not while a wallet is to sign first. */
  readonly isUnderWay: boolean;
  /** How far it is; null while it was not begun. `<TransactionStatus name={...} />` says it in words. */
  readonly write: WriteState | null;
  /** Has it done, once: a second call while it is under way goes on with the first, under its key. */
  start(input: Omit<Input, 'idempotencyKey'>): void;
  /** Forgets how it ended, as when its form is opened again. */
  forget(): void;
}

/**
 * One thing that a page can have done. It happens once, through double clicks, lost answers, reloads and sessions that end: its key
 * is kept in the tab until it is final.
 *
 * @param about.name what it is about, such as "itemAdd" or "orderFulfil:7": one of a name is under way at a time
 * @param about.document the mutation, with its payload under the name `payload`; `transaction` is for those that go to the chain
 * @param about.isKeyless for a mutation without `idempotencyKey`: what it writes has an id of its own, which is made before `start`
 * @param onDone is called once it is final and was done; not for one that was done before this part of the page was there
 * @example
 * const ItemAdd = graphql(`mutation ItemAdd($input: ItemAddInput!) {
 *   payload: itemAdd(input: $input) { transaction { ...SentFields } userErrors { code field message } } }`, [SentFields]);
 * const act = useAct({ name: 'itemAdd', kind: 'itemAdd', document: ItemAdd }, close);
 * form.setErrors(fieldErrors(act.write, words)) // in an effect on act.write
 */
export function useAct<Input>(
  { name, kind, document, isKeyless = false }: Omit<WriteRequest<Input>, 'input'>,
  onDone?: (write: WriteState) => void,
): Act<Input> {
  const writes = useWrites();
  const write = useWrite(name);
  const [news] = useState(() => createDoneNews(writes));
  useEffect(() => {
    if (write !== null && news.isNews(write)) onDone?.(write);
  }, [write, news, onDone]);
  return {
    write,
    isUnderWay: write !== null && !isFinal(write) && write.phase !== 'toSign',
    start: (input) => {
      writes.start({ name, kind, document, input, isKeyless });
      news.expect(writes.read(name));
    },
    forget: () => writes.dismiss(name),
  };
}

/** Forgets how something ended earlier, as its form is opened again. What is under way, or is to be signed, goes on. */
export function forgetEnded({ write, forget }: Pick<Act<unknown>, 'write' | 'forget'>): void {
  if (write !== null && isFinal(write)) forget();
}

/** What was refused of a form, by field, as `form.setErrors` takes it. @param words of a code, as `useErrorWords` says them */
export function fieldErrors(
  write: WriteState | null,
  words: (code: string) => string,
): Record<string, string> {
  const errors: readonly WriteError[] = write?.phase === 'refused' ? write.errors : [];
  return Object.fromEntries(
    errors.flatMap(({ code, field }) => (field === null ? [] : [[field, words(code)]])),
  );
}
