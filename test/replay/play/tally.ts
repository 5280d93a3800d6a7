import type { ActionResult, ReportedAction } from './api.ts';

/** What became of the actions of a log. */
export interface TallyResult {
  /** All that were reported. */
  readonly actions: number;
  /** Answers of each kind, as the service gave them. */
  readonly recorded: number;
  readonly duplicates: number;
  readonly rejected: number;
  /** The first few rejections, in words. */
  readonly rejections: readonly string[];
  /** Actions that count: each eventId of a member once, whether its first call was answered or had to be repeated. */
  readonly counted: number;
  /** Actions that the log itself has twice and more: what is beyond the first. */
  readonly repeated: number;
  /** The first few of them, by eventId. */
  readonly repeats: readonly string[];
  /** Members and statements (a member and day) of the actions that count. */
  readonly members: number;
  readonly statements: number;
}

/** Counts what became of actions by their final answers. */
export interface Tally {
  add(action: ReportedAction, result: ActionResult): void;
  result(): TallyResult;
}

const SHOWN = 5;

/**
 * A call that got no answer is repeated, and then its actions are answered as duplicates although they came once. So what counts is
 * told by eventIds: the first good answer to one counts, any further one is a repeat in the log.
 */
export function createTally(): Tally {
  let actions = 0;
  let recorded = 0;
  let duplicates = 0;
  let rejected = 0;
  let repeated = 0;
  const counted = new Set<string>();
  const members = new Set<string>();
  const statements = new Set<string>();
  const rejections: string[] = [];
  const repeats: string[] = [];
  const note = (list: string[], entry: string): void => {
    if (list.length < SHOWN) list.push(entry);
  };
  return {
    add(action, { status, code, message }) {
      const { eventId, memberId, occurredAt } = action;
      actions += 1;
      if (status === 'REJECTED') {
        rejected += 1;
        note(rejections, `${eventId}: ${code ?? ''} ${message ?? ''}`);
        return;
      }
      if (status === 'RECORDED') recorded += 1;
      else duplicates += 1;
      // Apps give each member's events ids of their own.
      const key = JSON.stringify([memberId, eventId]);
      if (counted.has(key)) {
        repeated += 1;
        note(repeats, eventId);
        return;
      }
      counted.add(key);
      members.add(memberId);
      statements.add(`${occurredAt} ${memberId}`);
    },
    result: () => ({
      actions,
      recorded,
      duplicates,
      rejected,
      rejections: [...rejections],
      counted: counted.size,
      repeated,
      repeats: [...repeats],
      members: members.size,
      statements: statements.size,
    }),
  };
}
