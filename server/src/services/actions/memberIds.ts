import { LRUCache } from 'lru-cache';
import { isMerging, memberIdAt, type MergedInto } from '../../domain/members/merges.ts';
import { uuidV7 } from '../../lib/uuidV7.ts';
import type { Signer } from '../../ports/chain/signer.ts';
import type { Program } from '../../domain/program.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';

/** Members whose id is remembered: about 20 MB of memory. What an id of the app stands for changes with `memberIdsVersion` alone. */
const MAX_REMEMBERED = 100_000;

/** Whom an action is recorded for. */
export interface RecordedFor {
  readonly memberId: string;
  /** Member of the app's id before it was merged, whose log may have the event id already; null for nearly all. */
  readonly mergedId: string | null;
}

/** Finds the ids of members by the app's own and the epoch of the action, in the order of these, creating members that are not there yet. */
export type MemberIds = (
  program: Pick<Program, 'id' | 'memberIdsVersion'>,
  actions: readonly { readonly externalId: string; readonly epoch: number }[],
  nowMs: number,
) => Promise<RecordedFor[]>;

/** What is remembered of nearly all members is nothing but their id. */
type Remembered = string | { readonly id: string; readonly mergedInto: MergedInto };

function recordedFor(member: Remembered, epoch: number): RecordedFor {
  if (typeof member === 'string') return { memberId: member, mergedId: null };
  const memberId = memberIdAt(member, epoch);
  return { memberId, mergedId: memberId === member.id ? null : member.id };
}

const toRemember = ({ id, mergedInto }: MemberRecord): Remembered =>
  mergedInto === undefined ? id : { id, mergedInto };

export function createMemberIds(deps: {
  readonly members: Pick<MemberStore, 'ensure'>;
  readonly signer: Pick<Signer, 'addressOf'>;
}): MemberIds {
  const remembered = new LRUCache<string, Remembered>({ max: MAX_REMEMBERED });
  return async ({ id: programId, memberIdsVersion = 0 }, actions, nowMs) => {
    const keyOf = (externalId: string): string =>
      `${programId}\n${memberIdsVersion}\n${externalId}`;
    const found = new Map<string, Remembered>();
    const unknown = new Set<string>();
    for (const { externalId } of actions) {
      const member = remembered.get(keyOf(externalId));
      if (member === undefined) unknown.add(externalId);
      else found.set(externalId, member);
    }
    const ensured = await deps.members.ensure({
      programId,
      externalIds: [...unknown],
      create: (externalId) => {
        const id = uuidV7(nowMs);
        const account = deps.signer.addressOf({ role: 'MEMBER', programId, memberId: id });
        return { id, programId, externalId, account, links: [], createdAtMs: nowMs };
      },
    });
    for (const [externalId, member] of ensured) {
      // A merge on its way may hold in a moment, and nobody would be told: it is read each time until then.
      if (!isMerging(member)) remembered.set(keyOf(externalId), toRemember(member));
      found.set(externalId, toRemember(member));
    }
    return actions.map(({ externalId, epoch }) => {
      const member = found.get(externalId);
      if (member === undefined) throw new Error('A member was ensured and is not there.');
      return recordedFor(member, epoch);
    });
  };
}
