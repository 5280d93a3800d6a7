import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { InputRefused } from '../../domain/errors.ts';
import { contractsOf, type Program } from '../../domain/program.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { ProgramCalls, TypedDataToSign } from '../../ports/chain/programCalls.ts';
import type { MemberStore } from '../../ports/stores/members.ts';
import type { MemberWallet, MemberWallets, MemberInput } from './memberWallets.ts';
import type { Written } from '../transactions/contractWriter.ts';

/** What came of a move. */
export interface MovedAccount extends Written {
  readonly from: Address;
  readonly to: Address;
}

/** The way from one account to another of the same member: a gasless one to an own wallet, mostly. */
export interface MoveAccount {
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
  ): Promise<MovedAccount>;
}

const ZERO_ADDRESS: Address = `0x${'0'.repeat(40)}`;
const MS_PER_SECOND = 1_000;
/** Long enough to find the other wallet, short enough to be forgotten by nobody. */
const MAX_LEAD_MS = 7 * 86_400_000;

export function createMoveAccount(deps: {
  memberWallets: MemberWallets;
  calls: ProgramCalls;
  clock: ChainClock;
  members: Pick<MemberStore, 'isLinked'>;
}): MoveAccount {
  const { memberWallets, calls, clock, members } = deps;

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

  /** The new account, if this program's points can move there. */
  async function receiverOf(
    program: Program,
    given: Address,
    wallet: MemberWallet,
  ): Promise<Address> {
    const to = memberWallets.address('to', given);
    const refuse = (why: string): InputRefused =>
      new InputRefused([{ code: 'INVALID_MOVE', field: 'to', message: `to is ${to}, ${why}.` }]);
    if (to === wallet.account) throw refuse('the account that moves');
    const { points, charter, buyback, catalogue } = contractsOf(program);
    const own = [points, charter, buyback, catalogue, ZERO_ADDRESS];
    if (own.includes(to)) throw refuse('which can hold no points');
    // Two members with one account could not be told apart on chain.
    const { member } = wallet;
    if (member !== null && (await members.isLinked(program.id, to, member.id))) {
      throw refuse('an account of another member');
    }
    return to;
  }

  return {
    toSign: async (program, { memberId, ownWallet, to, deadlineMs }) => {
      const whose = { memberId, ownWallet, idempotencyKey: 'typed data' };
      const wallet = await memberWallets.find(program, whose);
      const deadlineSeconds = await checkedDeadline(deadlineMs);
      const receiver = await receiverOf(program, to, wallet);
      const { account: from } = wallet;
      return calls.moveAccountData(program, { from, to: receiver, deadlineSeconds });
    },
    move: async (program, input) => {
      const { deadlineMs, signature, idempotencyKey } = input;
      const wallet = await memberWallets.find(program, input);
      const to = await receiverOf(program, input.to, wallet);
      const deadlineSeconds = Math.floor(deadlineMs / MS_PER_SECOND);
      const call = calls.moveAccount(program, { to, deadlineSeconds, signature });
      const write = { kind: 'accountMove', program, call, idempotencyKey } as const;
      return { ...(await memberWallets.write(wallet, write)), from: wallet.account, to };
    },
  };
}
