import { checkPoints, checkUint32 } from '../../domain/amounts.ts';
import { refuseIfAny } from '../../domain/errors.ts';
import type { MemberRequest, MemberWallets } from '../members/memberWallets.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import { withShare, type WrittenShare } from './memberShare.ts';
import type { Rounds } from './rounds.ts';

/** Tenders points of a member in the open round. @param input `amount` in base units of points. */
export async function tenderPoints(
  deps: {
    readonly memberWallets: MemberWallets;
    readonly calls: ProgramCalls;
    readonly rounds: Pick<Rounds, 'find' | 'share'>;
  },
  request: MemberRequest,
  { round, amount }: { readonly round: number; readonly amount: bigint },
): Promise<WrittenShare> {
  const { memberWallets, calls } = deps;
  const { program } = request;
  const wallet = await memberWallets.find(request);
  refuseIfAny([...checkUint32('round', round), ...checkPoints('amount', amount)]);
  const call = calls.tenderPoints(program, round, amount);
  const written = await memberWallets.write(wallet, request, call);
  return withShare(deps, program, round, wallet.account, written);
}
