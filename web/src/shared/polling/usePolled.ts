import type { TadaDocumentNode } from 'gql.tada';
import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import type { Polled, Poller, Question } from './poller.ts';

/** The poller of the page. */
export const PollerContext = createContext<Poller | null>(null);

/** Returns the poller of the page. */
export function usePoller(): Poller {
  const poller = useContext(PollerContext);
  if (poller === null) throw new Error('there is no poller around this part');
  return poller;
}

function useQuestion<Result>(
  document: unknown,
  variables: unknown,
  isPublic: boolean,
): Polled<Result> {
  const poller = usePoller();
  const text = JSON.stringify(variables ?? null);
  const question = useMemo<Question<Result>>(
    () => ({ document: document as string, variables: JSON.parse(text) as unknown, isPublic }),
    [document, text, isPublic],
  );
  const watch = useCallback(
    (changed: () => void) => poller.watch(question, changed),
    [poller, question],
  );
  return useSyncExternalStore(watch, () => poller.read(question));
}

/** Asks a question of the member for as long as the part is shown, and tells the newest answer. */
export function usePolled<Result, Variables>(
  document: TadaDocumentNode<Result, Variables>,
  ...[variables]: keyof Variables extends never ? [] : [Variables]
): Polled<Result> {
  return useQuestion(document, variables, false);
}

/** Asks what everybody may see, with or without a session. */
export function usePublic<Result, Variables>(
  document: TadaDocumentNode<Result, Variables>,
  ...[variables]: keyof Variables extends never ? [] : [Variables]
): Polled<Result> {
  return useQuestion(document, variables, true);
}
