import { readMoney } from '../../domain/amounts.ts';
import { ServiceError, UserError, refuseIfAny } from '../../domain/errors.ts';
import {
  OPERATOR,
  checkIdempotencyKey,
  type ContractWriter,
  type WriteRequest,
  type Written,
} from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { Rounds, ReserveView } from './rounds.ts';

interface Deps {
  readonly writer: ContractWriter;
  readonly calls: ProgramCalls;
  readonly rounds: Pick<Rounds, 'reserve'>;
}

/** Gives a slow approval the time to be mined: a few blocks. */
const APPROVAL_RETRY_MS = 5_000;

/** The approval has a key of its own beside the caller's, so that repeating the call goes on where it stopped. */
async function approve(
  { writer, calls }: Deps,
  request: WriteRequest,
  amount: bigint,
): Promise<void> {
  const call = calls.approveReserve(request.program, amount);
  const { transaction } = await writer.write({ ...request, scope: 'approval' }, OPERATOR, call);
  if (transaction?.status === 'MINED') return;
  if (transaction?.status === 'REVERTED' || transaction?.status === 'DROPPED') {
    const message = `The settlement token refused the approval ${transaction.hash ?? ''}.`;
    throw new UserError({ code: 'REFUSED_BY_CONTRACT', field: null, message });
  }
  throw new ServiceError({
    code: 'BUSY',
    message:
      'The approval of the settlement token is not mined yet; repeat the same request to continue with the deposit.',
    retryAfterMs: APPROVAL_RETRY_MS,
  });
}

/**
 * Deposits money of the operator in the reserve: approves the amount, and once that is mined, deposits it.
 *
 * @param input `amount` as a decimal string of the settlement token.
 */
export async function depositReserve(
  deps: Deps,
  request: WriteRequest,
  { amount }: { readonly amount: string },
): Promise<Written & { readonly reserve: ReserveView }> {
  const { program } = request;
  refuseIfAny([checkIdempotencyKey(request.idempotencyKey)]);
  const units = readMoney('amount', amount, program.settlementToken, 1n);
  await approve(deps, request, units);
  const call = deps.calls.depositReserve(program, units);
  const written = await deps.writer.write(request, OPERATOR, call);
  return { ...written, reserve: await deps.rounds.reserve(program) };
}
