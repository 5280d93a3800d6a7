import type { Address } from '@dewpoint/contracts/statement.ts';
import { ServiceError, UserError } from '../../domain/errors.ts';
import { epochStartMs } from '../../domain/epochs.ts';
import { newestAccount } from '../../domain/members/accounts.ts';
import { firstEpochOfMerge, isMerging, mergeOf } from '../../domain/members/merges.ts';
import { nameForm } from '../../domain/names.ts';
import type { Program } from '../../domain/program.ts';
import { show } from '../../domain/show.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import type { ProgramStore } from '../../ports/stores/programs.ts';
import type { Once } from '../transactions/once.ts';
import { tellServers } from './idChanges.ts';

/** Two members, by the app's own ids. */
export interface MergePair {
  /** Whose id stands for the other member from then on. */
  readonly fromMemberId: string;
  readonly intoMemberId: string;
}

/** What a merge came to. */
export interface MergedMembers {
  readonly fromEpoch: number;
  /** Start of that epoch. */
  readonly startsAtMs: number;
  /** Gasless account of the member that was merged, whose points move on from then on. */
  readonly fromAccount: Address;
  /** Gasless account that they move to. */
  readonly intoAccount: Address;
  /** Own wallet of the member that was merged, which keeps its points; null for none. */
  readonly ownWallet: Address | null;
}

/** Merges members: one earns what is recorded under either id from the next epoch on, each keeps what it earned before. */
export interface MemberMerger {
  /**
   * @throws UserError NOT_FOUND, INVALID_MERGE, ALREADY_MERGED, IDEMPOTENCY_KEY_REUSED
   * @throws ServiceError BUSY while another merge of one of them is on its way; CHAIN_STALE while the chain's time is not certain
   */
  merge(
    program: Program,
    input: MergePair & { readonly idempotencyKey: string },
  ): Promise<MergedMembers>;
  /** Goes on with merges whose process died before they held. */
  step(program: Program): Promise<void>;
}

const LOOK_EVERY_MS = 30_000;
/** Longer than a merge takes. One that outlives its process does nothing that this one does not. */
const BROKEN_OFF_AFTER_MS = 60_000;
const BUSY_RETRY_MS = 2_000;
const STALE_RETRY_MS = 10_000;

const busy = (): ServiceError =>
  new ServiceError({
    code: 'BUSY',
    message:
      'Another merge of one of these members is on its way; repeat the same request after "retryAfterMs".',
    retryAfterMs: BUSY_RETRY_MS,
  });

const refusal = (code: UserError['refusals'][number]['code'], field: string, message: string) =>
  new UserError({ code, field, message });

const notFound = (field: string, memberId: string): UserError =>
  refusal(
    'NOT_FOUND',
    field,
    `${field} is ${show(memberId)}; the program has no member with this id.`,
  );

export function createMemberMerger(deps: {
  members: Pick<
    MemberStore,
    | 'findByExternalId'
    | 'findById'
    | 'isLinked'
    | 'announceMerge'
    | 'beginMerge'
    | 'withdrawMerge'
    | 'listMerging'
    | 'listMergedInto'
  >;
  programs: Pick<ProgramStore, 'changeMemberIds'>;
  once: Once;
  clock: ChainClock;
  wallNowMs: () => number;
}): MemberMerger {
  const { members, programs, clock, wallNowMs } = deps;
  const nextLookMs = new Map<string, number>();

  const find = async (program: Program, field: string, memberId: string): Promise<MemberRecord> => {
    const found = await members.findByExternalId(program.id, nameForm(memberId));
    if (found === null) throw notFound(field, memberId);
    return found;
  };

  /**
   * Checks that no chain comes about. Each merge is announced first and looks at the others then: of two that would make a chain, at
   * least one sees the other.
   */
  const check = async (program: Program, from: MemberRecord, intoId: string): Promise<void> => {
    const into = await members.findById(program.id, intoId);
    if (into === null || into.erasedAtMs !== undefined) {
      throw refusal('NOT_FOUND', 'intoMemberId', 'intoMemberId is a member that was erased.');
    }
    if (mergeOf(into) !== null) {
      const message = `intoMemberId is ${show(into.externalId)}, which was merged into another member; it must be that one, or one that was never merged.`;
      throw refusal('ALREADY_MERGED', 'intoMemberId', message);
    }
    if (isMerging(into)) throw busy();
    const others = await members.listMergedInto(program.id, [from.id]);
    if (others.some((other) => mergeOf(other) !== null)) {
      const message = `fromMemberId is ${show(from.externalId)}, into which another member was merged; it must be one into which none was.`;
      throw refusal('ALREADY_MERGED', 'fromMemberId', message);
    }
    if (others.length > 0) throw busy();
    if (await members.isLinked(program.id, newestAccount(into), into.id)) {
      const message = `intoMemberId is ${show(into.externalId)}, whose account ${newestAccount(into)} is that of another member; it must be one with an account of its own.`;
      throw refusal('INVALID_MERGE', 'intoMemberId', message);
    }
  };

  /** @throws ServiceError CHAIN_STALE: by the time of an old head, the epoch might have begun already */
  const firstEpoch = async (program: Program): Promise<number> => {
    const { nowMs, fresh } = await clock.now();
    if (fresh) return firstEpochOfMerge(program, nowMs);
    throw new ServiceError({
      code: 'CHAIN_STALE',
      message:
        'The newest block of the chain is too old to tell the next epoch; repeat the request when the chain has new blocks.',
      retryAfterMs: STALE_RETRY_MS,
    });
  };

  /** Makes an announced merge hold, or takes it back. */
  const carryOut = async (
    program: Program,
    from: MemberRecord,
    { memberId: intoId, by }: { readonly memberId: string; readonly by: string },
  ): Promise<MemberRecord> => {
    try {
      await check(program, from, intoId);
    } catch (error) {
      const isRefused = error instanceof UserError || error instanceof ServiceError;
      if (isRefused) await members.withdrawMerge(program.id, from.id, by);
      throw error;
    }
    // Then no server remembers what the id stood for: each reads it anew until the merge holds, and sees that it does.
    await tellServers(programs, program.id);
    const fromEpoch = await firstEpoch(program);
    const merged = await members.beginMerge(program.id, from.id, {
      ...{ by, fromEpoch, atMs: wallNowMs() },
    });
    if (merged === null) throw notFound('fromMemberId', from.externalId);
    return merged;
  };

  const resultOf = async (program: Program, from: MemberRecord): Promise<MergedMembers> => {
    const merge = mergeOf(from);
    const into = merge === null ? null : await members.findById(program.id, merge.memberId);
    if (merge === null || into === null) throw new Error(`Member ${from.id} is not merged.`);
    const newest = newestAccount(from);
    return {
      fromEpoch: merge.fromEpoch,
      startsAtMs: epochStartMs(program, merge.fromEpoch),
      fromAccount: from.account,
      intoAccount: into.account,
      ownWallet: newest === from.account ? null : newest,
    };
  };

  const merge = async (
    program: Program,
    { fromMemberId, intoMemberId }: MergePair,
    by: string,
  ): Promise<MergedMembers> => {
    const from = await find(program, 'fromMemberId', fromMemberId);
    const into = await find(program, 'intoMemberId', intoMemberId);
    if (from.id === into.id) {
      const message = `intoMemberId is ${show(intoMemberId)}, which is the member of fromMemberId; it must be another one.`;
      throw refusal('INVALID_MERGE', 'intoMemberId', message);
    }
    const asked = { memberId: into.id, by };
    const announced = await members.announceMerge(program.id, from.id, asked, wallNowMs());
    if (announced === null) throw notFound('fromMemberId', fromMemberId);
    const standing = mergeOf(announced);
    if (announced.mergedInto?.by !== by) {
      if (standing === null) throw busy();
      const message = `fromMemberId is ${show(fromMemberId)}, which was merged from epoch ${standing.fromEpoch} on; it must be a member that was never merged.`;
      throw refusal('ALREADY_MERGED', 'fromMemberId', message);
    }
    if (standing !== null) return resultOf(program, announced);
    return resultOf(program, await carryOut(program, announced, asked));
  };

  return {
    merge: (program, { fromMemberId, intoMemberId, idempotencyKey }) => {
      const pair = {
        fromMemberId: nameForm(fromMemberId),
        intoMemberId: nameForm(intoMemberId),
      };
      const write = {
        ...{ owner: [program.id], kind: 'memberMerge', idempotencyKey },
        input: pair,
      };
      return deps.once.run(write, (effectId) => merge(program, pair, effectId));
    },
    step: async (program) => {
      const nowMs = wallNowMs();
      if (nowMs < (nextLookMs.get(program.id) ?? 0)) return;
      nextLookMs.set(program.id, nowMs + LOOK_EVERY_MS);
      for (const { id, mergedInto } of await members.listMerging(
        program.id,
        nowMs - BROKEN_OFF_AFTER_MS,
      )) {
        if (mergedInto === undefined) continue;
        const from = await members.announceMerge(program.id, id, mergedInto, nowMs);
        if (from === null) continue; // It is being erased.
        await carryOut(program, from, mergedInto).catch((error: unknown) => {
          // It was taken back; who asked for it is told why by asking again.
          if (!(error instanceof UserError)) throw error;
        });
      }
    },
  };
}
