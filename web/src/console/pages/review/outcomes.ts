import type { ResultOf } from '../../../shared/graphql/graphql.ts';
import type { WriteState } from '../../../shared/transactions/transactionState.ts';
import type { ActionsVoid } from '../../actions/queries.ts';

/** What became of one action: all decisions answer it alike. */
export type DecisionResult = ResultOf<typeof ActionsVoid>['payload']['results'][number];

/** What became of several actions: each is judged by itself. */
export interface Outcomes {
  /** It was decided about them now. */
  readonly done: readonly DecisionResult[];
  /** The same was decided before. */
  readonly unchanged: readonly DecisionResult[];
  readonly refused: readonly DecisionResult[];
}

/** Sorts what was answered by what became of it; none of anything while there is no answer. */
export function outcomesOf(write: Pick<WriteState, 'payload'>): Outcomes {
  const { results = [] } = (write.payload ?? {}) as {
    readonly results?: readonly DecisionResult[];
  };
  const isOf = (...statuses: readonly DecisionResult['status'][]): readonly DecisionResult[] =>
    results.filter(({ status }) => statuses.includes(status));
  return {
    done: isOf('VOIDED', 'HELD', 'RELEASED'),
    unchanged: isOf('DUPLICATE'),
    refused: isOf('REJECTED'),
  };
}
