import { readMoney } from '../../domain/amounts.ts';
import { ServiceError, UserError, refuseIfAny } from '../../domain/errors.ts';
import { uuidV7 } from '../../lib/uuidV7.ts';
import {
  OPERATOR,
  checkIdempotencyKey,
  type ContractWriter,
  type WriteRequest,
  type Written,
} from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { DepositTurns } from './depositTurns.ts';
import type { Rounds, ReserveView } from './rounds.ts';

interface Deps {
  readonly writer: ContractWriter;
  readonly calls: Pick<ProgramCalls, 'approveReserve' | 'depositReserve'>;
  readonly depositTurns: DepositTurns;
  readonly rounds: Pick<Rounds, 'reserve'>;
}

/** Gives a slow approval the time to be mined: a few blocks. */
const APPROVAL_RETRY_MS = 5_000;
/** Two, for a token that has to be set to 0 first, and one more that another holder of the key made void. */
const MAX_APPROVALS = 3;

const notYet = (): ServiceError =>
  new ServiceError({
    code: 'BUSY',
    message:
      'The approval of the settlement token is not mined yet; repeat the same request to continue with the deposit.',
    retryAfterMs: APPROVAL_RETRY_MS,
  });

/** Some tokens, such as USDT, refuse to change an allowance that is not 0 to another one. */
async function takesInOneStep(
  { writer, calls }: Deps,
  request: WriteRequest,
  amount: bigint,
): Promise<boolean> {
  try {
    await writer.simulate(request, 'OPERATOR', calls.approveReserve(request.program, amount));
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/**
 * Has the reserve allowed to take the amount. What counts is the allowance on chain, and not whether an approval was sent once: an
 * approval has no key that could be done while its allowance is gone, and sending it twice changes nothing.
 */
async function allow(deps: Deps, request: WriteRequest, amount: bigint): Promise<void> {
  const { program } = request;
  for (let sent = 0; ; sent += 1) {
    const allowed = await deps.depositTurns.allowance(program);
    if (allowed >= amount) return;
    if (sent >= MAX_APPROVALS) throw notYet();
    const direct = allowed === 0n || (await takesInOneStep(deps, request, amount));
    const call = deps.calls.approveReserve(program, direct ? amount : 0n);
    const own = { ...request, scope: `approval ${uuidV7(Date.now())}` };
    const { transaction } = await deps.writer.write(own, OPERATOR, call);
    if (transaction?.status !== 'MINED') throw notYet();
  }
}

/**
 * Deposits money of the operator in the reserve: approves the amount, and once that is mined, deposits it, one deposit after the
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
  const find = (): Promise<Written | null> => deps.writer.find(request, OPERATOR, call);
  const deposit = async (): Promise<Written> => {
    const before = await find();
    if (before !== null) return before;
    await allow(deps, request, units);
    return deps.writer.write(request, OPERATOR, call);
  };
  const written =
    (await find()) ??
    (await deps.depositTurns.take(program, `${program.id} ${idempotencyKey}`, deposit));
  return { ...written, reserve: await deps.rounds.reserve(program) };
}
