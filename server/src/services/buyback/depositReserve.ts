import { readMoney } from '../../domain/amounts.ts';
import { refuseIfAny } from '../../domain/errors.ts';
import { operatorAccount } from '../../ports/chain/signer.ts';
import {
  operatorOf,
  checkIdempotencyKey,
  type ContractWriter,
  type WriteRequest,
  type Written,
} from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { Allowances } from '../transactions/allowances.ts';
import type { DepositTurns } from './depositTurns.ts';
import type { Rounds, ReserveView } from './rounds.ts';

interface Deps {
  readonly writer: ContractWriter;
  readonly calls: Pick<ProgramCalls, 'depositReserve'>;
  readonly allowances: Allowances;
  readonly depositTurns: DepositTurns;
  readonly rounds: Pick<Rounds, 'reserve'>;
}

/**
 * Deposits money of the operator in the reserve: has the amount allowed, and once that is mined, deposits it, one deposit after the
 * other.
 *
 * @param input `amount` as a decimal string of the settlement token.
 */
export async function depositReserve(
  deps: Deps,
  request: WriteRequest,
  { amount }: { readonly amount: string },
): Promise<Written & { readonly reserve: ReserveView }> {
  const { program, idempotencyKey } = request;
  refuseIfAny([checkIdempotencyKey(idempotencyKey)]);
  const units = readMoney('amount', amount, program.settlementToken, 1n);
  const call = deps.calls.depositReserve(program, units);
  const find = (): Promise<Written | null> =>
    deps.writer.find(request, operatorOf(request.program), call);
  const deposit = async (): Promise<Written> => {
    const before = await find();
    if (before !== null) return before;
    await deps.allowances.allow(request, operatorAccount(program.organisationId), units);
    return deps.writer.write(request, operatorOf(request.program), call);
  };
  const written =
    (await find()) ??
    (await deps.depositTurns.take(program, `${program.id} ${idempotencyKey}`, deposit));
  return { ...written, reserve: await deps.rounds.reserve(program) };
}
