import { readMoney } from '../../domain/amounts.ts';
import { refuseIfAny, UserError } from '../../domain/errors.ts';
import type { ProgramViews } from '../../ports/chain/programViews.ts';
import { operatorAccount, type Signer } from '../../ports/chain/signer.ts';
import type { Program } from '../../domain/program.ts';
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
  readonly views: Pick<ProgramViews, 'operator'>;
  readonly signer: Pick<Signer, 'addressOf'>;
}

/**
 * Refuses a deposit for a program that was handed over. The contract takes a deposit of any account, so the money would come from the
 * account of the service, which is not the operator's any more.
 */
async function requireOwnOperator({ views, signer }: Deps, program: Program): Promise<void> {
  const operator = await views.operator(program);
  if (operator === signer.addressOf(operatorAccount(program.organisationId))) return;
  const { settlementToken, buyback } = program;
  throw new UserError({
    code: 'NOT_OPERATOR',
    field: null,
    message: `The operator of this program is the wallet ${operator}, whose money the service can not move; transfer ${settlementToken.symbol} (${settlementToken.address}) to the buyback ${buyback}, which is taken into the reserve by itself.`,
  });
}

/**
 * Deposits money of the operator in the reserve: has the amount allowed, and once that is mined, deposits it, one deposit after the
 * other.
 *
 * @param input `amount` as a decimal string of the settlement token.
 * @throws UserError NOT_OPERATOR for a program that was handed over to an own wallet, besides what the writer throws
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
    await requireOwnOperator(deps, program);
    await deps.allowances.allow(request, operatorAccount(program.organisationId), units);
    return deps.writer.write(request, operatorOf(request.program), call);
  };
  const written =
    (await find()) ??
    (await deps.depositTurns.take(program, `${program.id} ${idempotencyKey}`, deposit));
  return { ...written, reserve: await deps.rounds.reserve(program) };
}
