import type { ActionEntry } from '../../domain/actions/action.ts';
import { memberIdAt, mergeOf } from '../../domain/members/merges.ts';
import type { Program } from '../../domain/program.ts';
import type { ActionLog } from '../../ports/stores/actions.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';

/** The app's own ids of a member and an action, in the form in which they are kept. */
export interface ActionName {
  readonly memberId: string;
  readonly eventId: string;
}

/** Finds recorded actions by the app's ids, also those of members that were merged. */
export interface NamedActions {
  /**
   * Finds actions by either id of a merged member: first in the log of the id's own member, then in that of the other one. In the order
   * of the names; null for each without one.
   */
  find(
    program: Pick<Program, 'id'>,
    names: readonly ActionName[],
  ): Promise<readonly (ActionEntry | null)[]>;
  /** Finds actions that were reported under these very ids, in these epochs. In the order of the names; null for each without one. */
  findReported(
    program: Pick<Program, 'id'>,
    names: readonly (ActionName & { readonly epoch: number })[],
  ): Promise<readonly (ActionEntry | null)[]>;
}

/** No entry has an empty member. */
const NOBODY = '';

export function createNamedActions(deps: {
  readonly actionLog: Pick<ActionLog, 'findActions'>;
  readonly members: Pick<MemberStore, 'findByExternalIds' | 'listMergedInto'>;
}): NamedActions {
  const { actionLog } = deps;

  const membersOf = (
    { id }: Pick<Program, 'id'>,
    names: readonly ActionName[],
  ): Promise<ReadonlyMap<string, MemberRecord>> =>
    deps.members.findByExternalIds(id, [...new Set(names.map(({ memberId }) => memberId))]);

  /** Finds the first action of each list of members that have one. */
  const firstOf = async (
    programId: string,
    wanted: readonly { readonly eventId: string; readonly memberIds: readonly string[] }[],
  ): Promise<(ActionEntry | null)[]> => {
    const keys = wanted.flatMap(({ eventId, memberIds }) =>
      memberIds.map((memberId) => ({ memberId, eventId })),
    );
    const found = (await actionLog.findActions(programId, keys)).values();
    return wanted.map(({ memberIds }) => {
      const own = memberIds.map(() => found.next().value ?? null);
      return own.find((entry) => entry !== null) ?? null;
    });
  };

  /** The logs in which an action may be that the member itself does not have. */
  const elsewhere = async (
    programId: string,
    missing: readonly (MemberRecord | undefined)[],
  ): Promise<string[][]> => {
    const ids = missing.flatMap((member) => member?.id ?? []);
    const merged = await deps.members.listMergedInto(programId, ids);
    return missing.map((member) => {
      if (member === undefined) return [];
      const into = mergeOf(member)?.memberId;
      const from = merged.filter((one) => mergeOf(one)?.memberId === member.id);
      return [...(into === undefined ? [] : [into]), ...from.map(({ id }) => id)];
    });
  };

  return {
    find: async (program, names) => {
      const members = await membersOf(program, names);
      const own = names.map(({ memberId, eventId }) => ({
        eventId,
        memberIds: [members.get(memberId)?.id ?? NOBODY],
      }));
      const found = await firstOf(program.id, own);
      const missing = names.flatMap((name, index) => {
        const member = members.get(name.memberId);
        return found[index] === null && member !== undefined ? [{ index, name, member }] : [];
      });
      if (missing.length === 0) return found;
      const logs = await elsewhere(
        program.id,
        missing.map(({ member }) => member),
      );
      const others = await firstOf(
        program.id,
        missing.map(({ name: { eventId } }, at) => ({ eventId, memberIds: logs[at] ?? [] })),
      );
      missing.forEach(({ index, member }, at) => {
        const entry = others[at] ?? null;
        const merge = mergeOf(member);
        // What the other member did before the merge was never this one's.
        const isTheirs =
          entry !== null && entry.memberId === merge?.memberId && entry.epoch < merge.fromEpoch;
        found[index] = isTheirs ? null : entry;
      });
      return found;
    },
    findReported: async (program, names) => {
      const members = await membersOf(program, names);
      return firstOf(
        program.id,
        names.map(({ memberId, eventId, epoch }) => {
          const member = members.get(memberId);
          if (member === undefined) return { eventId, memberIds: [NOBODY] };
          return { eventId, memberIds: [...new Set([member.id, memberIdAt(member, epoch)])] };
        }),
      );
    },
  };
}
