import { useCallback } from 'react';
import { ApiError, type Client } from '../../../../shared/graphql/client.ts';
import { newIdempotencyKey } from '../../../../shared/transactions/intents.ts';
import type { RefusedTerm, TermsOutlook } from '../../../announcing/outlook.ts';
import { useQuietAnswer } from '../../../announcing/useQuietAnswer.ts';
import type { RuleSetSent } from '../draft/typedRules.ts';
import { RulesOutlook, RulesPreviewQuery, type RulesPreview } from './queries.ts';

/** What is known of what typed rules would do. */
export interface AskedOutlook {
  /** By the contract; null while it is not known, or may not be asked. */
  readonly outlook: TermsOutlook | null;
  readonly preview: RulesPreview | null;
  /** What the contract would refuse, by field. */
  readonly refused: readonly RefusedTerm[];
  /** Why there was no answer; null when there was one. */
  readonly failure: ApiError | null;
  readonly isAsking: boolean;
  /** Asks once more. */
  askAgain(): void;
}

const NOTHING = { outlook: null, preview: null, refused: [], failure: null } as const;

type Answer = Omit<AskedOutlook, 'isAsking' | 'askAgain'>;

async function askAll(client: Client, text: string, maySimulate: boolean): Promise<Answer> {
  const ruleSet = JSON.parse(text) as RuleSetSent;
  const dryRun = async () => {
    if (!maySimulate) return { outlook: null, userErrors: [] };
    const input = { terms: { ruleSet }, dryRun: true, idempotencyKey: newIdempotencyKey() };
    return (await client.ask(RulesOutlook, { input })).payload;
  };
  const past = async (): Promise<RulesPreview | null> =>
    (await client.ask(RulesPreviewQuery, { ruleSet })).program?.ruleSetPreview ?? null;
  const [simulated, previewed] = await Promise.allSettled([dryRun(), past()]);
  const failures = [simulated, previewed].flatMap((each) =>
    each.status === 'rejected' ? [each.reason as unknown] : [],
  );
  const strange = failures.find((failure) => !(failure instanceof ApiError));
  if (strange !== undefined) throw new Error('asking failed', { cause: strange });
  const payload = simulated.status === 'fulfilled' ? simulated.value : null;
  const refused = payload?.userErrors ?? [];
  return {
    outlook: payload?.outlook ?? null,
    preview: previewed.status === 'fulfilled' ? previewed.value : null,
    refused,
    // What is wrong with the rules is said once, on their fields.
    failure: refused.length > 0 ? null : ((failures[0] as ApiError | undefined) ?? null),
  };
}

/**
 * Asks, a moment after the last key, what the contract says of typed rules and what they would have earned. What was known stays
 * until the next answer.
 *
 * @param ruleSet null while there is nothing to ask for
 * @param about.again another value asks anew, as when a change ended that was in the way
 */
export function useOutlook(
  client: Client,
  ruleSet: RuleSetSent | null,
  about: { readonly maySimulate: boolean; readonly again: string },
): AskedOutlook {
  const { maySimulate, again } = about;
  const ask = useCallback(
    (text: string) => askAll(client, text, maySimulate),
    [client, maySimulate],
  );
  const text = ruleSet === null ? null : JSON.stringify(ruleSet);
  const { answer, isAsking, askAgain } = useQuietAnswer(text, again, ask);
  return { ...(answer ?? NOTHING), isAsking, askAgain };
}
