import { UserError } from '../../domain/errors.ts';
import { allAccounts } from '../../domain/members/accounts.ts';
import type { MemberRequest, MemberWallets } from '../members/memberWallets.ts';
import type { WriteRequest } from '../transactions/contractWriter.ts';
import { writeOnOrder, type OrderWriteDeps, type WrittenOrder } from './orderWrites.ts';

/** Returns the points of an open order. */
export function refundOrder(
  deps: OrderWriteDeps,
  request: WriteRequest,
  { order }: { readonly order: number },
): Promise<WrittenOrder> {
  return writeOnOrder(deps, request, order, deps.calls.refundOrder(request.program, order));
}

/**
 * Returns the points of an order that a member placed and that is past its deadline. Any account may do so on chain, so the
 * service pays; it does so for nobody else's order.
 *
 * @throws UserError NOT_FOUND, ORDER_NOT_OPEN, DEADLINE_NOT_REACHED, QUOTA_USED_UP
 */
export async function refundOwnOrder(
  deps: Pick<OrderWriteDeps, 'calls' | 'catalogue'> & { readonly memberWallets: MemberWallets },
  request: MemberRequest,
  { order }: { readonly order: number },
): Promise<WrittenOrder> {
  const { calls, catalogue, memberWallets } = deps;
  const { program } = request;
  const wallet = await memberWallets.find(request);
  const accounts = wallet.member === null ? [wallet.account] : allAccounts(wallet.member);
  const found = await catalogue.findOrder(program, order);
  if (found === null || !accounts.includes(found.member)) {
    throw new UserError({
      code: 'NOT_FOUND',
      field: 'order',
      message: `order is ${order}; the member has no order with this number.`,
    });
  }
  // The contract says so too, to all accounts but the operator's: whichever pays here, no member refuses an order early.
  if (found.state === 'OPEN' && !found.refundable) {
    const deadline = new Date(found.deadlineMs).toISOString();
    throw new UserError({
      code: 'DEADLINE_NOT_REACHED',
      field: 'order',
      message: `order is ${order}, which can be fulfilled until ${deadline}; after that it can be refunded.`,
    });
  }
  const call = calls.refundOrder(program, order);
  const written = await memberWallets.writeFor(wallet, request, call);
  return { ...written, order: await catalogue.findOrder(program, order) };
}
