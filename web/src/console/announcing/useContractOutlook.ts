import { useCallback } from 'react';
import { ApiError, type Client } from '../../shared/graphql/client.ts';
import type { VariablesOf } from '../../shared/graphql/graphql.ts';
import { newIdempotencyKey } from '../../shared/transactions/intents.ts';
import { useMay } from '../access/barrier.ts';
import { useWorkplace } from '../access/workplace.ts';
import type { RefusedTerm, TermsOutlook } from './outlook.ts';
import { ContractOutlook } from './queries.ts';
import { useQuietAnswer } from './useQuietAnswer.ts';

/** What the contract says of typed terms. */
export interface AskedOutlook {
  /** Null while it is not known, or may not be asked. */
  readonly outlook: TermsOutlook | null;
  /** What the contract would refuse, by field. */
  readonly refused: readonly RefusedTerm[];
  /** Why there was no answer; null when there was one. */
  readonly failure: ApiError | null;
  readonly isAsking: boolean;
  /** Asks once more. */
  askAgain(): void;
}

type AskedTerms = VariablesOf<typeof ContractOutlook>['input']['terms'];
type Answer = Pick<AskedOutlook, 'outlook' | 'refused' | 'failure'>;

const NOTHING: Answer = { outlook: null, refused: [], failure: null };

async function askContract(client: Client, text: string): Promise<Answer> {
  const terms = JSON.parse(text) as AskedTerms;
  const input = { terms, dryRun: true, idempotencyKey: newIdempotencyKey() };
  try {
    const { payload } = await client.ask(ContractOutlook, { input });
    return { outlook: payload.outlook, refused: payload.userErrors, failure: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { ...NOTHING, failure: error };
  }
}

/**
 * Asks the contract, a moment after the last key, what announcing typed terms would do. Only who may prepare them asks.
 *
 * @param terms null while there is nothing to ask for
 * @param again another value asks anew, as when a change ended that was in the way
 */
export function useContractOutlook(terms: AskedTerms | null, again: string): AskedOutlook {
  const { client } = useWorkplace().api;
  const maySimulate = useMay('MANAGER');
  const ask = useCallback((text: string) => askContract(client, text), [client]);
  const text = terms === null || !maySimulate ? null : JSON.stringify(terms);
  const { answer, isAsking, askAgain } = useQuietAnswer(text, again, ask);
  return { ...(answer ?? NOTHING), isAsking, askAgain };
}
