import { coerceInputValue, isInputType, type GraphQLSchema } from 'graphql';
import { UserError } from '../../../domain/errors.ts';
import type { DraftTarget, TermsDraft } from '../../../domain/terms/termsDraft.ts';
import type { GraphqlContext } from '../../core/context.ts';
import { idempotencyKeyInput, mutation } from '../../mutations/mutation.ts';
import { DraftTargetEnum, TermsDraftType } from './termsDraft.ts';

/** What a draft of each kind has. */
const FIELD_OF = { RULES: 'ruleSet', BUYBACK: 'buyback' } as const;

const malformed = (problem: string): UserError =>
  new UserError({
    code: 'MALFORMED',
    field: 'terms',
    message: `terms ${problem}; it must be JSON in the shape of ChangeTermsInput.`,
  });

function parse(terms: string): unknown {
  try {
    return JSON.parse(terms);
  } catch {
    throw malformed('is not JSON');
  }
}

/** Checks that a draft has the shape in which it can be announced. What it says is judged then. @throws UserError MALFORMED */
function checkShape(terms: string, target: DraftTarget, schema: GraphQLSchema): void {
  const type = schema.getType('ChangeTermsInput');
  if (!isInputType(type)) throw new Error('The schema has no ChangeTermsInput.');
  const parsed = parse(terms);
  if (typeof parsed !== 'object' || parsed === null) throw malformed('is no object');
  let problem: string | null = null;
  coerceInputValue(parsed, type, (path, _value, error) => {
    problem ??= `at ${['terms', ...path].join('.')}: ${error.message}`;
  });
  if (problem !== null) throw malformed(`is wrong ${String(problem)}`);
  const field = FIELD_OF[target];
  if (!Object.hasOwn(parsed, field)) throw malformed(`has no ${field}`);
}

const namedBy = ({ caller }: GraphqlContext): string => {
  if (caller?.kind === 'PERSON') return caller.person.name;
  return caller?.kind === 'KEY' ? caller.key.name : '';
};

mutation({
  name: 'termsDraftSave',
  kind: null,
  scope: 'program:write',
  cost: 100,
  description:
    'Saves new terms as a draft, in the place of the one that was read. Nothing is announced: `changeAnnounce` takes its terms. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'TOO_LONG', 'MALFORMED', 'DRAFT_CHANGED', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    target: t.field({
      type: DraftTargetEnum,
      required: true,
      description: 'What the draft is for.',
    }),
    terms: t.string({
      required: true,
      description:
        'Terms in JSON, in the shape of `ChangeTermsInput`: a `ruleSet` or a `buyback`, as the target says, at most 65,536 bytes.',
    }),
    note: t.string({
      description: 'What to say to who announces it, up to 500 characters; left out for nothing.',
    }),
    revision: t.field({
      type: 'UInt',
      required: true,
      description: 'Revision of the draft that it takes the place of; 0 for a first one.',
    }),
    idempotencyKey: idempotencyKeyInput(t),
  }),
  payload: (t) => ({
    draft: t.field({
      type: TermsDraftType,
      nullable: true,
      description: 'The draft as it is saved; null when there are userErrors.',
      resolve: ({ draft }) => draft,
    }),
  }),
  empty: { draft: null as TermsDraft | null },
  resolve: async (context, { idempotencyKey, note = null, ...input }, schema) => {
    const { program, termsDrafts, once } = context;
    checkShape(input.terms, input.target, schema);
    const draft = { ...input, note, savedBy: namedBy(context) };
    const write = { owner: [program.id], kind: 'termsDraftSave', idempotencyKey, input: draft };
    return {
      draft: await once.run(write, (effectId) => termsDrafts.save(program, draft, effectId)),
    };
  },
});

mutation({
  name: 'termsDraftDelete',
  kind: null,
  scope: 'program:write',
  cost: 100,
  description: 'Deletes a draft of terms. Safe to repeat: one that is gone is deleted.',
  errors: ['DRAFT_CHANGED'],
  input: (t) => ({
    target: t.field({
      type: DraftTargetEnum,
      required: true,
      description: 'What the draft is for.',
    }),
    revision: t.field({
      type: 'UInt',
      required: true,
      description: 'Revision of the draft that was read.',
    }),
  }),
  payload: (t) => ({
    target: t.field({
      type: DraftTargetEnum,
      nullable: true,
      description: 'What the draft was for; null when there are userErrors.',
      resolve: ({ target }) => target,
    }),
  }),
  empty: { target: null as DraftTarget | null },
  resolve: async ({ program, termsDrafts }, { target, revision }) => {
    await termsDrafts.delete(program, target, revision);
    return { target };
  },
});
