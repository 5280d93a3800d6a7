import type { MemberRequest } from '../members/memberWallets.ts';
import {
  withObjection,
  type ObjectionWriteDeps,
  type WrittenObjection,
} from './memberObjection.ts';

/** Releases the points that a member locked against a change, once its notice has ended. */
export async function releaseObjection(
  deps: ObjectionWriteDeps,
  request: MemberRequest,
  { change }: { readonly change: number },
): Promise<WrittenObjection> {
  const { program } = request;
  const wallet = await deps.memberWallets.find(request);
  const call = deps.calls.releaseObjection(program, change, wallet.account);
  const written = await deps.memberWallets.writeFor(wallet, request, call);
  return withObjection(deps, program, change, wallet.account, written);
}
