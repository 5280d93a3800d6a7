import { mutation } from '../mutations/mutation.ts';
import { DropType, type DropOfMember } from './drop.ts';

mutation({
  name: 'dropsCollect',
  kind: null,
  scope: 'members:write',
  isForMembers: true,
  cost: 200,
  description:
    'Settles the earned points of a member now instead of at the close of their epoch. Safe to repeat.',
  errors: ['NOT_FOUND', 'REQUIRED'],
  input: (t) => ({
    memberId: t.string({
      description: "The app's own id of the member; left out in a session of the member.",
    }),
  }),
  payload: (t) => ({
    drops: t.field({
      extensions: { cost: 100, rows: 40 },
      type: [DropType],
      description:
        'Points that are not settled yet, oldest epoch first: those being settled now and those that still mature.',
      resolve: ({ drops }) => drops,
    }),
  }),
  empty: { drops: [] as readonly DropOfMember[] },
  resolve: async (context, input) => {
    const memberId = context.memberIdOf(input.memberId);
    const { drops, member } = await context.drops.collect(context.program, memberId);
    return { drops: drops.map((drop) => ({ ...drop, externalId: memberId, member })) };
  },
});
