import { catalogueAbi } from '@dewpoint/contracts/abi/catalogueAbi.ts';
import type { Hex } from '@dewpoint/contracts/statement.ts';
import { AbiCoder, Interface } from 'ethers';
import type { EmittedCatalogueEvent } from '../../domain/events.ts';
import {
  addressOf,
  bigintOf,
  createEventParser,
  msOf,
  numberOf,
  textIn,
  type RawEvent,
} from './eventParser.ts';

/** The text of an item, read as bytes: ethers would throw on a text that is not UTF-8. */
function textOf({ data }: RawEvent): string {
  const [, , text] = AbiCoder.defaultAbiCoder().decode(['uint96', 'uint32', 'bytes'], data);
  return textIn(text as string);
}

/** Decodes events of a catalogue. */
export const catalogueEvents = createEventParser<EmittedCatalogueEvent>(
  new Interface(catalogueAbi),
  {
    ItemAdded: (args, raw) => ({
      kind: 'ItemAdded',
      item: numberOf(args, 'item'),
      price: bigintOf(args, 'price'),
      stock: numberOf(args, 'stock'),
      text: textOf(raw),
    }),
    PriceCut: (args) => ({
      kind: 'PriceCut',
      item: numberOf(args, 'item'),
      price: bigintOf(args, 'price'),
    }),
    PriceRiseScheduled: (args) => ({
      kind: 'PriceRiseScheduled',
      item: numberOf(args, 'item'),
      price: bigintOf(args, 'price'),
      takesEffectAtMs: msOf(args, 'takesEffectAt'),
    }),
    StockAdded: (args) => ({
      kind: 'StockAdded',
      item: numberOf(args, 'item'),
      added: numberOf(args, 'added'),
      stock: numberOf(args, 'stock'),
    }),
    WithdrawalScheduled: (args) => ({
      kind: 'WithdrawalScheduled',
      item: numberOf(args, 'item'),
      takesEffectAtMs: msOf(args, 'takesEffectAt'),
    }),
    WithdrawalCancelled: (args) => ({ kind: 'WithdrawalCancelled', item: numberOf(args, 'item') }),
    Redeemed: (args) => ({
      kind: 'Redeemed',
      order: numberOf(args, 'order'),
      member: addressOf(args, 'member'),
      item: numberOf(args, 'item'),
      quantity: numberOf(args, 'quantity'),
      points: bigintOf(args, 'points'),
      deadlineMs: msOf(args, 'deadline'),
      orderRef: args['orderRef'] as Hex,
      stock: numberOf(args, 'stock'),
    }),
    OrderFulfilled: (args) => ({
      kind: 'OrderFulfilled',
      order: numberOf(args, 'order'),
      member: addressOf(args, 'member'),
      points: bigintOf(args, 'points'),
    }),
    OrderRefunded: (args) => ({
      kind: 'OrderRefunded',
      order: numberOf(args, 'order'),
      member: addressOf(args, 'member'),
      points: bigintOf(args, 'points'),
      overdue: args['overdue'] as boolean,
      stock: numberOf(args, 'stock'),
    }),
  },
);
