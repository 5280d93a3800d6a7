import type { MemberRequest } from '../members/memberWallets.ts';
import { writeOnShare, type ShareWriteDeps, type WrittenShare } from './memberShare.ts';

/** Tenders points of a member in the open round. @param input `amount` in base units of points. */
export function tenderPoints(
  deps: ShareWriteDeps,
  request: MemberRequest,
  input: { readonly round: number; readonly amount: bigint },
): Promise<WrittenShare> {
  return writeOnShare(deps, request, input, deps.calls.tenderPoints);
}
