import type { MemberRequest } from '../members/memberWallets.ts';
import { writeOnShare, type ShareWriteDeps, type WrittenShare } from './memberShare.ts';

/** Takes tendered points of a member out of the open round. @param input `amount` in base units of points. */
export function untenderPoints(
  deps: ShareWriteDeps,
  request: MemberRequest,
  input: { readonly round: number; readonly amount: bigint },
): Promise<WrittenShare> {
  return writeOnShare(deps, request, input, deps.calls.untenderPoints);
}
