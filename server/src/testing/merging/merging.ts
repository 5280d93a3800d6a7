/** Merges of members, as tests make them. */
import type { MemberRecord } from '../../ports/stores/members.ts';
import type { MergedMembers } from '../../services/members/mergeMembers.ts';
import type { ServerProcess } from '../foundation.ts';
import type { Recording } from '../recording.ts';

export interface Merging {
  /** Merges under a key that is made of both ids, on the first server, unless said else. */
  merge(
    fromMemberId: string,
    intoMemberId: string,
    how?: { readonly key?: string; readonly server?: Pick<ServerProcess, 'memberMerger'> },
  ): Promise<MergedMembers>;
  /** Finds a member that has to be there. */
  memberOf(externalId: string): Promise<MemberRecord>;
}

/** What a call was refused for: field and code of each refusal, the code of a request that failed, or `done`. */
export const refusedFor = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: { refusals?: readonly { code: string; field: string | null }[]; code?: string }) =>
      error.refusals?.map(({ code, field }) => `${field} ${code}`).join() ?? String(error.code),
  );

export const createMerging = (recording: Recording): Merging => ({
  merge: (fromMemberId, intoMemberId, { key, server = recording } = {}) =>
    server.memberMerger.merge(recording.program, {
      ...{ fromMemberId, intoMemberId },
      idempotencyKey: key ?? `${fromMemberId} ${intoMemberId}`,
    }),
  memberOf: async (externalId) => {
    const { program, store } = recording;
    const found = await store.members.findByExternalId(program.id, externalId);
    if (found === null) throw new Error(`there is no member ${externalId}`);
    return found;
  },
});
