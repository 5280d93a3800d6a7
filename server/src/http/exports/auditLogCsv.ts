import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify, type ColumnOption } from 'csv-stringify';
import type { Request, RequestHandler } from 'express';
import { UserError } from '../../domain/errors.ts';
import { readTime } from '../../domain/times.ts';
import { createContext, noKey, type ServiceDirectory } from '../../graphql/core/context.ts';
import { encodeGlobalId } from '../../graphql/core/globalId.ts';
import type { AuditFilter } from '../../ports/stores/access.ts';
import type { AuditView } from '../../services/auditLog/auditLog.ts';
import { scopeMissing } from '../../graphql/core/builder.ts';
import type { CallerOf } from '../core/findCaller.ts';

const iso = (ms: number | undefined): string =>
  ms === undefined ? '' : new Date(ms).toISOString();

/** Every column with what it has of a call. */
const COLUMNS: Readonly<Record<string, (call: AuditView) => string | number>> = {
  seq: ({ seq }) => seq,
  at: ({ atMs }) => iso(atMs),
  environment: ({ environment }) => environment,
  programId: ({ programId }) => (programId === null ? '' : encodeGlobalId('Program', programId)),
  mutation: ({ mutation }) => mutation,
  actorKind: ({ actor }) => actor.kind,
  actorId: ({ actor }) => actor.id,
  actorName: ({ actor }) => actor.name,
  ip: ({ from }) => from.ip ?? '',
  userAgent: ({ from }) => from.userAgent ?? '',
  requestId: ({ from }) => from.requestId ?? '',
  input: ({ input }) => input,
  before: ({ before }) => before ?? '',
  previousHash: ({ previousHash }) => previousHash,
  hash: ({ hash }) => hash,
  answerSeq: ({ answer }) => answer?.seq ?? '',
  answeredAt: ({ answer }) => iso(answer?.atMs),
  userErrors: ({ answer }) => answer?.outcome.userErrors.map(({ code }) => code).join(' ') ?? '',
  error: ({ answer }) => answer?.outcome.error ?? '',
  transactionId: ({ answer }) => answer?.outcome.transactionId ?? '',
  after: ({ answer }) => answer?.after ?? '',
  answerHash: ({ answer }) => answer?.hash ?? '',
};

const columns: ColumnOption[] = Object.keys(COLUMNS).map((key) => ({ key, header: key }));

const rowOf = (call: AuditView): Record<string, string | number> =>
  Object.fromEntries(Object.entries(COLUMNS).map(([name, of]) => [name, of(call)]));

function momentOf({ query }: Request, name: 'since' | 'until'): number | null {
  const value = query[name];
  if (value === undefined) return null;
  const ms = readTime(value);
  if (ms !== null) return ms;
  throw new UserError({
    code: 'MALFORMED',
    field: name,
    message: `${name} must be an ISO 8601 date and time with offset, such as "2026-03-01T12:00:00Z".`,
  });
}

function filterOf(request: Request): AuditFilter {
  const { mutation } = request.query;
  return {
    sinceMs: momentOf(request, 'since'),
    untilMs: momentOf(request, 'until'),
    mutation: typeof mutation === 'string' ? mutation : null,
  };
}

const isPrematureClose = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

/**
 * Creates the file of the audit log: what `auditLog` lists, newest first, without an end. It is written while it is read, and no
 * cell of it is taken for a formula by a spreadsheet.
 */
export function createAuditLogCsv(services: ServiceDirectory, callerOf: CallerOf): RequestHandler {
  return async (request, response) => {
    const caller = callerOf.get(request) ?? null;
    if (caller === null) throw noKey();
    const { may, organisationId, auditLog } = createContext(services, caller);
    if (!may('organisation:read')) throw scopeMissing(caller, '/exports/audit-log.csv');
    const calls = auditLog.all(organisationId, filterOf(request));
    response.type('csv').attachment('audit-log.csv');
    const written = pipeline(
      Readable.from(calls),
      async function* (list: AsyncIterable<AuditView>) {
        for await (const call of list) yield rowOf(call);
      },
      stringify({ header: true, columns, escape_formulas: true, bom: true }),
      response,
    );
    await written.catch((error: unknown) => {
      // The reader has gone away, which is no failure of ours.
      if (!isPrematureClose(error)) throw error;
    });
  };
}
