import type { Address } from '@dewpoint/contracts/statement.ts';
import { readMoney } from '../../domain/amounts.ts';
import { DewpointError, InputRefused, refuseIfAny } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { ProgramCalls } from '../../ports/chain/programCalls.ts';
import type { MemberWallets } from '../members/memberWallets.ts';
import {
  checkIdempotencyKey,
  type Written,
  type ContractWriter,
} from '../transactions/contractWriter.ts';
import type { Rounds, ReserveView } from './rounds.ts';

/** What came of it, and the money as the reader has it by now. */
export interface WrittenReserve extends Written {
  readonly reserve: ReserveView;
}

/** Money in and out of the reserve of the buyback, by the operator's key. Amounts as decimal strings. */
export interface ReserveWrites {
  /** Lets the buyback take the money, and once that is mined, deposits it. */
  deposit(
    program: Program,
    input: { readonly amount: string; readonly idempotencyKey: string },
  ): Promise<WrittenReserve>;
  withdraw(
    program: Program,
    input: { readonly amount: string; readonly to: Address; readonly idempotencyKey: string },
  ): Promise<WrittenReserve>;
}

const OPERATOR = { role: 'OPERATOR' } as const;
/** When an approval that was slow to be mined may be there: a few blocks. */
const APPROVAL_RETRY_MS = 5_000;

export function createReserveWrites(deps: {
  writer: ContractWriter;
  memberWallets: Pick<MemberWallets, 'address'>;
  calls: ProgramCalls;
  rounds: Pick<Rounds, 'reserve'>;
}): ReserveWrites {
  const { writer, calls, rounds } = deps;

  /** The approval has a key of its own beside the caller's, so that repeating the call goes on where it stopped. */
  const approve = async (program: Program, amount: bigint, key: string): Promise<void> => {
    const call = calls.approveReserve(program, amount);
    const { transaction } = await writer.write({
      kind: 'reserveDeposit',
      program,
      by: OPERATOR,
      call,
      idempotencyKey: key,
      scope: 'approval',
    });
    if (transaction?.status === 'MINED') return;
    if (transaction?.status === 'REVERTED' || transaction?.status === 'DROPPED') {
      const message = `The settlement token refused the approval ${transaction.hash ?? ''}.`;
      throw new InputRefused([{ code: 'REFUSED_BY_CONTRACT', field: null, message }]);
    }
    throw new DewpointError({
      code: 'BUSY',
      message: 'The approval of the money is not mined yet; repeat the same call to go on with it.',
      retryAfterMs: APPROVAL_RETRY_MS,
    });
  };

  return {
    deposit: async (program, { amount, idempotencyKey }) => {
      refuseIfAny([checkIdempotencyKey(idempotencyKey)]);
      const units = readMoney('amount', amount, program.settlementToken, 1n);
      await approve(program, units, idempotencyKey);
      const call = calls.depositReserve(program, units);
      const write = {
        kind: 'reserveDeposit',
        program,
        by: OPERATOR,
        call,
        idempotencyKey,
      } as const;
      return { ...(await writer.write(write)), reserve: await rounds.reserve(program) };
    },
    withdraw: async (program, { amount, to, idempotencyKey }) => {
      refuseIfAny([checkIdempotencyKey(idempotencyKey)]);
      const units = readMoney('amount', amount, program.settlementToken, 1n);
      const receiver = deps.memberWallets.address('to', to);
      const call = calls.withdrawReserve(program, receiver, units);
      const write = {
        kind: 'reserveWithdraw',
        program,
        by: OPERATOR,
        call,
        idempotencyKey,
      } as const;
      return { ...(await writer.write(write)), reserve: await rounds.reserve(program) };
    },
  };
}
