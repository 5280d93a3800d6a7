import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { ServiceError, UserError } from '../../domain/errors.ts';
import { formatMoney, type Money } from '../../domain/money.ts';
import type { Program } from '../../domain/program.ts';
import type { Scope } from '../../ports/stores/access.ts';
import { noKey, type GraphqlContext } from './context.ts';
import {
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

interface SchemaTypes {
  Context: GraphqlContext;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  AuthScopes: Record<Scope | 'public', boolean>;
  Scalars: {
    ID: { Input: string; Output: string };
    Points: { Input: bigint; Output: bigint };
    Money: { Input: string; Output: Money };
    Amount: { Input: number; Output: bigint };
    UInt: { Input: number; Output: number };
    Address: { Input: Address; Output: Address };
    Hex: { Input: Hex; Output: Hex };
    DateTime: { Input: number; Output: number };
  };
}

/** Facts of the chain that anybody may read, with a key or without: a decision of its own for each type or field. */
export const PUBLIC = { public: true } as const;
/** Scopes that open what several parts of the API show: rules, receipts, page turning. */
export const ANY_READER = {
  $any: { 'program:read': true, 'members:read': true, 'members:write': true },
} as const;
/** Scopes that open what mutations answer with. */
export const ANY_CALLER = {
  $any: {
    'actions:write': true,
    'program:read': true,
    'program:write': true,
    'members:read': true,
    'members:write': true,
  },
} as const;

/** What holders have on chain: it names accounts, so it is for those who know the members, and for the operator. */
export const ANY_HOLDER_READER = {
  $any: {
    'program:read': true,
    'program:write': true,
    'members:read': true,
    'members:write': true,
  },
} as const;

const has = ({ caller }: GraphqlContext, scope: Scope): boolean =>
  caller !== null && caller.key.scopes.includes(scope);

/** Scopes of a program's field that is not public: they count for the program of the key and for no other. */
export const ofOwnProgram =
  (scope: Scope) =>
  (program: Pick<Program, 'id'>, _args: unknown, context: GraphqlContext): boolean =>
    context.caller?.program.id === program.id && has(context, scope);

/** The one schema builder. Fields are non-null unless they say otherwise; types without a scope fail a test. */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ScopeAuthPlugin, RelayPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authScopes: (context) => ({
      public: true,
      'actions:write': has(context, 'actions:write'),
      'members:read': has(context, 'members:read'),
      'members:write': has(context, 'members:write'),
      'program:read': has(context, 'program:read'),
      'program:write': has(context, 'program:write'),
    }),
    unauthorizedError: (_parent, { caller }, info) =>
      caller === null
        ? noKey()
        : new ServiceError({
            code: 'FORBIDDEN',
            message: `The key ${caller.key.id} has none of the scopes that ${info.parentType.name}.${info.fieldName} of this program needs; it has: ${caller.key.scopes.join(', ')}.`,
          }),
  },
  relay: {
    cursorType: 'String',
    encodeGlobalID: encodeGlobalId,
    decodeGlobalID: decodeGlobalId,
    nodeTypeOptions: {
      description: 'Anything that has an id of its own.',
      // Types inherit it, public ones too; each of them says for itself who may read it.
      authScopes: PUBLIC,
    },
    nodeQueryOptions: {
      description:
        'An object of this program by its global id; null when the program has no such object. Errors: MALFORMED.',
      authScopes: ANY_READER,
      nullable: true,
      extensions: { cost: 20 },
    },
    nodesQueryOptions: {
      description: `Objects of this program by their global ids, in the order asked for, at most ${MAX_PAGE_ROWS}; null for each that the program does not have. Errors: MALFORMED, LIMIT_EXCEEDED.`,
      authScopes: ANY_READER,
      resolve: (_root, { ids }, _context, _info, resolveNodes) => {
        if (ids.length > MAX_PAGE_ROWS) {
          throw new UserError({
            code: 'LIMIT_EXCEEDED',
            message: `${ids.length} ids are more than ${MAX_PAGE_ROWS}.`,
            field: 'ids',
          });
        }
        return resolveNodes([...ids]);
      },
    },
    pageInfoTypeOptions: {
      description: 'Where a page of a connection begins and ends.',
      authScopes: PUBLIC,
    },
    pageInfoFieldOptions: { description: 'Where this page begins and ends.' },
    hasNextPageFieldOptions: { description: 'Whether there is a page after this one.' },
    hasPreviousPageFieldOptions: { description: 'Always false: pages turn forward only.' },
    startCursorFieldOptions: { description: 'Cursor of the first row; null for an empty page.' },
    endCursorFieldOptions: {
      description: 'Cursor of the last row, for `after`; null for an empty page.',
    },
    edgesFieldOptions: { description: 'Rows with their cursors.', nullable: false },
    nodeFieldOptions: { description: 'The row itself.', nullable: false, extensions: { cost: 20 } },
    cursorFieldOptions: { description: 'Opaque place of this row, for `after`.' },
    idFieldOptions: { description: 'Global id, for `node`. Opaque.' },
    defaultConnectionTypeOptions: { authScopes: ANY_READER },
    defaultEdgeTypeOptions: { authScopes: ANY_READER },
  },
});

builder.queryType({
  description:
    'What belongs to the program of the API key, and public facts of any program, which need no key.',
});
builder.mutationType({
  description: 'One mutation for each business act; all of them are safe to repeat.',
});

builder.scalarType('Points', {
  description:
    'Points as decimal string with two decimals, such as "12.50". Never a float. Given with up to two decimals.',
  serialize: formatPoints,
  parseValue: parsePoints,
  parseLiteral: (node) => parsePoints(literalOf(node)),
});
builder.scalarType('Money', {
  description:
    'Amount of the settlement token of the program as decimal string, such as "0.050000": whole tokens, with all decimals of the token. Never a float. Given with at most as many decimals as the token has.',
  serialize: formatMoney,
  parseValue: parseMoney,
  parseLiteral: (node) => parseMoney(literalOf(node)),
});
builder.scalarType('Amount', {
  description:
    'Whole number from 0 to 10^15 in the smallest unit that the app counts in, such as cents. Given as JSON integer or decimal string; answered as decimal string. Sums may be larger.',
  serialize: String,
  parseValue: parseAmount,
  parseLiteral: (node) => parseAmount(literalOf(node)),
});
builder.scalarType('UInt', {
  description:
    'Whole number from 0 to 2^53 - 1 as JSON integer: epochs, versions, block numbers, counts.',
  serialize: Number,
  parseValue: parseUInt,
  parseLiteral: (node) => parseUInt(literalOf(node)),
});
builder.scalarType('Address', {
  description:
    'Address of an account or a contract: 0x and 40 hex digits, checksummed (EIP-55). Given in lower case or with the right checksum.',
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
    'ISO 8601 date and time with its offset, such as "2026-03-01T12:00:00Z"; to the millisecond. Answered in UTC.',
  serialize: (ms) => new Date(ms).toISOString(),
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(literalOf(node)),
});
