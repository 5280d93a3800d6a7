import { LRUCache } from 'lru-cache';
import { uuidV7 } from '../../lib/uuidV7.ts';
import type { Signer } from '../../ports/chain/signer.ts';
import type { MemberStore } from '../../ports/stores/members.ts';

/** Members whose id is remembered: about 20 MB of memory. The id of a member never changes. */
const MAX_REMEMBERED = 100_000;

/** Finds the ids of members by the app's own, in the order of these, creating members that are not there yet. */
export type MemberIds = (
  programId: string,
  externalIds: readonly string[],
  nowMs: number,
) => Promise<string[]>;

export function createMemberIds(deps: {
  readonly members: Pick<MemberStore, 'ensure'>;
  readonly signer: Pick<Signer, 'addressOf'>;
}): MemberIds {
  const remembered = new LRUCache<string, string>({ max: MAX_REMEMBERED });
  return async (programId, externalIds, nowMs) => {
    const keyOf = (externalId: string): string => `${programId}\n${externalId}`;
    const found = new Map<string, string>();
    const unknown = new Set<string>();
    for (const externalId of externalIds) {
      const id = remembered.get(keyOf(externalId));
      if (id === undefined) unknown.add(externalId);
      else found.set(externalId, id);
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
    for (const [externalId, { id }] of ensured) {
      remembered.set(keyOf(externalId), id);
      found.set(externalId, id);
    }
    return externalIds.map((externalId) => {
      const id = found.get(externalId);
      if (id === undefined) throw new Error('A member was ensured and is not there.');
      return id;
    });
  };
}
