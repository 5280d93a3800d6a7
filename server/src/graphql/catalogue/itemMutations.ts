import type { WrittenItem } from '../../services/catalogue/catalogueWrites.ts';
import type { ItemView } from '../../services/catalogue/catalogue.ts';
import {
  WRITE_ERRORS,
  writeFields,
  idempotencyKeyField,
  ONLY_OPERATORS,
  type WritePayload,
} from '../transactions/transaction.ts';
import { builder } from '../core/builder.ts';
import { ItemType } from './item.ts';
import type { OfProgram } from '../core/connection.ts';
import type { GraphqlContext } from '../core/context.ts';
import { withUserErrors } from '../errors/userErrors.ts';

const ITEM = 'Number of the item.';

const ItemAddInput = builder.inputType('ItemAddInput', {
  description: 'A new thing in the catalogue.',
  fields: (t) => ({
    price: t.field({ type: 'Points', required: true, description: 'For one piece, 0.01 or more.' }),
    stock: t.field({
      type: 'UInt',
      description: 'Pieces, at most 4,294,967,294; left out: as many as wanted.',
    }),
    text: t.string({
      required: true,
      description: 'Plain words for members, 1 to 512 bytes. Never changes.',
    }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const ItemPriceSetInput = builder.inputType('ItemPriceSetInput', {
  description: 'What an item shall cost.',
  fields: (t) => ({
    item: t.field({ type: 'UInt', required: true, description: ITEM }),
    price: t.field({ type: 'Points', required: true, description: 'For one piece, 0.01 or more.' }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const ItemStockAddInput = builder.inputType('ItemStockAddInput', {
  description: 'How many more pieces there are.',
  fields: (t) => ({
    item: t.field({ type: 'UInt', required: true, description: ITEM }),
    added: t.field({ type: 'UInt', required: true, description: 'Pieces, 1 or more.' }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const ItemActInput = builder.inputType('ItemActInput', {
  description: 'Which item.',
  fields: (t) => ({
    item: t.field({ type: 'UInt', required: true, description: ITEM }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

interface Payload extends WritePayload {
  readonly item: OfProgram<ItemView> | null;
}

const ItemActPayload = builder.objectRef<Payload>('ItemActPayload').implement({
  description: 'The item after the act.',
  authScopes: ONLY_OPERATORS,
  fields: (t) => ({
    ...writeFields(t),
    item: t.expose('item', {
      type: ItemType,
      nullable: true,
      description: 'The item as it is read by now; null until then and with userErrors.',
    }),
  }),
});

const acted = (
  { program }: GraphqlContext,
  acting: () => Promise<WrittenItem>,
): ReturnType<typeof withUserErrors<Omit<Payload, 'userErrors'>>> =>
  withUserErrors<Omit<Payload, 'userErrors'>>({ transaction: null, item: null }, async () => {
    const { transaction, item } = await acting();
    return { transaction, item: item && { ...item, program } };
  });

builder.mutationField('itemAdd', (t) =>
  t.field({
    type: ItemActPayload,
    description: `Adds an item; it can be ordered at once. ${WRITE_ERRORS}, OUT_OF_RANGE, REQUIRED, TOO_LONG, MALFORMED, NOT_OPERATOR.`,
    authScopes: ONLY_OPERATORS,
    args: { input: t.arg({ type: ItemAddInput, required: true }) },
    resolve: (_root, { input }, context) =>
      acted(context, () =>
        context.catalogueWrites.addItem(context.program, { ...input, stock: input.stock ?? null }),
      ),
  }),
);

builder.mutationField('itemPriceSet', (t) =>
  t.field({
    type: ItemActPayload,
    description: `Sets the price of an item: at once if it is not higher than now, else one notice period later. ${WRITE_ERRORS}, NOT_FOUND, ITEM_WITHDRAWN, OUT_OF_RANGE, NOT_OPERATOR.`,
    authScopes: ONLY_OPERATORS,
    args: { input: t.arg({ type: ItemPriceSetInput, required: true }) },
    resolve: (_root, { input }, context) =>
      acted(context, () => context.catalogueWrites.setPrice(context.program, input)),
  }),
);

builder.mutationField('itemStockAdd', (t) =>
  t.field({
    type: ItemActPayload,
    description: `Adds pieces of an item. ${WRITE_ERRORS}, NOT_FOUND, ITEM_WITHDRAWN, OUT_OF_RANGE, NOT_OPERATOR.`,
    authScopes: ONLY_OPERATORS,
    args: { input: t.arg({ type: ItemStockAddInput, required: true }) },
    resolve: (_root, { input }, context) =>
      acted(context, () => context.catalogueWrites.addStock(context.program, input)),
  }),
);

builder.mutationField('itemWithdraw', (t) =>
  t.field({
    type: ItemActPayload,
    description: `Withdraws an item one notice period from now; one that is scheduled already keeps its moment. ${WRITE_ERRORS}, NOT_FOUND, ITEM_WITHDRAWN, NOT_OPERATOR.`,
    authScopes: ONLY_OPERATORS,
    args: { input: t.arg({ type: ItemActInput, required: true }) },
    resolve: (_root, { input }, context) =>
      acted(context, () => context.catalogueWrites.withdraw(context.program, input)),
  }),
);

builder.mutationField('itemKeep', (t) =>
  t.field({
    type: ItemActPayload,
    description: `Calls the withdrawal of an item off that has not taken effect. ${WRITE_ERRORS}, NOT_FOUND, NO_WITHDRAWAL_SCHEDULED, NOT_OPERATOR.`,
    authScopes: ONLY_OPERATORS,
    args: { input: t.arg({ type: ItemActInput, required: true }) },
    resolve: (_root, { input }, context) =>
      acted(context, () => context.catalogueWrites.keep(context.program, input)),
  }),
);
