import { checkUint32 } from '../../domain/amounts.ts';
import { refuseIfAny } from '../../domain/errors.ts';
import type { MemberRequest, MemberWallets } from '../members/memberWallets.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import { withShare, type WrittenShare } from './memberShare.ts';
import type { Rounds } from './rounds.ts';

/** Part of a share to claim. Each is claimed by itself: a token that does not pay holds no points back. */
export type ClaimedAsset = 'POINTS' | 'MONEY';

/** Claims the points that a round did not buy from a member, or the money for those it bought. */
export async function claimShare(
  deps: {
    readonly memberWallets: MemberWallets;
    readonly calls: ProgramCalls;
    readonly rounds: Pick<Rounds, 'find' | 'share'>;
  },
  request: MemberRequest,
  { round, asset }: { readonly round: number; readonly asset: ClaimedAsset },
): Promise<WrittenShare> {
  const { memberWallets, calls } = deps;
  const { program } = request;
  const wallet = await memberWallets.find(request);
  refuseIfAny(checkUint32('round', round));
  const encode = asset === 'POINTS' ? calls.claimPoints : calls.claimMoney;
  const call = encode(program, round, wallet.account);
  const written = await memberWallets.writeFor(wallet, request, call);
  return withShare(deps, program, round, wallet.account, written);
}
