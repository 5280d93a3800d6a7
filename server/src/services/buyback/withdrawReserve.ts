import type { Address } from '@dewpoint/contracts/statement.ts';
import { readMoney } from '../../domain/amounts.ts';
import { refuseIfAny } from '../../domain/errors.ts';
import type { MemberWallets } from '../members/memberWallets.ts';
import {
  operatorOf,
  checkIdempotencyKey,
  type ContractWriter,
  type WriteRequest,
  type Written,
} from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { Rounds, ReserveView } from './rounds.ts';

/**
 * Withdraws money from the reserve, except what is owed and the budgets of the open and the next round.
 *
 * @param input `amount` as a decimal string of the settlement token.
 */
export async function withdrawReserve(
  deps: {
    readonly writer: ContractWriter;
    readonly memberWallets: Pick<MemberWallets, 'address'>;
    readonly calls: ProgramCalls;
    readonly rounds: Pick<Rounds, 'reserve'>;
  },
  request: WriteRequest,
  { amount, to }: { readonly amount: string; readonly to: Address },
): Promise<Written & { readonly reserve: ReserveView }> {
  const { program } = request;
  refuseIfAny([checkIdempotencyKey(request.idempotencyKey)]);
  const units = readMoney('amount', amount, program.settlementToken, 1n);
  const receiver = deps.memberWallets.address('to', to);
  const call = deps.calls.withdrawReserve(program, receiver, units);
  const written = await deps.writer.write(request, operatorOf(request.program), call);
  return { ...written, reserve: await deps.rounds.reserve(program) };
}
