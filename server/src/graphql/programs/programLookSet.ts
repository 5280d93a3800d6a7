import type { LabelledLook, ProgramLook } from '../../domain/programs/look.ts';
import type { LookChange } from '../../services/programs/looks.ts';
import { builder } from '../core/builder.ts';
import { idempotencyKeyInput, mutation } from '../mutations/mutation.ts';
import { ProgramLookType } from './look.ts';

const LookTextInput = builder.inputType('LookTextInput', {
  description: 'Words in English and Chinese, 1 to 64 characters each.',
  fields: (t) => ({
    en: t.string({ description: 'In English; left out for none.' }),
    zh: t.string({ description: 'In Chinese; left out for none.' }),
  }),
});
const LookColorsInput = builder.inputType('LookColorsInput', {
  description: 'Colours as # and six hex digits.',
  fields: (t) => ({
    accent: t.string({ required: true, description: 'Of buttons and links on light ground.' }),
    accentDark: t.string({
      description: 'Of buttons and links on dark ground; left out for the same one.',
    }),
  }),
});
const LABEL = 'Short words for it; left out for none.';
const ICON =
  'An emoji, or the name of an icon of the pages, 1 to 32 characters; left out for none.';
const RuleLookInput = builder.inputType('RuleLookInput', {
  description: 'How a rule is shown.',
  fields: (t) => ({
    ruleId: t.field({ type: 'UInt', required: true, description: 'Id of the rule, 0 to 255.' }),
    label: t.field({ type: LookTextInput, description: LABEL }),
    icon: t.string({ description: ICON }),
  }),
});
const ItemLookInput = builder.inputType('ItemLookInput', {
  description: 'How an item is shown.',
  fields: (t) => ({
    item: t.field({ type: 'UInt', required: true, description: 'Number of the item, from 1.' }),
    label: t.field({ type: LookTextInput, description: LABEL }),
    icon: t.string({ description: ICON }),
  }),
});

interface GivenText {
  readonly en?: string | null | undefined;
  readonly zh?: string | null | undefined;
}
const textOf = (given: GivenText | null | undefined): ProgramLook['pointName'] =>
  given == null ? null : { en: given.en ?? null, zh: given.zh ?? null };
const labelled = (
  id: number,
  given: {
    readonly label?: GivenText | null | undefined;
    readonly icon?: string | null | undefined;
  },
): LabelledLook => ({ id, label: textOf(given.label), icon: given.icon ?? null });

mutation({
  name: 'programLookSet',
  kind: null,
  scope: 'program:write',
  // A logo is drawn afresh.
  cost: 1_000,
  description:
    'Sets how the program is shown, off chain: decoration, not part of what the contracts promise. What is left out stays; null takes a part away. Safe to repeat with the same idempotencyKey.',
  errors: [
    'BUSY',
    'TOO_LONG',
    'MALFORMED',
    'OUT_OF_RANGE',
    'LIMIT_EXCEEDED',
    'IDEMPOTENCY_KEY_REUSED',
  ],
  input: (t) => ({
    pointName: t.field({ type: LookTextInput, description: 'What a point is called.' }),
    colors: t.field({
      type: LookColorsInput,
      description: 'Colours. Whether words can be read on them is for the pages to see to.',
    }),
    logo: t.string({
      description:
        'PNG or WebP in base64, at most 200,000 bytes and 2,048 pixels a side. It is drawn afresh, at most 512 pixels a side.',
    }),
    rules: t.field({
      type: [RuleLookInput],
      description: 'How rules are shown, at most 500: all of them, in the place of those before.',
    }),
    items: t.field({
      type: [ItemLookInput],
      description: 'How items are shown, at most 500: all of them, in the place of those before.',
    }),
    origins: t.stringList({
      description:
        'Origins of pages that may embed the wallet, such as "https://shop.example", at most 20: all of them.',
    }),
    idempotencyKey: idempotencyKeyInput(t),
  }),
  payload: (t) => ({
    look: t.field({
      type: ProgramLookType,
      nullable: true,
      description: 'The look of the program; null when there are userErrors.',
      resolve: ({ look }) => look,
    }),
  }),
  empty: { look: null as ProgramLook | null },
  resolve: async ({ looks, program }, { idempotencyKey, ...given }) => {
    const { pointName, colors, logo, rules, items, origins } = given;
    const change: LookChange = {
      ...(pointName !== undefined && { pointName: textOf(pointName) }),
      ...(colors !== undefined && {
        colors: colors && { accent: colors.accent, accentDark: colors.accentDark ?? null },
      }),
      ...(logo !== undefined && { logo }),
      ...(rules !== undefined && { rules: (rules ?? []).map((one) => labelled(one.ruleId, one)) }),
      ...(items !== undefined && { items: (items ?? []).map((one) => labelled(one.item, one)) }),
      ...(origins !== undefined && { origins: origins ?? [] }),
    };
    return { look: await looks.set(program, change, idempotencyKey) };
  },
});
