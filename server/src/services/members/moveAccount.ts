import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { UserError } from '../../domain/errors.ts';
import { contractsOf, type Program } from '../../domain/program.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { TypedDataToSign } from '../../ports/chain/contractCodec.ts';
import type { Written } from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { MemberRequest, MemberWallet, MemberWallets } from './memberWallets.ts';

/** The write that moves an account, with both accounts. */
export interface MovedAccount extends Written {
  readonly from: Address;
  readonly to: Address;
}

interface Move {
  readonly to: Address;
  readonly deadlineMs: number;
}

const ZERO_ADDRESS: Address = `0x${'0'.repeat(40)}`;
const MS_PER_SECOND = 1_000;
/** Long enough to find the other wallet, short enough for a signature not to be forgotten. */
const MAX_LEAD_MS = 7 * 86_400_000;

async function checkedDeadline(clock: ChainClock, deadlineMs: number): Promise<number> {
  const { nowMs } = await clock.now();
  const latestMs = nowMs + MAX_LEAD_MS;
  if (deadlineMs <= nowMs || deadlineMs > latestMs) {
    const iso = (ms: number): string => new Date(ms).toISOString();
    const message = `deadline is ${iso(deadlineMs)}; it must be after ${iso(nowMs)}, and at the latest ${iso(latestMs)}.`;
    throw new UserError({ code: 'OUT_OF_RANGE', field: 'deadline', message });
  }
  return Math.floor(deadlineMs / MS_PER_SECOND);
}

/** Checks that points of this program can move to the new account. */
async function receiverOf(
  memberWallets: MemberWallets,
  program: Program,
  given: Address,
  { account, member }: MemberWallet,
): Promise<Address> {
  const to = memberWallets.address('to', given);
  const refuse = (why: string): UserError =>
    new UserError({ code: 'INVALID_MOVE', field: 'to', message: `to is ${to}, ${why}.` });
  if (to === account) throw refuse('which is the old account; it must be another one');
  const { points, charter, buyback, catalogue } = contractsOf(program);
  const own = [points, charter, buyback, catalogue, ZERO_ADDRESS];
  if (own.includes(to))
    throw refuse('which can not receive points; it must not be a contract of the program');
  // Two members with one account could not be told apart on chain.
  if (member !== null && (await memberWallets.isOfAnother(program, to, member))) {
    throw refuse('which is an account of another member');
  }
  return to;
}

/** Makes the data that the new account signs for {@link moveAccount}. */
export async function moveAccountTypedData(
  deps: {
    readonly memberWallets: MemberWallets;
    readonly calls: ProgramCalls;
    readonly clock: ChainClock;
  },
  request: MemberRequest,
  { to, deadlineMs }: Move,
): Promise<TypedDataToSign> {
  const { program } = request;
  const wallet = await deps.memberWallets.find(request);
  const deadlineSeconds = await checkedDeadline(deps.clock, deadlineMs);
  const receiver = await receiverOf(deps.memberWallets, program, to, wallet);
  const { account: from } = wallet;
  return deps.calls.moveAccountData(program, { from, to: receiver, deadlineSeconds });
}

/** Moves the whole balance of a member to another account. Call it again for points that are settled later. */
export async function moveAccount(
  deps: { readonly memberWallets: MemberWallets; readonly calls: ProgramCalls },
  request: MemberRequest,
  input: Move & {
    /** Signature of the new account. */
    readonly signature: Hex;
  },
): Promise<MovedAccount> {
  const { program } = request;
  const wallet = await deps.memberWallets.find(request);
  const to = await receiverOf(deps.memberWallets, program, input.to, wallet);
  // The contract refuses what has passed; it knows no time before 1970.
  const deadlineSeconds = Math.max(0, Math.floor(input.deadlineMs / MS_PER_SECOND));
  const { signature } = input;
  const call = deps.calls.moveAccount(program, { to, deadlineSeconds, signature });
  const written = await deps.memberWallets.write(wallet, request, call);
  return { ...written, from: wallet.account, to };
}
