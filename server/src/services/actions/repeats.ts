/** Judges actions that come again: the log has their eventId already. */
import type { ActionEntry } from '../../domain/actions/action.ts';
import { eventIdReused, isSameBody, type CheckedAction } from '../../domain/actions/actionRules.ts';
import { isVoid, NO_DECISIONS, voidIn } from '../../domain/actions/reviewRules.ts';
import type { Refusal } from '../../domain/errors.ts';
import type { ActionLog } from '../../ports/stores/actions.ts';

export type RecordOutcome =
  | { readonly status: 'RECORDED' | 'DUPLICATE' | 'VOIDED'; readonly epoch: number }
  | { readonly status: 'REJECTED'; readonly refusal: Refusal };

/** An action of a call, and the entry of the log that has its eventId. */
export interface Repeat {
  readonly action: CheckedAction;
  readonly standing: ActionEntry;
}

/**
 * Refuses another action under a known eventId; tells of the same one whether it counts. Asks for decisions only on
 * actions that could be voided.
 *
 * @returns outcomes in the order of the repeats
 */
export async function judgeRepeats(
  actionLog: Pick<ActionLog, 'findDecisions'>,
  programId: string,
  repeats: readonly Repeat[],
): Promise<RecordOutcome[]> {
  const voidable = repeats.filter(({ standing }) => standing.maturesAtMs !== null);
  const decisions =
    voidable.length === 0
      ? []
      : await actionLog.findDecisions(
          programId,
          voidable.map(({ standing }) => standing),
        );
  const voided = new Set(
    voidable.filter((_repeat, index) => isVoid(voidIn(decisions[index] ?? NO_DECISIONS))),
  );
  return repeats.map((repeat): RecordOutcome => {
    const { action, standing } = repeat;
    if (!isSameBody(action.body, standing)) {
      return { status: 'REJECTED', refusal: eventIdReused(action.eventId) };
    }
    return { status: voided.has(repeat) ? 'VOIDED' : 'DUPLICATE', epoch: standing.epoch };
  });
}
