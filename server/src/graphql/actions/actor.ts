import type { ActionInput } from '../../domain/actions/actionRules.ts';
import { isUnread, type UnreadAction } from '../../domain/actions/sentAction.ts';
import type { GraphqlContext } from '../core/context.ts';

/** Returns the name of the person who calls; null for an app with its key. */
export const personCalling = ({ caller }: Pick<GraphqlContext, 'caller'>): string | null =>
  caller?.kind === 'PERSON' ? caller.person.name : null;

/**
 * Makes an action that a person reports a grant by hand: the log names who is signed in, whatever the call says, and it needs a reason.
 *
 * @param person Name of the person who calls; null for an app, whose actions stay as they are.
 */
export function grantedBy(
  person: string | null,
  action: ActionInput | UnreadAction,
): ActionInput | UnreadAction {
  if (person === null || isUnread(action)) return action;
  const { memberId, eventId, reason = null } = action;
  // What is no text is refused where every action is judged.
  if (reason !== null && (typeof reason !== 'string' || reason.trim() !== ''))
    return { ...action, actor: person };
  const message = 'reason is missing; who grants an action by hand must say why.';
  return { refusal: { code: 'REQUIRED', field: 'reason', message }, memberId, eventId };
}
