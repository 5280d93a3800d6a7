import { createHash } from 'node:crypto';
import type { Hex } from '@dewpoint/contracts/statement.ts';
import { checkPoints, checkUint32 } from '../../domain/amounts.ts';
import { checkBytes } from '../../domain/bounds.ts';
import { refuseIfAny } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import type { ProgramCalls } from '../../ports/chain/programCalls.ts';
import type { MemberWallet, MemberWallets, MemberInput } from '../members/memberWallets.ts';
import type { Written, ContractWriter } from '../transactions/contractWriter.ts';
import type { Catalogue, ItemView, OrderView } from './catalogue.ts';
import type { MutationName } from '../transactions/revertRefusals.ts';

/** What came of it, and the item as the reader has it by now. */
export interface WrittenItem extends Written {
  readonly item: ItemView | null;
}

/** What came of it, and the order as the reader has it by now. */
export interface WrittenOrder extends Written {
  readonly order: OrderView | null;
}

interface Keyed {
  readonly idempotencyKey: string;
}
interface OfItem extends Keyed {
  readonly item: number;
}
interface OfOrder extends Keyed {
  readonly order: number;
}

/** Acts on items and orders. Prices in base units of points. */
export interface CatalogueWrites {
  addItem(
    program: Program,
    input: Keyed & {
      readonly price: bigint;
      /** Null: as many as wanted. */
      readonly stock: number | null;
      readonly text: string;
    },
  ): Promise<WrittenItem>;
  /** At once when it is not higher than now, else after the notice period. */
  setPrice(program: Program, input: OfItem & { readonly price: bigint }): Promise<WrittenItem>;
  addStock(program: Program, input: OfItem & { readonly added: number }): Promise<WrittenItem>;
  /** After the notice period. */
  withdraw(program: Program, input: OfItem): Promise<WrittenItem>;
  /** Calls a withdrawal off. */
  keep(program: Program, input: OfItem): Promise<WrittenItem>;
  /** Orders pieces for a member. */
  redeem(
    program: Program,
    input: MemberInput & {
      readonly item: number;
      readonly quantity: number;
      /** For one piece; the member agrees to no more. */
      readonly maxPrice: bigint;
    },
  ): Promise<WrittenOrder>;
  fulfil(program: Program, input: OfOrder): Promise<WrittenOrder>;
  refund(program: Program, input: OfOrder): Promise<WrittenOrder>;
}

const OPERATOR = { role: 'OPERATOR' } as const;
const MAX_ITEM_TEXT_BYTES = 512;
/** The type's maximum stands for "as many as wanted". */
const MAX_STOCK = 2 ** 32 - 2;

/**
 * The reference of an order on chain. It follows from the member and the key, so that the catalogue itself refuses a
 * second order under the same key, however late it comes. Member ids are known to nobody outside, so a key can't be
 * guessed from it.
 */
function orderRefOf({ member, account }: MemberWallet, idempotencyKey: string): Hex {
  const text = JSON.stringify(['order', member?.id ?? account, idempotencyKey]);
  return `0x${createHash('sha256').update(text).digest('hex')}`;
}

export function createCatalogueWrites(deps: {
  writer: ContractWriter;
  memberWallets: MemberWallets;
  calls: ProgramCalls;
  catalogue: Pick<
    Catalogue,
    'findItem' | 'findItemsByTransaction' | 'findOrder' | 'findOrdersByTransaction'
  >;
}): CatalogueWrites {
  const { writer, memberWallets, calls, catalogue } = deps;

  const byOperator = (
    kind: MutationName,
    program: Program,
    { idempotencyKey }: Keyed,
    call: ContractCall,
  ): Promise<Written> => writer.write({ kind, program, by: OPERATOR, call, idempotencyKey });

  const onItem = async (
    kind: MutationName,
    program: Program,
    input: OfItem,
    encode: () => ContractCall,
  ): Promise<WrittenItem> => {
    refuseIfAny(checkUint32('item', input.item));
    const written = await byOperator(kind, program, input, encode());
    return { ...written, item: await catalogue.findItem(program, input.item) };
  };

  const onOrder = async (
    kind: MutationName,
    program: Program,
    input: OfOrder,
    call: ContractCall,
  ): Promise<WrittenOrder> => {
    const written = await byOperator(kind, program, input, call);
    return { ...written, order: await catalogue.findOrder(program, input.order) };
  };

  return {
    addItem: async (program, input) => {
      const { price, stock, text } = input;
      refuseIfAny([
        ...checkPoints('price', price),
        ...checkUint32('stock', stock ?? 0, 0, MAX_STOCK),
        ...checkBytes('text', text, 1, MAX_ITEM_TEXT_BYTES),
      ]);
      const written = await byOperator('itemAdd', program, input, calls.addItem(program, input));
      const hash = written.transaction?.hash ?? null;
      const [item] = hash === null ? [] : await catalogue.findItemsByTransaction(program, hash);
      return { ...written, item: item ?? null };
    },
    setPrice: (program, input) => {
      refuseIfAny(checkPoints('price', input.price));
      return onItem('itemPriceSet', program, input, () =>
        calls.setItemPrice(program, input.item, input.price),
      );
    },
    addStock: (program, input) => {
      refuseIfAny(checkUint32('added', input.added, 1, MAX_STOCK));
      return onItem('itemStockAdd', program, input, () =>
        calls.addItemStock(program, input.item, input.added),
      );
    },
    withdraw: (program, input) =>
      onItem('itemWithdraw', program, input, () => calls.withdrawItem(program, input.item)),
    keep: (program, input) =>
      onItem('itemKeep', program, input, () => calls.keepItem(program, input.item)),
    redeem: async (program, input) => {
      const { item, quantity, maxPrice, idempotencyKey } = input;
      const wallet = await memberWallets.find(program, input);
      refuseIfAny([
        ...checkUint32('item', item),
        ...checkUint32('quantity', quantity, 1),
        ...checkPoints('maxPrice', maxPrice),
      ]);
      const orderRef = orderRefOf(wallet, idempotencyKey);
      const call = calls.redeem(program, { item, quantity, maxPrice, orderRef });
      const write = { kind: 'itemRedeem', program, call, idempotencyKey } as const;
      const written = await memberWallets.write(wallet, write);
      const hash = written.transaction?.hash ?? null;
      const orders = hash === null ? [] : await catalogue.findOrdersByTransaction(program, hash);
      return { ...written, order: orders.find((order) => order.orderRef === orderRef) ?? null };
    },
    fulfil: (program, input) =>
      onOrder('orderFulfil', program, input, calls.fulfilOrder(program, input.order)),
    refund: (program, input) =>
      onOrder('orderRefund', program, input, calls.refundOrder(program, input.order)),
  };
}
