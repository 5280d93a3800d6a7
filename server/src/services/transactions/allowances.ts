import { ServiceError, UserError } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import { uuidV7 } from '../../lib/uuidV7.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { Permits } from '../../ports/chain/permits.ts';
import type { ProgramViews } from '../../ports/chain/programViews.ts';
import type { HolderAccount, Signer } from '../../ports/chain/signer.ts';
import { ANYBODY, type ContractWriter, type WriteRequest, type Written } from './contractWriter.ts';
import type { ProgramCalls } from './programCalls.ts';

/**
 * Has a buyback allowed to take money of an account without gas: by an approval that the account signs and anybody hands in, where
 * the token takes such; else the account sends its approval itself, with gas that the relayer sends it first.
 */
export interface Allowances {
  /**
   * Has the buyback of the program allowed to take an amount from an account. Repeating it goes on where it was left.
   *
   * @param request What the allowance is for: its transactions are of the same kind.
   * @param amount Base units of the settlement token.
   * @throws ServiceError BUSY while an approval is not mined: the same request goes on with it
   */
  allow(request: WriteRequest, holder: HolderAccount, amount: bigint): Promise<void>;
}

/** Gives a slow approval the time to be mined: a few blocks. */
const APPROVAL_RETRY_MS = 5_000;
/** Two, for a token that has to be set to 0 first, and one more that another holder of the key made void. */
const MAX_APPROVALS = 3;
/** It can't be handed in when the deposit has long been forgotten. */
const PERMIT_GOOD_FOR_MS = 600_000;
const MS_PER_SECOND = 1_000;

const notYet = (): ServiceError =>
  new ServiceError({
    code: 'BUSY',
    message:
      'The approval of the settlement token is not mined yet; repeat the same request to continue with it.',
    retryAfterMs: APPROVAL_RETRY_MS,
  });

export function createAllowances(deps: {
  writer: ContractWriter;
  calls: Pick<ProgramCalls, 'approveReserve' | 'permitReserve'>;
  views: Pick<ProgramViews, 'allowance'>;
  permits: Permits;
  signer: Pick<Signer, 'addressOf' | 'signPermit'>;
  clock: ChainClock;
}): Allowances {
  const { writer, calls, views, permits, signer, clock } = deps;

  /** Some tokens, such as USDT, refuse to change an allowance that is not 0 to another one. */
  const takesInOneStep = async (
    request: WriteRequest,
    holder: HolderAccount,
    amount: bigint,
  ): Promise<boolean> => {
    const approval = calls.approveReserve(request.program, amount);
    try {
      await writer.simulate(request, signer.addressOf(holder), approval);
      return true;
    } catch (error) {
      if (error instanceof UserError) return false;
      throw error;
    }
  };

  /** Null when the token takes no approval by signature. */
  const permitted = async (
    program: Program,
    holder: HolderAccount,
    value: bigint,
  ): Promise<ReturnType<typeof calls.permitReserve> | null> => {
    const owner = signer.addressOf(holder);
    const found = await permits.of(program.settlementToken.address, owner);
    if (found === null) return null;
    const { nowMs } = await clock.now();
    const deadline = Math.ceil((nowMs + PERMIT_GOOD_FOR_MS) / MS_PER_SECOND);
    const permit = { ...found, spender: program.buyback, value, deadline };
    const signature = await signer.signPermit(holder, permit);
    return calls.permitReserve(program, owner, { value, deadline, signature });
  };

  const allowanceOf = (program: Program, holder: HolderAccount): Promise<bigint> =>
    views.allowance(program, signer.addressOf(holder));

  /** @param allowed What is allowed now. */
  const approve = async (
    request: WriteRequest,
    holder: HolderAccount,
    { amount, allowed }: { readonly amount: bigint; readonly allowed: bigint },
  ): Promise<Written> => {
    const permit = await permitted(request.program, holder, amount);
    if (permit !== null) return writer.write(request, ANYBODY, permit);
    const direct = allowed === 0n || (await takesInOneStep(request, holder, amount));
    const call = calls.approveReserve(request.program, direct ? amount : 0n);
    return writer.write(request, { role: 'ITSELF', holder }, call);
  };

  return {
    allow: async (request, holder, amount) => {
      const { program } = request;
      // What counts is the allowance on chain, and not whether an approval was sent once: an approval has no key that could be done
      // while its allowance is gone, and sending it twice changes nothing.
      for (let sent = 0; ; sent += 1) {
        const allowed = await allowanceOf(program, holder);
        if (allowed >= amount) return;
        if (sent >= MAX_APPROVALS) throw notYet();
        const own = { ...request, scope: `approval ${uuidV7(Date.now())}` };
        const approval = approve(own, holder, { amount, allowed });
        const { transaction } = await approval.catch(async (error: unknown) => {
          // What is signed is public once it is sent: it may have been handed in already.
          const isRefused = error instanceof UserError;
          if (isRefused && (await allowanceOf(program, holder)) >= amount)
            return { transaction: null };
          throw error;
        });
        if (transaction !== null && transaction.status !== 'MINED') throw notYet();
      }
    },
  };
}
