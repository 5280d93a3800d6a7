import type { TadaDocumentNode } from 'gql.tada';
import type { Client } from '../../shared/graphql/client.ts';
import type { Session } from './session.ts';

/**
 * Asks a question as soon as the session opens, before there is a page that wants to know. The first who asks it under that
 * session gets this answer; all others ask anew.
 */
export function answersEarly<Result>(
  client: Client,
  session: Session,
  document: TadaDocumentNode<Result, Record<never, never>>,
): Client {
  let early: { readonly token: string; readonly answer: Promise<Result> } | null = null;
  let isOver = false;
  const begin = (): void => {
    const token = session.token();
    if (token === null || isOver) return;
    isOver = true;
    const answer = client.ask(document);
    // Who takes it hears of its failure; until then nobody does.
    answer.catch(() => undefined);
    early = { token, answer };
  };
  session.watch(begin);
  return {
    ask: (asked, ...variables) => {
      if (early === null || (asked as unknown) !== document) return client.ask(asked, ...variables);
      const { token, answer } = early;
      early = null;
      return token === session.token()
        ? (answer as Promise<never>)
        : client.ask(asked, ...variables);
    },
  };
}
