/** Shows operators the members of their program. */
import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../domain/program.ts';
import { UserError } from '../../domain/errors.ts';
import { MAX_ID_CHARACTERS } from '../../domain/ids.ts';
import type { MemberOrder } from '../../ports/stores/members.ts';
import type { MemberPlace } from '../../services/members/memberList.ts';
import { builder, ofOwnProgram } from '../core/builder.ts';
import { AFTER, FIRST } from '../core/connection.ts';
import type { GraphqlContext } from '../core/context.ts';
import { badCursor, openCursor, type ListName } from '../core/cursor.ts';
import { pageRows, toPage } from '../core/pages.ts';
import { ProgramType } from '../programs/program.ts';
import { MemberType } from './member.ts';

const ONLY_READERS = { 'members:read': true } as const;
const MEMBERS_COST = 60;
const LAST_ACTIVITY_COST = 40;
const SETTLED_COST = 10;

const MemberOrderEnum = builder.enumType('MemberOrder', {
  description: 'Order of a list of members.',
  values: {
    MEMBER_ID: { description: "By the app's own ids, by their bytes in UTF-8." },
    NEWEST_ACTIVITY: {
      description: 'Those with actions in the newest epoch first; within an epoch in no order.',
    },
  } as const,
});

builder.objectFields(MemberType, (t) => ({
  lastActivityAt: t.field({
    extensions: { cost: LAST_ACTIVITY_COST },
    type: 'DateTime',
    nullable: true,
    description:
      'Time at which an action of the member was recorded or voided last; null for a moment after the first one.',
    resolve: ({ id }, _args, { memberList, program }) => memberList.lastActivityMs(program, id),
  }),
  settled: t.field({
    extensions: { cost: SETTLED_COST },
    type: 'Points',
    description:
      'Points in the accounts of the member, as `balance.settled`, which asks for much more. Source: Transfer events of the chain.',
    resolve: (member, _args, { memberList, program }) => memberList.settledOf(program, member),
  }),
}));

const MemberEdge = builder.edgeObject({
  type: MemberType,
  name: 'MemberEdge',
  description: 'Member with its cursor.',
  authScopes: ONLY_READERS,
});
const MemberConnection = builder.connectionObject(
  {
    type: MemberType,
    name: 'MemberConnection',
    description: 'Page of members.',
    authScopes: ONLY_READERS,
  },
  MemberEdge,
);

function openPlace(list: ListName, after: string | null | undefined): MemberPlace | null {
  const text = openCursor(list, after);
  if (text === null) return null;
  const match = /^(\d{1,10})\.([\w-]{1,64})$/.exec(text);
  if (match === null) throw badCursor();
  return { activeEpoch: Number(match[1]), id: match[2] ?? '' };
}

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** The account that a search names; null for any other search. */
function accountOf(search: string | null, { calls }: GraphqlContext): Address | null {
  if (search === null || !ADDRESS.test(search)) return null;
  return calls.checksummed(search.toLowerCase() as Address);
}

function checkedSearch(search: string | null | undefined): string | null {
  if (search == null || search === '') return null;
  const characters = [...search].length;
  if (characters <= MAX_ID_CHARACTERS) return search;
  throw new UserError({
    code: 'TOO_LONG',
    field: 'search',
    message: `search has ${characters} characters; it must have at most ${MAX_ID_CHARACTERS}.`,
  });
}

const listName = (program: Program, search: string | null, order: MemberOrder): ListName => [
  'Member',
  // A cursor of one order means nothing in the other. Any search goes by id.
  `${program.id}.${search === null ? order : 'MEMBER_ID'}`,
];

builder.objectField(ProgramType, 'members', (t) =>
  t.field({
    extensions: { cost: MEMBERS_COST },
    type: MemberConnection,
    authScopes: ofOwnProgram('members:read'),
    description:
      'Members who did something. A new one is listed a moment after its first action. Errors: OUT_OF_RANGE, MALFORMED, TOO_LONG.',
    args: {
      search: t.arg.string({
        description:
          "Beginning of the app's own ids, in capital and small letters as they are; or an account, which finds its member. Left out for all.",
      }),
      order: t.arg({
        type: MemberOrderEnum,
        description:
          'Order of the list; NEWEST_ACTIVITY when left out. What is found by `search` is in the order MEMBER_ID.',
      }),
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: async (program, { search: given, order: asked, first, after }, context) => {
      const search = checkedSearch(given);
      const order = asked ?? 'NEWEST_ACTIVITY';
      const list = listName(program, search, order);
      const account = accountOf(search, context);
      const place = openPlace(list, after);
      const page = { search, account, order, first: pageRows(first), after: place };
      const found = await context.memberList.list(program, page);
      if (found === null) throw badCursor();
      const epochOf = new Map(found.rows.map((row) => [row.member.id, row.activeEpoch]));
      return toPage(
        list,
        found.rows.map(({ member }) => member),
        ({ id }) => `${epochOf.get(id) ?? 0}.${id}`,
        found.hasNextPage,
      );
    },
  }),
);
