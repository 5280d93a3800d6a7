import type { Organisation } from '../../domain/organisations/organisation.ts';
import { onceKeyInput } from '../access/memberSession.ts';
import { mutation } from '../mutations/mutation.ts';
import { OrganisationType, callingPerson } from './organisation.ts';

mutation({
  name: 'organisationCreate',
  kind: null,
  scope: 'person:self',
  cost: 100,
  description:
    'Creates an organisation with the person who is signed in as its owner. Safe to repeat with the same idempotencyKey.',
  errors: [
    ...(['BUSY', 'REQUIRED', 'TOO_LONG', 'MALFORMED', 'SLUG_TAKEN'] as const),
    ...(['LIMIT_EXCEEDED', 'IDEMPOTENCY_KEY_REUSED'] as const),
  ],
  input: (t) => ({
    name: t.string({ required: true, description: 'Name, 1 to 128 characters.' }),
    slug: t.string({
      required: true,
      description: 'Name in addresses: 3 to 40 lower-case letters, digits and hyphens; unique.',
    }),
    idempotencyKey: onceKeyInput(t),
  }),
  payload: (t) => ({
    organisation: t.field({
      type: OrganisationType,
      nullable: true,
      description: 'The organisation; null when there are userErrors.',
      resolve: ({ organisation }) => organisation,
    }),
  }),
  empty: { organisation: null as Organisation | null },
  resolve: async (context, { idempotencyKey, ...input }) => {
    const { person } = callingPerson(context);
    const write = { owner: [person.id], kind: 'organisationCreate', idempotencyKey, input };
    const organisation = await context.once.run(write, (effectId) =>
      context.organisations.create(person, input, effectId),
    );
    return { organisation };
  },
});
