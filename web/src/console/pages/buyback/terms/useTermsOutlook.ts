import { useCallback } from 'react';
import { ApiError, type Client } from '../../../../shared/graphql/client.ts';
import { newIdempotencyKey } from '../../../../shared/transactions/intents.ts';
import type { RefusedTerm, TermsOutlook } from '../../../announcing/outlook.ts';
import { useQuietAnswer } from '../../../announcing/useQuietAnswer.ts';
import { TermsOutlookAsked } from '../data/acts.ts';
import type { TypedTerms } from './typedTerms.ts';

/** What the contract says of typed terms. */
export interface AskedTermsOutlook {
  /** Null while it is not known, or may not be asked. */
  readonly outlook: TermsOutlook | null;
  readonly refused: readonly RefusedTerm[];
  /** Why there was no answer; null when there was one. */
  readonly failure: ApiError | null;
  readonly isAsking: boolean;
  askAgain(): void;
}

type Answer = Pick<AskedTermsOutlook, 'outlook' | 'refused' | 'failure'>;

const NOTHING: Answer = { outlook: null, refused: [], failure: null };

async function askContract(client: Client, text: string): Promise<Answer> {
  const buyback = JSON.parse(text) as TypedTerms;
  const input = { terms: { buyback }, dryRun: true, idempotencyKey: newIdempotencyKey() };
  try {
    const { payload } = await client.ask(TermsOutlookAsked, { input });
    return { outlook: payload.outlook, refused: payload.userErrors, failure: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { ...NOTHING, failure: error };
  }
}

/**
 * Asks the contract, a moment after the last key, what announcing typed terms would do.
 *
 * @param terms null while there is nothing to ask for
 * @param about.again another value asks anew
 */
export function useTermsOutlook(
  client: Client,
  terms: TypedTerms | null,
  about: { readonly maySimulate: boolean; readonly again: string },
): AskedTermsOutlook {
  const ask = useCallback((text: string) => askContract(client, text), [client]);
  const text = terms === null || !about.maySimulate ? null : JSON.stringify(terms);
  const { answer, isAsking, askAgain } = useQuietAnswer(text, about.again, ask);
  return { ...(answer ?? NOTHING), isAsking, askAgain };
}
