import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { InputRefused } from '../domain/errors.ts';
import type { Program } from '../domain/program.ts';
import type { ChainClock } from '../ports/clock.ts';
import type { ProgramCalls, TypedDataToSign } from '../ports/programCalls.ts';
import type { ActingMembers, MemberInput } from './actingMembers.ts';
import type { Acted } from './businessActs.ts';

/** What came of a move. */
export interface AccountMoved extends Acted {
  readonly from: Address;
  readonly to: Address;
}

/** The way from one account to another of the same member: a gasless one to an own wallet, mostly. */
export interface AccountMoving {
  /** What the new account signs. @throws InputRefused */
  toSign(
    program: Program,
    input: Pick<MemberInput, 'memberId' | 'ownWallet'> & {
      readonly to: Address;
      readonly deadlineMs: number;
    },
  ): Promise<TypedDataToSign>;
  /** Moves the whole balance; again for what is settled later. @throws InputRefused */
  move(
    program: Program,
    input: MemberInput & {
      readonly to: Address;
      readonly deadlineMs: number;
      /** Of the new account. */
      readonly signature: Hex;
    },
  ): Promise<AccountMoved>;
}

const MS_PER_SECOND = 1_000;
/** Long enough to find the other wallet, short enough to be forgotten by nobody. */
const MAX_LEAD_MS = 7 * 86_400_000;

export function createAccountMoving(deps: {
  actingMembers: ActingMembers;
  calls: ProgramCalls;
  clock: ChainClock;
}): AccountMoving {
  const { actingMembers, calls, clock } = deps;

  async function checkedDeadline(deadlineMs: number): Promise<number> {
    const { nowMs } = await clock.now();
    const latestMs = nowMs + MAX_LEAD_MS;
    if (deadlineMs <= nowMs || deadlineMs > latestMs) {
      const iso = (ms: number): string => new Date(ms).toISOString();
      const message = `deadline is ${iso(deadlineMs)}; it must be after ${iso(nowMs)}, and at the latest ${iso(latestMs)}.`;
      throw new InputRefused([{ code: 'OUT_OF_RANGE', field: 'deadline', message }]);
    }
    return Math.floor(deadlineMs / MS_PER_SECOND);
  }

  return {
    toSign: async (program, { memberId, ownWallet, to, deadlineMs }) => {
      const whose = { memberId, ownWallet, idempotencyKey: 'typed data' };
      const { account: from } = await actingMembers.find(program, whose);
      const deadlineSeconds = await checkedDeadline(deadlineMs);
      const receiver = actingMembers.address('to', to);
      return calls.moveAccountData(program, { from, to: receiver, deadlineSeconds });
    },
    move: async (program, input) => {
      const { deadlineMs, signature, idempotencyKey } = input;
      const acting = await actingMembers.find(program, input);
      const to = actingMembers.address('to', input.to);
      const deadlineSeconds = Math.floor(deadlineMs / MS_PER_SECOND);
      const call = calls.moveAccount(program, { to, deadlineSeconds, signature });
      const act = { kind: 'accountMove', program, call, idempotencyKey } as const;
      return { ...(await actingMembers.act(acting, act)), from: acting.account, to };
    },
  };
}
