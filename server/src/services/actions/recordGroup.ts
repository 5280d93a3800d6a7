import { accountAt } from '../../domain/members/accounts.ts';
import type { ActionEntry } from '../../domain/actions/action.ts';
import {
  eventIdReused,
  isSameBody,
  MAX_ACTIONS_PER_STATEMENT,
  tooManyActions,
  type CheckedAction,
} from '../../domain/actions/actionRules.ts';
import { recordingClosesAtMs } from '../../domain/epochs.ts';
import type { Refusal } from '../../domain/errors.ts';
import { statementId } from '../../domain/ids.ts';
import type { Program } from '../../domain/program.ts';
import { uuidV7 } from '../../lib/uuidV7.ts';
import type { ActionLog } from '../../ports/stores/actions.ts';
import type { Mark, StatementStore } from '../../ports/stores/statements.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import type { Signer } from '../../ports/chain/signer.ts';

export interface RecordGroupDeps {
  readonly actionLog: ActionLog;
  readonly members: MemberStore;
  readonly statements: Pick<StatementStore, 'open' | 'mark'>;
  readonly signer: Pick<Signer, 'memberAddress'>;
}

/** A checked action on its way into the log. */
export interface GroupItem {
  readonly program: Program;
  readonly action: CheckedAction;
  /** Chain time of its call. */
  readonly nowMs: number;
}

export type RecordOutcome =
  | { readonly status: 'RECORDED' | 'DUPLICATE'; readonly epoch: number }
  | { readonly status: 'REJECTED'; readonly refusal: Refusal };

/** Refuses or repeats an action whose eventId is in the log already. */
export function outcomeOfRepeat(action: CheckedAction, standing: ActionEntry): RecordOutcome {
  return isSameBody(action.body, standing)
    ? { status: 'DUPLICATE', epoch: standing.epoch }
    : { status: 'REJECTED', refusal: eventIdReused(action.eventId) };
}

const toEntry = ({ program, action, nowMs }: GroupItem, member: MemberRecord): ActionEntry => ({
  kind: 'action',
  programId: program.id,
  memberId: member.id,
  eventId: action.eventId,
  ...action.body,
  epoch: action.epoch,
  recordedAtMs: nowMs,
});

/** One mark for each statement that the entries belong to. */
function marksOf(
  entries: readonly ActionEntry[],
  members: ReadonlyMap<string, MemberRecord>,
  items: readonly GroupItem[],
): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  items.forEach(({ program, action }, index) => {
    const member = members.get(action.externalId);
    const entry = entries[index];
    if (member === undefined || entry === undefined) throw new Error('An action has no entry.');
    const { memberId, epoch } = entry;
    const id = statementId(memberId, epoch);
    if (marks.has(id)) return;
    const settleAfterMs = recordingClosesAtMs(program, epoch);
    const account = accountAt(member, epoch);
    marks.set(id, { memberId, epoch, account, settleAfterMs, inserted: 0 });
  });
  return marks;
}

/**
 * Writes one group of actions of a program. The insert into the log is the commit point; a statement is marked before it
 * and again after it, so that an aggregation at any moment in between, or after a crash in between, is done again.
 * (A crash after the insert and before the second mark is made good when the app repeats its call, or else by the sweep.)
 */
export function createRecordGroup(
  deps: RecordGroupDeps,
): (programId: string, items: readonly GroupItem[]) => Promise<RecordOutcome[]> {
  const ensureMembers = (
    programId: string,
    items: readonly GroupItem[],
  ): Promise<ReadonlyMap<string, MemberRecord>> => {
    const createdAtMs = items[0]?.nowMs ?? 0;
    return deps.members.ensure({
      programId,
      externalIds: items.map(({ action }) => action.externalId),
      create: (externalId) => {
        const id = uuidV7(createdAtMs);
        const account = deps.signer.memberAddress(programId, id);
        return { id, programId, externalId, account, links: [], createdAtMs };
      },
    });
  };

  /** Inserts what fits into its statement; what does not may still be a repeat. */
  const write = async (
    programId: string,
    entries: readonly ActionEntry[],
    recorded: ReadonlyMap<string, number>,
  ): Promise<{ fits: boolean; standing: ActionEntry | null }[]> => {
    const counts = new Map(recorded);
    const fits = entries.map(({ memberId, epoch }) => {
      const id = statementId(memberId, epoch);
      const count = (counts.get(id) ?? 0) + 1;
      counts.set(id, count);
      return count <= MAX_ACTIONS_PER_STATEMENT;
    });
    const fitting = entries.filter((_, index) => fits[index]);
    const over = entries.filter((_, index) => !fits[index]);
    const [refused, known] = await Promise.all([
      deps.actionLog.insert(fitting),
      over.length === 0 ? [] : deps.actionLog.findActions(programId, over),
    ]);
    const standing = new Map<ActionEntry, ActionEntry | null>();
    fitting.forEach((entry, index) => standing.set(entry, refused[index] ?? null));
    over.forEach((entry, index) => standing.set(entry, known[index] ?? null));
    return entries.map((entry, index) => ({
      fits: fits[index] === true,
      standing: standing.get(entry) ?? null,
    }));
  };

  return async (programId, items) => {
    const members = await ensureMembers(programId, items);
    const entries = items.map((item) => {
      const member = members.get(item.action.externalId);
      if (member === undefined) throw new Error('A member was ensured and is not there.');
      return toEntry(item, member);
    });
    const marks = marksOf(entries, members, items);
    const recorded = await deps.statements.open(programId, [...marks.values()]);
    const written = await write(programId, entries, recorded);
    const inserted = new Map<string, number>();
    const outcomes = written.map(({ fits, standing }, index): RecordOutcome => {
      const { action } = items[index] as GroupItem;
      const { memberId, epoch } = entries[index] as ActionEntry;
      if (standing !== null) return outcomeOfRepeat(action, standing);
      if (!fits) return { status: 'REJECTED', refusal: tooManyActions(epoch) };
      const id = statementId(memberId, epoch);
      inserted.set(id, (inserted.get(id) ?? 0) + 1);
      return { status: 'RECORDED', epoch };
    });
    await deps.statements.mark(
      programId,
      [...marks].map(([id, mark]) => ({ ...mark, inserted: inserted.get(id) ?? 0 })),
    );
    return outcomes;
  };
}
