import { ActionsHold, ActionsRelease, ActionsVoid, type DeskAction } from './queries.ts';

/** What can be decided about an action before it counts. */
export type Decision = 'void' | 'hold' | 'release';
export const DECISIONS: readonly Decision[] = ['hold', 'release', 'void'];

export type ActionName = Pick<DeskAction, 'memberId' | 'eventId'>;

/** The mutation of each. They take the same: actions, each with a reason. */
export const MUTATIONS: Readonly<
  Record<Decision, { readonly kind: string; readonly document: typeof ActionsVoid }>
> = {
  void: { kind: 'actionsVoid', document: ActionsVoid },
  hold: { kind: 'actionsHold', document: ActionsHold },
  release: { kind: 'actionsRelease', document: ActionsRelease },
};

/** Name of the write of a decision. @param of one action, or what is decided about together */
export const decisionWrite = (decision: Decision, of: ActionName | string): string =>
  `${MUTATIONS[decision].kind}:${typeof of === 'string' ? of : `${of.memberId} ${of.eventId}`}`;

/** Whether something can still be decided about an action. @param nowMs by the clock of the service */
export const isOpen = ({ voidableUntil }: DeskAction, nowMs: number): boolean =>
  voidableUntil !== null && Date.parse(voidableUntil) > nowMs;

export const isHeld = ({ state, held, released }: DeskAction): boolean =>
  state === 'MATURING' && held !== null && released === null;
