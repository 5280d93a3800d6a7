import type { DraftTarget, TermsDraft } from '../../../domain/terms/termsDraft.ts';
import { builder, ofOwnProgram } from '../../core/builder.ts';
import { ProgramType } from '../../programs/program.ts';

const ONLY_READERS = { 'program:read': true } as const;

/** What a draft is for. */
export const DraftTargetEnum = builder.enumType('TermsDraftTarget', {
  description: 'What a draft of terms is for.',
  values: {
    RULES: { description: 'The rules and their budget.' },
    BUYBACK: { description: 'The buyback.' },
  } as const satisfies Record<DraftTarget, object>,
});

/** Shows a draft of terms. */
export const TermsDraftType = builder.objectRef<TermsDraft>('TermsDraft').implement({
  description:
    'New terms that people prepare: a draft binds nobody, and members do not see it. Source: what people have saved here.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    target: t.expose('target', { type: DraftTargetEnum, description: 'What the draft is for.' }),
    terms: t.exposeString('terms', {
      description:
        'Terms in JSON, in the shape of `ChangeTermsInput`, as they can be announced by `changeAnnounce`, which judges them.',
    }),
    note: t.exposeString('note', {
      nullable: true,
      description: 'What was left for who announces it; null for nothing.',
    }),
    revision: t.expose('revision', {
      type: 'UInt',
      description: 'Counts the times that such a draft was saved, from 1; none comes again.',
    }),
    savedBy: t.exposeString('savedBy', {
      description: 'Name of the person, or of the API key, who saved it last.',
    }),
    savedAt: t.field({
      type: 'DateTime',
      description: 'Time at which it was saved last, by the clock on the wall.',
      resolve: ({ savedAtMs }) => savedAtMs,
    }),
  }),
});

builder.objectField(ProgramType, 'termsDraft', (t) =>
  t.field({
    extensions: { cost: 20 },
    type: TermsDraftType,
    nullable: true,
    authScopes: ofOwnProgram('program:read'),
    description: 'Draft of new terms; null while there is none.',
    args: {
      target: t.arg({
        type: DraftTargetEnum,
        required: true,
        description: 'What the draft is for.',
      }),
    },
    resolve: (program, { target }, { termsDrafts }) => termsDrafts.find(program, target),
  }),
);
