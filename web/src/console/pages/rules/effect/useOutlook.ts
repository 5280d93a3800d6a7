import { useCallback } from 'react';
import { ApiError } from '../../../../shared/graphql/client.ts';
import { useWorkplace } from '../../../access/workplace.ts';
import { useContractOutlook, type AskedOutlook } from '../../../announcing/useContractOutlook.ts';
import { useQuietAnswer } from '../../../announcing/useQuietAnswer.ts';
import type { RuleSetSent } from '../draft/typedRules.ts';
import { RulesPreviewQuery, type RulesPreview } from './queries.ts';

/** What is known of what typed rules would do. */
export interface AskedRules extends AskedOutlook {
  readonly preview: RulesPreview | null;
}

/**
 * Asks, a moment after the last key, what the contract says of typed rules and what they would have earned. What was known stays
 * until the next answer.
 *
 * @param ruleSet null while there is nothing to ask for
 * @param again another value asks anew, as when a change ended that was in the way
 */
export function useOutlook(ruleSet: RuleSetSent | null, again: string): AskedRules {
  const { client } = useWorkplace().api;
  const asked = useContractOutlook(ruleSet === null ? null : { ruleSet }, again);
  const ask = useCallback(
    async (text: string) => {
      try {
        const { program } = await client.ask(RulesPreviewQuery, {
          ruleSet: JSON.parse(text) as RuleSetSent,
        });
        return { preview: program?.ruleSetPreview ?? null, failure: null };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return { preview: null, failure: error };
      }
    },
    [client],
  );
  const past = useQuietAnswer(ruleSet === null ? null : JSON.stringify(ruleSet), again, ask);
  return {
    ...asked,
    preview: past.answer?.preview ?? null,
    // What is wrong with the rules is said once, on their fields.
    failure: asked.refused.length > 0 ? null : (asked.failure ?? past.answer?.failure ?? null),
    isAsking: asked.isAsking || past.isAsking,
    askAgain: () => {
      asked.askAgain();
      past.askAgain();
    },
  };
}
