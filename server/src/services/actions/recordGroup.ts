import type { ActionEntry } from '../../domain/actions/action.ts';
import { tooManyActions, type CheckedAction } from '../../domain/actions/actionRules.ts';
import type { Program } from '../../domain/program.ts';
import type { ActionLog } from '../../ports/stores/actions.ts';
import type { StatementStore } from '../../ports/stores/statements.ts';
import type { MemberStore } from '../../ports/stores/members.ts';
import type { Signer } from '../../ports/chain/signer.ts';
import { createMemberIds, type RecordedFor } from './memberIds.ts';
import { newSalt } from './salts.ts';
import { createRecordedCounts } from './recordedCounts.ts';
import { judgeRepeats, type RecordOutcome } from './repeats.ts';

export interface RecordGroupDeps {
  readonly actionLog: ActionLog;
  readonly members: MemberStore;
  readonly statements: Pick<StatementStore, 'findByIds'>;
  readonly signer: Pick<Signer, 'addressOf'>;
}

/** A checked action on its way into the log. */
export interface GroupItem {
  readonly program: Program;
  readonly action: CheckedAction;
  /** Chain time of its call. */
  readonly nowMs: number;
}

const toEntry = ({ program, action, nowMs }: GroupItem, memberId: string): ActionEntry => ({
  kind: 'action',
  programId: program.id,
  memberId,
  eventId: action.eventId,
  ...action.body,
  epoch: action.epoch,
  recordedAtMs: nowMs,
  salt: newSalt(),
});

/**
 * Creates the write of a group. Once its members are known it is one durable insert and nothing else: what it adds to
 * statements is found in the log (see `services/statements/aggregator.ts`).
 */
export function createRecordGroup(
  deps: RecordGroupDeps,
): (programId: string, items: readonly GroupItem[]) => Promise<RecordOutcome[]> {
  const memberIds = createMemberIds(deps);
  const recorded = createRecordedCounts(deps);

  /** Finds actions that a member has whose id stands for another one now: the app may report them again, under the same id. */
  const recordedBefore = async (
    programId: string,
    entries: readonly ActionEntry[],
    recordedFor: readonly RecordedFor[],
  ): Promise<Map<ActionEntry, ActionEntry | null>> => {
    const merged = entries.flatMap((entry, index) => {
      const memberId = recordedFor[index]?.mergedId ?? null;
      return memberId === null ? [] : [{ entry, key: { memberId, eventId: entry.eventId } }];
    });
    if (merged.length === 0) return new Map();
    const found = await deps.actionLog.findActions(
      programId,
      merged.map(({ key }) => key),
    );
    return new Map(
      merged.flatMap(({ entry }, index) => {
        const before = found[index] ?? null;
        return before === null ? [] : [[entry, before] as const];
      }),
    );
  };

  return async (programId, items) => {
    // Of several calls, some may know a newer program.
    const memberIdsVersion = Math.max(...items.map(({ program }) => program.memberIdsVersion ?? 0));
    const recordedFor = await memberIds(
      { id: programId, memberIdsVersion },
      items.map(({ action }) => action),
      items[0]?.nowMs ?? 0,
    );
    const entries = items.map((item, index) => toEntry(item, recordedFor[index]?.memberId ?? ''));
    const standing = await recordedBefore(programId, entries, recordedFor);
    const fresh = entries.filter((entry) => !standing.has(entry));
    const fits = await recorded.reserve(programId, fresh);
    const fitting = fresh.filter((_, index) => fits[index]);
    const over = fresh.filter((_, index) => !fits[index]);
    const [refused, known] = await Promise.all([
      deps.actionLog.insert(fitting),
      over.length === 0 ? [] : deps.actionLog.findActions(programId, over),
    ]);
    fitting.forEach((entry, index) => standing.set(entry, refused[index] ?? null));
    // What does not fit into its statement may still be a repeat.
    over.forEach((entry, index) => standing.set(entry, known[index] ?? null));
    recorded.giveBack(fitting.filter((entry) => standing.get(entry) !== null));
    const repeats = entries.flatMap((entry, index) => {
      const { action } = items[index] as GroupItem;
      const found = standing.get(entry) ?? null;
      return found === null ? [] : [{ action, standing: found }];
    });
    const tooMany = new Set(over);
    const judged = (await judgeRepeats(deps.actionLog, programId, repeats)).values();
    return entries.map((entry): RecordOutcome => {
      if (standing.get(entry) != null) return judged.next().value as RecordOutcome;
      if (tooMany.has(entry)) return { status: 'REJECTED', refusal: tooManyActions(entry.epoch) };
      return { status: 'RECORDED', epoch: entry.epoch };
    });
  };
}
