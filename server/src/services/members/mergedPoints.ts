import { epochAt } from '../../domain/epochs.ts';
import { mergeOf } from '../../domain/members/merges.ts';
import type { Program } from '../../domain/program.ts';
import type { Logger } from '../../lib/logger.ts';
import type { ChainClock, ChainTime } from '../../ports/chain/clock.ts';
import type { Signer } from '../../ports/chain/signer.ts';
import type { Submission, Submitter } from '../../ports/chain/submitter.ts';
import type { TotalsStore } from '../../ports/stores/indexer.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';

/**
 * Moves the points of merged members on, from the first epoch of the merge on: whatever is in their gasless account by then, and what
 * is settled to it, or comes back from escrow, later. Nothing is kept of what was moved: a balance is there to be moved, or it is not.
 */
export interface MergedPoints {
  /** Queues moves of balances that the indexer has read. @returns how many */
  step(program: Program): Promise<number>;
}

/** Merged members looked at in one go. */
const PAGE = 500;
/** Moves queued in one go: other programs wait. */
const MAX_PER_STEP = 16;
/** Looks burden the database, and members do not wait for their points by the second. */
const LOOK_AGAIN_MS = 2_000;
/** Time of the chain that does not pass between two looks by itself. */
const JUMP_MS = 60_000;
/** A move that is sent, or was refused, is left alone for this long. */
const UNDER_WAY_MS = 5_000;
const REFUSED_RETRY_MS = 60_000;
/** A signature outlives a chain that is slow, and not much else. */
const SIGNATURE_GOOD_FOR_MS = 3_600_000;
const MS_PER_SECOND = 1_000;

/** Time until a move is tried again; the one under way is seen by the balance. */
function restAfter(submission: Submission): number {
  switch (submission.kind) {
    case 'BUSY':
    case 'QUOTA':
      return submission.retryAfterMs;
    case 'ACCEPTED':
      return UNDER_WAY_MS;
    default:
      return REFUSED_RETRY_MS;
  }
}

export function createMergedPoints(deps: {
  members: Pick<MemberStore, 'listMerged' | 'findByIds'>;
  totals: Pick<TotalsStore, 'balancesOf'>;
  submitter: Pick<Submitter, 'submit'>;
  calls: Pick<ProgramCalls, 'moveAccount'>;
  signer: Pick<Signer, 'signMoveAccount'>;
  clock: ChainClock;
  logger: Logger;
  wallNowMs: () => number;
}): MergedPoints {
  const { members, logger, wallNowMs } = deps;
  /** Programs and members that are left alone until a moment, and where the next page begins. Lost in a restart. */
  const waitUntilMs = new Map<string, number>();
  const pages = new Map<string, string | null>();
  const lookedAtMs = new Map<string, number>();

  const isWaiting = (key: string): boolean => {
    const untilMs = waitUntilMs.get(key);
    if (untilMs === undefined) return false;
    if (wallNowMs() < untilMs) return true;
    waitUntilMs.delete(key);
    return false;
  };
  const wait = (key: string, ms: number): void => void waitUntilMs.set(key, wallNowMs() + ms);

  /** Finds merged members of the next page that have a balance to move. */
  const toMove = async (program: Program, epoch: number): Promise<MemberRecord[]> => {
    const afterId = pages.get(program.id) ?? null;
    const page = await members.listMerged(program.id, { afterId, limit: PAGE });
    pages.set(program.id, page.length < PAGE ? null : (page.at(-1)?.id ?? null));
    const begun = page.filter((member) => {
      const merge = mergeOf(member);
      return merge !== null && merge.fromEpoch <= epoch && !isWaiting(member.id);
    });
    const accounts = begun.map(({ account }) => account);
    const balances = await deps.totals.balancesOf(program.id, accounts);
    return begun.filter((_, index) => (balances[index] ?? 0n) > 0n);
  };

  const move = async (
    program: Program,
    { id: memberId, account }: MemberRecord,
    into: MemberRecord,
    { nextBlockMs }: ChainTime,
  ): Promise<boolean> => {
    const deadlineSeconds = Math.floor((nextBlockMs + SIGNATURE_GOOD_FOR_MS) / MS_PER_SECOND);
    const by = { role: 'MEMBER', programId: program.id, memberId: into.id } as const;
    const { chainId, address: points } = program;
    const toSign = { chainId, points, from: account, deadlineSeconds };
    const signature = await deps.signer.signMoveAccount(by, toSign);
    const call = deps.calls.moveAccount(program, { to: into.account, deadlineSeconds, signature });
    const submission = await deps.submitter.submit({
      ...{ program, call, kind: 'memberMerge' },
      actor: { role: 'MEMBER', memberId, account },
      // A second one in its place moves what the first one left, which is nothing.
      idempotencyKey: null,
    });
    wait(memberId, restAfter(submission));
    if (submission.kind === 'REFUSED') {
      const { detail } = submission;
      logger.warn({ programId: program.id, memberId, detail }, 'points of a merged member stay');
    }
    return submission.kind === 'ACCEPTED';
  };

  return {
    step: async (program) => {
      const { nowMs } = await deps.clock.recent();
      // The clock of a local chain jumps, and what had not begun a moment ago has.
      const hasJumped = nowMs - (lookedAtMs.get(program.id) ?? 0) > JUMP_MS;
      if (isWaiting(program.id) && !hasJumped) return 0;
      const time = await deps.clock.now();
      if (!time.fresh) return 0;
      lookedAtMs.set(program.id, time.nextBlockMs);
      wait(program.id, LOOK_AGAIN_MS);
      const found = await toMove(program, epochAt(program, time.nextBlockMs));
      const due = found.slice(0, MAX_PER_STEP);
      // The others are found again at once.
      if (due.length < found.length) pages.delete(program.id);
      const receivers = await members.findByIds(
        program.id,
        due.flatMap(({ mergedInto }) => mergedInto?.memberId ?? []),
      );
      let queued = 0;
      for (const member of due) {
        const into = receivers.get(member.mergedInto?.memberId ?? '');
        if (into === undefined) continue;
        if (await move(program, member, into, time)) queued += 1;
      }
      return queued;
    },
  };
}
