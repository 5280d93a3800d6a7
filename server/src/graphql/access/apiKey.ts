import { UserError } from '../../domain/errors.ts';
import { KEY_SCOPES, type KeyScope } from '../../domain/organisations/scopes.ts';
import type { ApiKeyRecord, KeyHome } from '../../ports/stores/access.ts';
import { builder } from '../core/builder.ts';
import { AFTER, FIRST, rowConnection } from '../core/connection.ts';
import type { GraphqlContext } from '../core/context.ts';
import { badCursor, openCursor } from '../core/cursor.ts';
import { decodeGlobalId } from '../core/globalId.ts';
import { pageRows, toPage } from '../core/pages.ts';
import { ProgramType } from '../programs/program.ts';

const MEANINGS: Readonly<Record<KeyScope, string>> = {
  'actions:write': 'Reports and voids actions.',
  'members:read': 'Reads balances, drops, history, receipts, orders and shares of members.',
  'members:write': 'Collects, objects, tenders, claims, redeems, moves and sends for members.',
  'orders:write': 'Fulfils and refunds orders.',
  'program:read': 'Reads what only its app may know of a program, such as open orders.',
  'program:write': "Does what the operator's key signs: terms, the reserve, items.",
  'webhooks:write': 'Manages webhook endpoints and reads what was sent to them.',
};

/** Scopes in the API: a colon is no part of a name there. */
export const KeyScopeEnum = builder.enumType('ApiKeyScope', {
  description: 'What an API key may be allowed.',
  values: Object.fromEntries(
    KEY_SCOPES.map((scope) => [
      scope.replace(':', '_').toUpperCase(),
      { value: scope, description: `\`${scope}\`: ${MEANINGS[scope]}` },
    ]),
  ),
});

/** Opens the keys to those who may see them, and to those who have just made one. */
const KEY_READERS = { $any: { 'organisation:read': true, 'organisation:write': true } } as const;

export const ApiKeyType = builder.objectRef<ApiKeyRecord>('ApiKey').implement({
  description: 'API key of the organisation. The key itself is shown once, when it is made.',
  authScopes: KEY_READERS,
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Public id, `key_` and 16 hex digits.' }),
    name: t.exposeString('name', { description: 'What it is for, as its maker said.' }),
    scopes: t.field({
      type: [KeyScopeEnum],
      extensions: { rows: KEY_SCOPES.length },
      description: 'What it may do.',
      resolve: ({ scopes }) => [...scopes],
    }),
    program: t.field({
      type: ProgramType,
      nullable: true,
      extensions: { cost: 20 },
      description:
        'The only program that it opens; null for every program of the organisation in the environment.',
      resolve: ({ programId }, _args, { programs }) =>
        programId === null ? null : programs.get(programId),
    }),
    createdAt: t.expose('createdAtMs', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAtMs', {
      type: 'DateTime',
      nullable: true,
      description: 'From then on it is refused; null for a key that does not end by itself.',
    }),
    revokedAt: t.expose('revokedAtMs', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked; null unless it was.',
    }),
    lastUsedAt: t.expose('lastUsedAtMs', {
      type: 'DateTime',
      nullable: true,
      description: 'Last use, up to a minute late; null before the first one.',
    }),
  }),
});

/** Whose keys a request is about. @throws ServiceError UNAUTHENTICATED, ORGANISATION_NOT_NAMED */
export function keyHomeOf({ organisationId, caller }: GraphqlContext): KeyHome {
  return { organisationId, environment: caller?.environment ?? 'test' };
}

/** Reads the program of a key, by its `id` in the API. @throws UserError MALFORMED */
export function programIdOfInput(id: string | null | undefined): string | null {
  if (id == null) return null;
  const { typename, id: programId } = decodeGlobalId(id);
  if (typename === 'Program') return programId;
  throw new UserError({
    code: 'MALFORMED',
    field: 'programId',
    message: 'programId is not the id of a program; it must be the "id" of one of this API.',
  });
}

const ApiKeyConnection = rowConnection(ApiKeyType, {
  name: 'ApiKey',
  order: 'API keys, newest first, with those that are revoked or expired.',
  scopes: KEY_READERS,
});

const POSITION = /^(\d{1,15})\.(key_[0-9a-f]{16})$/;

builder.queryField('apiKeys', (t) =>
  t.field({
    type: ApiKeyConnection,
    authScopes: { 'organisation:read': true },
    extensions: { cost: 20 },
    description:
      'Lists the API keys of the organisation in the environment of the request. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: async (_root, { first, after }, context) => {
      const home = keyHomeOf(context);
      const list = ['ApiKey', `${home.organisationId}:${home.environment}`] as const;
      const rows = pageRows(first);
      const cursor = openCursor(list, after);
      const position = cursor === null ? null : POSITION.exec(cursor);
      if (cursor !== null && position === null) throw badCursor();
      const found = await context.keyManager.page(home, {
        after: position && { createdAtMs: Number(position[1]), id: position[2] ?? '' },
        limit: rows + 1,
      });
      return toPage(
        list,
        found.slice(0, rows),
        ({ createdAtMs, id }) => `${createdAtMs}.${id}`,
        found.length > rows,
      );
    },
  }),
);
