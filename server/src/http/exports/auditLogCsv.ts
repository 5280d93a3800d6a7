import type { Request, RequestHandler } from 'express';
import { UserError } from '../../domain/errors.ts';
import { readTime } from '../../domain/times.ts';
import { createContext, noKey, type ServiceDirectory } from '../../graphql/core/context.ts';
import { encodeGlobalId } from '../../graphql/core/globalId.ts';
import type { AuditFilter } from '../../ports/stores/access.ts';
import type { AuditView } from '../../services/auditLog/auditLog.ts';
import { scopeMissing } from '../../graphql/core/builder.ts';
import type { CallerOf } from '../core/findCaller.ts';
import { sendCsv, type Cell } from './csv.ts';

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

async function* rowsOf(calls: AsyncIterable<AuditView>): AsyncIterable<Cell[]> {
  for await (const call of calls) yield Object.values(COLUMNS).map((of) => of(call));
}

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

/**
 * Creates the file of the audit log: what `auditLog` lists, newest first, without an end.
 */
export function createAuditLogCsv(services: ServiceDirectory, callerOf: CallerOf): RequestHandler {
  return async (request, response) => {
    const caller = callerOf.get(request) ?? null;
    if (caller === null) throw noKey();
    const { may, organisationId, auditLog } = createContext(services, caller);
    if (!may('organisation:read')) throw scopeMissing(caller, '/exports/audit-log.csv');
    const calls = auditLog.all(organisationId, filterOf(request));
    await sendCsv(response, 'audit-log', Object.keys(COLUMNS), rowsOf(calls));
  };
}
