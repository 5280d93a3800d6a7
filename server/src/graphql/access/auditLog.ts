import { UserError } from '../../domain/errors.ts';
import type { AuditActor, AuditBreak } from '../../domain/organisations/auditLog.ts';
import type { AnsweredEntry } from '../../ports/stores/access.ts';
import type { AuditCheck, AuditView } from '../../services/auditLog/auditLog.ts';
import { builder } from '../core/builder.ts';
import { AFTER, FIRST, rowConnection } from '../core/connection.ts';
import { EnvironmentEnum } from '../core/environmentEnum.ts';
import { encodeGlobalId } from '../core/globalId.ts';
import { numberCursor, pageRows, toPage } from '../core/pages.ts';
import { ErrorCodeEnum } from '../errors/userErrors.ts';

const READERS = { 'organisation:read': true } as const;
/** The most errors of a call that are worth counting: most have one. */
const MAX_SHOWN_ERRORS = 20;
/** A check reads every entry: as much as a query without a limit may cost, so that a request has one. */
const CHECK_COST = 5_000;

const ActorKindEnum = builder.enumType('AuditActorKind', {
  description: 'What kind of caller it was.',
  values: {
    KEY: { description: 'An app, by an API key.' },
    PERSON: { description: 'A person who was signed in.' },
    MEMBER: { description: 'A member, by a session of its own.' },
  } as const,
});

const ActorType = builder.objectRef<AuditActor>('AuditActor').implement({
  description: 'Who asked.',
  authScopes: READERS,
  fields: (t) => ({
    kind: t.expose('kind', { type: ActorKindEnum, description: 'What kind of caller it was.' }),
    id: t.exposeString('id', { description: 'Id of the key, the person or the session.' }),
    name: t.exposeString('name', {
      description:
        'What the key is for, or the name of the person, as it was then; of a member its account.',
    }),
  }),
});

const ErrorType = builder
  .objectRef<AnsweredEntry['outcome']['userErrors'][number]>('AuditError')
  .implement({
    description: 'Error because of which nothing was done.',
    authScopes: READERS,
    fields: (t) => ({
      field: t.exposeString('field', { nullable: true, description: 'Path in the input.' }),
      code: t.expose('code', { type: ErrorCodeEnum, description: 'Code of the error.' }),
    }),
  });

const AnswerType = builder.objectRef<AnsweredEntry>('AuditAnswer').implement({
  description: 'How a call ended: an entry of its own in the log.',
  authScopes: READERS,
  fields: (t) => ({
    seq: t.expose('seq', { type: 'UInt', description: 'Number of the entry.' }),
    at: t.expose('atMs', { type: 'DateTime', description: 'When it ended.' }),
    userErrors: t.field({
      type: [ErrorType],
      extensions: { rows: MAX_SHOWN_ERRORS },
      description: 'Why nothing was done; empty when it was.',
      resolve: ({ outcome }) => [...outcome.userErrors],
    }),
    error: t.field({
      type: ErrorCodeEnum,
      nullable: true,
      description: 'What the call failed with as a whole; null unless it did.',
      resolve: ({ outcome }) => outcome.error,
    }),
    transactionId: t.string({
      nullable: true,
      description: 'Id of the transaction that it sent, for `transaction`; null when it sent none.',
      resolve: ({ outcome }) => outcome.transactionId,
    }),
    after: t.exposeString('after', {
      nullable: true,
      description: 'State of what it changed once it had ended, as JSON; null where there is none.',
    }),
    hash: t.exposeString('hash', { description: 'Hash of the entry.' }),
  }),
});

const EntryType = builder.objectRef<AuditView>('AuditEntry').implement({
  description: 'Call of a mutation for the organisation, as it was written down before it began.',
  authScopes: READERS,
  fields: (t) => ({
    seq: t.expose('seq', {
      type: 'UInt',
      description: 'Number of the entry in the log of the organisation; answers have numbers too.',
    }),
    at: t.expose('atMs', { type: 'DateTime', description: 'When it was asked.' }),
    environment: t.expose('environment', {
      type: EnvironmentEnum,
      description: 'Environment of the request.',
    }),
    programId: t.id({
      nullable: true,
      description: 'Id of the program of the request; null when it named none.',
      resolve: ({ programId }) =>
        programId === null ? null : encodeGlobalId('Program', programId),
    }),
    mutation: t.exposeString('mutation', { description: 'Name of the mutation.' }),
    actor: t.field({ type: ActorType, description: 'Who asked.', resolve: ({ actor }) => actor }),
    ip: t.string({
      nullable: true,
      description: 'Address that the request came from, behind the proxies that are trusted.',
      resolve: ({ from }) => from.ip,
    }),
    userAgent: t.string({
      nullable: true,
      description: 'Program that sent the request, as it said.',
      resolve: ({ from }) => from.userAgent,
    }),
    requestId: t.string({
      nullable: true,
      description: 'Id of the request, as in the log of the service and in `x-request-id`.',
      resolve: ({ from }) => from.requestId,
    }),
    input: t.exposeString('input', {
      description:
        'Input as JSON, without secrets, signatures, ids of members and notes; long texts are shortened.',
    }),
    before: t.exposeString('before', {
      nullable: true,
      description: 'State of what it was to change, as JSON; null where there is none.',
    }),
    previousHash: t.exposeString('previousHash', {
      description: 'Hash of the entry before; 64 zeros for the first.',
    }),
    hash: t.exposeString('hash', {
      description: 'SHA-256 over the canonical JSON of all other fields of the entry.',
    }),
    answer: t.field({
      type: AnswerType,
      nullable: true,
      description:
        'How it ended; null while it runs, and when the server died before it ended: repeating the call under its idempotencyKey finishes it.',
      resolve: ({ answer }) => answer,
    }),
  }),
});

const AuditConnection = rowConnection(EntryType, {
  name: 'Audit',
  order: 'Calls of mutations for the organisation, newest first.',
  scopes: READERS,
});

const BreakKindEnum = builder.enumType('AuditBreakKind', {
  description: 'How a log is not as it was written.',
  values: {
    MISSING: { description: 'Entries before this number, or from it on at the end, are gone.' },
    CHANGED: { description: 'The entry is not what was written.' },
    UNCHAINED: { description: 'The entry follows on another one than the one before it.' },
  } as const,
});

const BreakType = builder.objectRef<AuditBreak>('AuditBreak').implement({
  description: 'Where a log is not as it was written.',
  authScopes: READERS,
  fields: (t) => ({
    seq: t.expose('seq', { type: 'UInt', description: 'Number of the entry at which it shows.' }),
    kind: t.expose('kind', { type: BreakKindEnum, description: 'How.' }),
  }),
});

const CheckType = builder.objectRef<AuditCheck>('AuditCheck').implement({
  description: 'Check of every entry of the log against the one before.',
  authScopes: READERS,
  fields: (t) => ({
    whole: t.boolean({
      description: 'Whether no entry is missing or changed.',
      resolve: ({ broken }) => broken === null,
    }),
    entries: t.expose('entries', { type: 'UInt', description: 'Entries that are as written.' }),
    headSeq: t.field({
      type: 'UInt',
      description: 'Number of the last of them; 0 for an empty log.',
      resolve: ({ head }) => head.seq,
    }),
    headHash: t.string({
      description:
        'Its hash. Kept elsewhere, it shows later whether the log up to there was written anew.',
      resolve: ({ head }) => head.hash,
    }),
    broken: t.field({
      type: BreakType,
      nullable: true,
      description: 'The first place that is not as it was written; null when the log is whole.',
      resolve: ({ broken }) => broken,
    }),
  }),
});

builder.queryField('auditLog', (t) =>
  t.field({
    type: AuditConnection,
    authScopes: READERS,
    extensions: { cost: 20 },
    description:
      'Lists what was asked of the organisation and of the operators of its programs, and what members exported of their keys, in all environments; as a file at `/exports/audit-log.csv`. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
      since: t.arg({ type: 'DateTime', description: 'The first moment; left out for all.' }),
      until: t.arg({
        type: 'DateTime',
        description: 'The moment after the last; left out for all.',
      }),
      mutation: t.arg.string({ description: 'Name of a mutation; left out for all.' }),
    },
    resolve: async (_root, { first, after, since, until, mutation }, context) => {
      const list = ['AuditEntry', context.organisationId] as const;
      const rows = pageRows(first);
      if (since != null && until != null && until <= since) {
        const message = 'until is not later than since; it must be.';
        throw new UserError({ code: 'OUT_OF_RANGE', field: 'until', message });
      }
      const found = await context.auditLog.list(
        context.organisationId,
        { sinceMs: since ?? null, untilMs: until ?? null, mutation: mutation ?? null },
        { below: numberCursor(list, after), limit: rows + 1 },
      );
      return toPage(list, found.slice(0, rows), ({ seq }) => String(seq), found.length > rows);
    },
  }),
);

builder.queryField('auditLogCheck', (t) =>
  t.field({
    type: CheckType,
    authScopes: READERS,
    extensions: { cost: CHECK_COST },
    description: 'Checks that no entry of the audit log of the organisation is missing or changed.',
    resolve: (_root, _args, { auditLog, organisationId }) => auditLog.check(organisationId),
  }),
);
