import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { ServiceError, UserError } from '../../domain/errors.ts';
import { formatMoney, type Money } from '../../domain/money.ts';
import type { Program } from '../../domain/program.ts';
import type { CallerScope } from '../../domain/organisations/scopes.ts';
import type { Caller } from '../../services/access/callers.ts';
import { noKey, type GraphqlContext } from './context.ts';
import {
  anyLiteralOf,
  formatPoints,
  literalOf,
  parseAddress,
  parseAmount,
  parseDateTime,
  parseHex,
  parseMoney,
  parsePoints,
  parseUInt,
} from './scalars.ts';
import { decodeGlobalId, encodeGlobalId } from './globalId.ts';
import { MAX_PAGE_ROWS } from './pages.ts';

/** What opens a field: a scope of the caller, or nothing at all. */
export type OpenTo = CallerScope | 'public';

interface SchemaTypes {
  Context: GraphqlContext;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  AuthScopes: Record<OpenTo, boolean>;
  Scalars: {
    ID: { Input: string; Output: string };
    Points: { Input: bigint; Output: bigint };
    Money: { Input: string; Output: Money };
    Amount: { Input: number; Output: bigint };
    UInt: { Input: number; Output: number };
    Address: { Input: Address; Output: Address };
    Hex: { Input: Hex; Output: Hex };
    DateTime: { Input: number; Output: number };
    SentText: { Input: unknown; Output: unknown };
    SentNumber: { Input: unknown; Output: unknown };
    SentTime: { Input: unknown; Output: unknown };
  };
}

/** Opens what is public on chain to every caller, with a key or without: decided for each type or field. */
export const PUBLIC = { public: true } as const;
/** Opens what several parts of the API show: nodes, connections, pages. */
export const ANY_READER = {
  $any: { 'program:read': true, 'members:read': true, 'members:write': true },
} as const;
/** Opens what mutations answer with. */
export const ANY_CALLER = {
  $any: {
    'actions:write': true,
    'program:read': true,
    'program:write': true,
    'members:read': true,
    'members:write': true,
    'member:self': true,
  },
} as const;

/**
 * Opens what holders have on chain. It names accounts, so only operators' and apps' keys may read it, and a member what is its own:
 * the fields that lead there are its alone.
 */
export const ANY_HOLDER_READER = {
  $any: {
    'program:read': true,
    'program:write': true,
    'members:read': true,
    'members:write': true,
    'member:self': true,
  },
} as const;
/** Opens what a member is and has, to apps for all members, and to a session of a member for that one, which is all that it is shown. */
export const MEMBER_READERS = { $any: { 'members:read': true, 'member:self': true } } as const;

/** Opens a field of a program that is not public, to callers of this program with the scope. */
export const ofOwnProgram =
  (scope: CallerScope) =>
  (program: Pick<Program, 'id'>, _args: unknown, context: GraphqlContext): boolean =>
    context.caller?.program?.id === program.id && context.may(scope);

const whoIs = (caller: Caller): string => {
  if (caller.kind === 'KEY') return `The key ${caller.key.id}`;
  return caller.kind === 'PERSON' ? `${caller.person.name}` : 'A session of a member';
};

/** Refuses a caller without a scope. @param what What it asked for. */
export const scopeMissing = (caller: Caller, what: string): ServiceError =>
  new ServiceError({
    code: 'FORBIDDEN',
    message: `${whoIs(caller)} has none of the scopes that ${what} needs; it has: ${[...caller.scopes].join(', ')}.`,
  });

/** Builds the schema. Fields are non-null unless they say otherwise; a type without a scope fails a test. */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ScopeAuthPlugin, RelayPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authScopes: ({ may }) => ({
      public: true,
      'actions:write': may('actions:write'),
      'members:read': may('members:read'),
      'members:write': may('members:write'),
      'orders:write': may('orders:write'),
      'program:read': may('program:read'),
      'program:write': may('program:write'),
      'webhooks:write': may('webhooks:write'),
      'organisation:read': may('organisation:read'),
      'organisation:write': may('organisation:write'),
      'member:self': may('member:self'),
      'person:self': may('person:self'),
    }),
    unauthorizedError: (_parent, { caller }, info) =>
      caller === null
        ? noKey()
        : scopeMissing(caller, `${info.parentType.name}.${info.fieldName} of this program`),
  },
  relay: {
    cursorType: 'String',
    encodeGlobalID: encodeGlobalId,
    decodeGlobalID: decodeGlobalId,
    nodeTypeOptions: {
      description: 'Object with a global id.',
      // Types inherit it, public ones too; each of them says for itself who may read it.
      authScopes: PUBLIC,
    },
    nodeQueryOptions: {
      description:
        'Returns an object of the program of the API key by its global id; null when the program has no such object. Errors: MALFORMED.',
      authScopes: ANY_READER,
      nullable: true,
      extensions: { cost: 20 },
    },
    nodesQueryOptions: {
      description: `Returns objects of the program of the API key by their global ids, at most ${MAX_PAGE_ROWS}, in the order of the ids; null for each that the program does not have. Errors: MALFORMED, LIMIT_EXCEEDED.`,
      authScopes: ANY_READER,
      extensions: { rowCost: 20 },
      resolve: (_root, { ids }, _context, _info, resolveNodes) => {
        if (ids.length > MAX_PAGE_ROWS) {
          throw new UserError({
            code: 'LIMIT_EXCEEDED',
            message: `ids has ${ids.length} ids; it must have at most ${MAX_PAGE_ROWS}.`,
            field: 'ids',
          });
        }
        return resolveNodes([...ids]);
      },
    },
    pageInfoTypeOptions: {
      description: 'Position of a page within its connection.',
      authScopes: PUBLIC,
    },
    pageInfoFieldOptions: { description: 'Position of this page within the connection.' },
    hasNextPageFieldOptions: { description: 'Whether another page follows.' },
    hasPreviousPageFieldOptions: { description: 'Always false, as pages are read forward only.' },
    startCursorFieldOptions: { description: 'Cursor of the first row; null for an empty page.' },
    endCursorFieldOptions: {
      description: 'Cursor of the last row, for `after`; null for an empty page.',
    },
    edgesFieldOptions: { description: 'Rows of this page with their cursors.', nullable: false },
    nodeFieldOptions: { description: 'The row.', nullable: false, extensions: { cost: 20 } },
    cursorFieldOptions: { description: 'Opaque cursor of this row, for `after`.' },
    idFieldOptions: { description: 'Opaque global id, for `node`.' },
    defaultConnectionTypeOptions: { authScopes: ANY_READER },
    defaultEdgeTypeOptions: { authScopes: ANY_READER },
  },
});

builder.queryType({
  description:
    'Queries for the program of the API key; the public fields of any program need no key.',
});
builder.mutationType({
  description: 'Mutations of the program of the API key; all of them are safe to repeat.',
});

builder.scalarType('Points', {
  description:
    'Points as a decimal string, such as "12.50". Input takes up to two decimals, output always has two.',
  serialize: formatPoints,
  parseValue: parsePoints,
  parseLiteral: (node) => parsePoints(literalOf(node)),
});
builder.scalarType('Money', {
  description:
    'Amount of the program\'s settlement token in whole tokens as a decimal string, such as "0.050000". Input takes at most as many decimals as the token has, output has all of them.',
  serialize: formatMoney,
  parseValue: parseMoney,
  parseLiteral: (node) => parseMoney(literalOf(node)),
});
builder.scalarType('Amount', {
  description:
    'Whole number from 0 to 10^15 in the smallest unit of the app, such as cents; sums may be larger. Input is a JSON integer or a decimal string, output is a decimal string.',
  serialize: String,
  parseValue: parseAmount,
  parseLiteral: (node) => parseAmount(literalOf(node)),
});
builder.scalarType('UInt', {
  description: 'Whole number from 0 to 2^53 - 1 as a JSON integer.',
  serialize: Number,
  parseValue: parseUInt,
  parseLiteral: (node) => parseUInt(literalOf(node)),
});
builder.scalarType('Address', {
  description:
    'Address of an account or a contract: 0x and 40 hex digits. Input is in lower case or with the right checksum, output has the checksum (EIP-55).',
  serialize: String,
  parseValue: parseAddress,
  parseLiteral: (node) => parseAddress(literalOf(node)),
});
builder.scalarType('Hex', {
  description: 'Bytes as 0x and lower-case hex digits.',
  serialize: String,
  parseValue: parseHex,
  parseLiteral: (node) => parseHex(literalOf(node)),
});
builder.scalarType('DateTime', {
  description:
    'ISO 8601 date and time with offset, such as "2026-03-01T12:00:00Z", to the millisecond. Output is in UTC.',
  serialize: (ms) => new Date(ms).toISOString(),
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(literalOf(node)),
});

/**
 * Scalars of the items of a batch: they take whatever is sent, so that one bad value is refused with its item instead of
 * failing the call. The domain judges it.
 */
for (const [name, wanted] of [
  ['SentText', 'A text'],
  [
    'SentNumber',
    'A whole number, as a JSON integer, or as a decimal string where its field says so',
  ],
  ['SentTime', 'An ISO 8601 date and time with offset, such as "2026-03-01T12:00:00Z"'],
] as const) {
  builder.scalarType(name, {
    description: `${wanted}. Any other value passes here, and rejects the one item that it is in, with its field and what would be right.`,
    serialize: (value) => value,
    parseValue: (value) => value,
    parseLiteral: anyLiteralOf,
  });
}
