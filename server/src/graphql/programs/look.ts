/** How an operator wants a program shown. All of it is decoration: the contracts know nothing of it. */
import type {
  LabelledLook,
  LookColors,
  LookText,
  ProgramLook,
} from '../../domain/programs/look.ts';
import { ItemType } from '../catalogue/item.ts';
import { builder, ofOwnProgram, PUBLIC } from '../core/builder.ts';
import { RuleType } from '../terms/rule.ts';
import { ProgramType } from './program.ts';

const LOOK_COST = 10;
const MAX_SHOWN_ORIGINS = 20;
const DECORATION = 'Decoration by the operator, not part of what the contracts promise.';

const LookTextType = builder.objectRef<LookText>('LookText').implement({
  description: `Words in English and Chinese. ${DECORATION}`,
  authScopes: PUBLIC,
  fields: (t) => ({
    en: t.exposeString('en', { nullable: true, description: 'In English; null for none.' }),
    zh: t.exposeString('zh', { nullable: true, description: 'In Chinese; null for none.' }),
  }),
});

const LookColorsType = builder.objectRef<LookColors>('LookColors').implement({
  description: `Colours as # and six hex digits. ${DECORATION}`,
  authScopes: PUBLIC,
  fields: (t) => ({
    accent: t.exposeString('accent', { description: 'Of buttons and links on light ground.' }),
    accentDark: t.exposeString('accentDark', {
      nullable: true,
      description: 'Of buttons and links on dark ground; null for the same one.',
    }),
  }),
});

const LabelledLookType = builder.objectRef<LabelledLook>('Look').implement({
  description: `How a rule or an item is shown. ${DECORATION}`,
  authScopes: PUBLIC,
  fields: (t) => ({
    label: t.expose('label', {
      type: LookTextType,
      nullable: true,
      description: 'Short words for it; null for none.',
    }),
    icon: t.exposeString('icon', {
      nullable: true,
      description: 'An emoji, or the name of an icon of the pages; null for none.',
    }),
  }),
});

/** Shows how a program is shown. */
export const ProgramLookType = builder.objectRef<ProgramLook>('ProgramLook').implement({
  description: `How a program is shown. ${DECORATION}`,
  authScopes: PUBLIC,
  fields: (t) => ({
    pointName: t.expose('pointName', {
      type: LookTextType,
      nullable: true,
      description: 'What a point is called; null for the name of the program.',
    }),
    colors: t.expose('colors', {
      type: LookColorsType,
      nullable: true,
      description: 'Colours; null for those of the pages.',
    }),
    logo: t.string({
      nullable: true,
      description:
        'Path of the logo on this service, a WebP of at most 512 pixels a side; another logo has another path. Null for none.',
      resolve: ({ logo }) => (logo === null ? null : `/images/${logo}`),
    }),
  }),
});

builder.objectFields(ProgramType, (t) => ({
  look: t.field({
    extensions: { cost: LOOK_COST },
    type: ProgramLookType,
    authScopes: PUBLIC,
    description: `How the program is shown. ${DECORATION}`,
    resolve: ({ id }, _args, { looks }) => looks.of(id),
  }),
  origins: t.field({
    extensions: { cost: LOOK_COST, rows: MAX_SHOWN_ORIGINS },
    type: ['String'],
    authScopes: ofOwnProgram('program:read'),
    description: 'Origins of pages that may embed the wallet of the program.',
    resolve: async ({ id }, _args, { looks }) => [...(await looks.of(id)).origins],
  }),
}));

builder.objectField(RuleType, 'look', (t) =>
  t.field({
    extensions: { cost: 1 },
    type: LabelledLookType,
    nullable: true,
    description: `How the rule is shown; null where nothing is said. ${DECORATION}`,
    resolve: async ({ id, programId }, _args, { looks, caller }) => {
      const of = programId ?? caller?.program?.id;
      if (of === undefined) return null;
      return (await looks.of(of)).rules.find((look) => look.id === id) ?? null;
    },
  }),
);
builder.objectField(ItemType, 'look', (t) =>
  t.field({
    extensions: { cost: 1 },
    type: LabelledLookType,
    nullable: true,
    description: `How the item is shown; null where nothing is said. ${DECORATION}`,
    resolve: async ({ number, program }, _args, { looks }) =>
      (await looks.of(program.id)).items.find(({ id }) => id === number) ?? null,
  }),
);
