import { checkPoints } from '../../domain/amounts.ts';
import { refuseIfAny } from '../../domain/errors.ts';
import type { MemberRequest } from '../members/memberWallets.ts';
import {
  withObjection,
  type ObjectionWriteDeps,
  type WrittenObjection,
} from './memberObjection.ts';

/** Locks points of a member in objection to a change. @param input `amount` in base units of points. */
export async function objectToChange(
  deps: ObjectionWriteDeps,
  request: MemberRequest,
  { change, amount }: { readonly change: number; readonly amount: bigint },
): Promise<WrittenObjection> {
  const { program } = request;
  const wallet = await deps.memberWallets.find(request);
  refuseIfAny(checkPoints('amount', amount));
  const call = deps.calls.objectToChange(program, change, amount);
  const written = await deps.memberWallets.write(wallet, request, call);
  return withObjection(deps, program, change, wallet.account, written);
}
