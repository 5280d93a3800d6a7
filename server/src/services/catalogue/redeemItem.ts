import { createHash } from 'node:crypto';
import type { Hex } from '@dewpoint/contracts/statement.ts';
import { checkPoints, checkUint32 } from '../../domain/amounts.ts';
import { refuseIfAny } from '../../domain/errors.ts';
import type { MemberRequest, MemberWallet, MemberWallets } from '../members/memberWallets.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { Catalogue } from './catalogue.ts';
import type { WrittenOrder } from './orderWrites.ts';

/**
 * Derives the reference of an order on chain from the member and the key, so that the catalogue itself refuses a second
 * order under the same key, however late it comes. Member ids are secret, so a key can't be guessed from it.
 */
function orderRefOf({ member, account }: MemberWallet, idempotencyKey: string): Hex {
  const text = JSON.stringify(['order', member?.id ?? account, idempotencyKey]);
  return `0x${createHash('sha256').update(text).digest('hex')}`;
}

/**
 * Orders pieces of an item for a member.
 *
 * @param input `maxPrice` in base units of points: the highest price of one piece that the member agrees to.
 */
export async function redeemItem(
  deps: {
    readonly memberWallets: MemberWallets;
    readonly calls: ProgramCalls;
    readonly catalogue: Pick<Catalogue, 'findOrdersByTransaction'>;
  },
  request: MemberRequest,
  input: { readonly item: number; readonly quantity: number; readonly maxPrice: bigint },
): Promise<WrittenOrder> {
  const { memberWallets, calls, catalogue } = deps;
  const { program } = request;
  const { item, quantity, maxPrice } = input;
  const wallet = await memberWallets.find(request);
  refuseIfAny([
    ...checkUint32('item', item),
    ...checkUint32('quantity', quantity, 1),
    ...checkPoints('maxPrice', maxPrice),
  ]);
  const orderRef = orderRefOf(wallet, request.idempotencyKey);
  const call = calls.redeemItem(program, { item, quantity, maxPrice, orderRef });
  const written = await memberWallets.write(wallet, request, call);
  const hash = written.transaction?.hash ?? null;
  const orders = hash === null ? [] : await catalogue.findOrdersByTransaction(program, hash);
  return { ...written, order: orders.find((order) => order.orderRef === orderRef) ?? null };
}
