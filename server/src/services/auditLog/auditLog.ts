import { ServiceError, UserError, type ErrorCode, type Refusal } from '../../domain/errors.ts';
import {
  AUDIT_START,
  breakAt,
  redacted,
  type AuditBreak,
  type AuditHead,
  type AuditOutcome,
} from '../../domain/organisations/auditLog.ts';
import { canonicalJson } from '../../domain/organisations/canonicalJson.ts';
import type {
  AnsweredEntry,
  AskedEntry,
  AuditFilter,
  AuditStore,
} from '../../ports/stores/access.ts';
import { createAuditWriter, sha256 } from './auditWriter.ts';

/** A call that is to be written down. */
export interface AuditedCall<Result> extends Pick<
  AskedEntry,
  'organisationId' | 'environment' | 'programId' | 'mutation' | 'actor' | 'from'
> {
  readonly input: unknown;
  /**
   * Reads the state of what the call changes, before it (without a result) and after; null where there is none. What it fails with
   * is written down in its place.
   */
  state(result: Result | null): Promise<unknown>;
  /** Reads how it ended. */
  outcomeOf(result: Result): Pick<AuditOutcome, 'userErrors' | 'transactionId'>;
}

/** A call as it was written down. */
export interface AuditView extends AskedEntry {
  /** Null while it runs, and for ever when its process died: what it did then is seen by repeating it under its idempotencyKey. */
  readonly answer: AnsweredEntry | null;
}

/** What a check of a log found. */
export interface AuditCheck {
  /** Entries that were checked. */
  readonly entries: number;
  /** The last of them: kept elsewhere, it shows later whether anything up to it was written anew. */
  readonly head: AuditHead;
  /** Null when the log is whole. */
  readonly broken: AuditBreak | null;
}

/** The log of what was asked of organisations: who, what, when, from where, before and after. */
export interface AuditLog {
  /**
   * Does a call between two entries: its question is durable before it begins, its answer before its caller gets it. A process that
   * dies in between leaves the question.
   *
   * @throws what the call throws; ServiceError BUSY, DATABASE_UNAVAILABLE when the question can't be written: nothing was done then,
   *   or the answer: the call was done then, and repeating it under its idempotencyKey shows that
   */
  record<Result>(call: AuditedCall<Result>, work: () => Promise<Result>): Promise<Result>;
  /** Lists calls, newest first. @param page.below The `seq` that they are below; null for the first page. */
  list(
    organisationId: string,
    filter: AuditFilter,
    page: { readonly below: number | null; readonly limit: number },
  ): Promise<AuditView[]>;
  /** Goes through all calls, newest first, without holding more than a page of them. */
  all(organisationId: string, filter: AuditFilter): AsyncGenerator<AuditView>;
  /** Checks every entry against the one before, and the end against what was noted of it. */
  check(organisationId: string): Promise<AuditCheck>;
}

const PAGE_ROWS = 500;

const NOT_DONE: AuditOutcome = { userErrors: [], transactionId: null, error: 'INTERNAL' };

const codeOf = (error: unknown): ErrorCode =>
  error instanceof ServiceError ? error.code : 'INTERNAL';

const codesOf = (refusals: readonly Refusal[]): AuditOutcome['userErrors'] =>
  refusals.map(({ field, code }) => ({ field, code }));

const outcomeOfError = (error: unknown): AuditOutcome =>
  error instanceof UserError
    ? { ...NOT_DONE, userErrors: codesOf(error.refusals), error: null }
    : { ...NOT_DONE, error: codeOf(error) };

export function createAuditLog(deps: {
  auditEntries: AuditStore;
  wallNowMs: () => number;
}): AuditLog {
  const { auditEntries, wallNowMs } = deps;
  const writer = createAuditWriter(auditEntries);

  /** A state that can't be read keeps nobody from the call. */
  async function stateOf<Result>(
    { state }: AuditedCall<Result>,
    result: Result | null,
  ): Promise<string | null> {
    const read = await state(result).catch((error: unknown) => ({ unread: codeOf(error) }));
    return read == null ? null : canonicalJson(redacted(read));
  }

  async function list(
    organisationId: string,
    filter: AuditFilter,
    page: { readonly below: number | null; readonly limit: number },
  ): Promise<AuditView[]> {
    const asked = await auditEntries.listAsked(organisationId, filter, page);
    const seqs = asked.map(({ seq }) => seq);
    const answers = await auditEntries.findAnswers(organisationId, seqs);
    const bySeq = new Map(answers.map((answer) => [answer.askedSeq, answer]));
    return asked.map((entry) => ({ ...entry, answer: bySeq.get(entry.seq) ?? null }));
  }

  return {
    record: async (call, work) => {
      const { organisationId, environment, programId, mutation, actor, from } = call;
      const { seq: askedSeq } = await writer.append({
        ...{ kind: 'ASKED', organisationId, environment, programId, mutation, actor, from },
        atMs: wallNowMs(),
        input: canonicalJson(redacted(call.input)),
        before: await stateOf(call, null),
      });
      const answer = async (outcome: AuditOutcome, after: string | null): Promise<void> => {
        const atMs = wallNowMs();
        await writer.append({ kind: 'ANSWERED', organisationId, atMs, askedSeq, outcome, after });
      };
      let result;
      try {
        result = await work();
      } catch (error) {
        await answer(outcomeOfError(error), null);
        throw error;
      }
      const { userErrors, transactionId } = call.outcomeOf(result);
      const isDone = userErrors.length === 0;
      await answer(
        { userErrors, transactionId, error: null },
        isDone ? await stateOf(call, result) : null,
      );
      return result;
    },
    list,
    all: async function* (organisationId, filter) {
      let below: number | null = null;
      for (;;) {
        const rows: AuditView[] = await list(organisationId, filter, { below, limit: PAGE_ROWS });
        yield* rows;
        if (rows.length < PAGE_ROWS) return;
        below = rows.at(-1)?.seq ?? null;
      }
    },
    check: async (organisationId) => {
      // Read before the entries: what is added meanwhile is behind it.
      const noted = (await auditEntries.head(organisationId)) ?? AUDIT_START;
      let head = AUDIT_START;
      let entries = 0;
      for (;;) {
        const rows = await auditEntries.listAll(organisationId, head.seq, PAGE_ROWS);
        for (const entry of rows) {
          const broken = breakAt(head, entry, sha256);
          if (broken !== null) return { entries, head, broken };
          head = { seq: entry.seq, hash: entry.hash };
          entries += 1;
          if (head.seq === noted.seq && head.hash !== noted.hash) {
            return { entries, head, broken: { seq: head.seq, kind: 'CHANGED' } };
          }
        }
        if (rows.length < PAGE_ROWS) break;
      }
      const isCut = head.seq < noted.seq;
      return { entries, head, broken: isCut ? { seq: head.seq + 1, kind: 'MISSING' } : null };
    },
  };
}
