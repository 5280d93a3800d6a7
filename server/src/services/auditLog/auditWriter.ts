import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { ServiceError } from '../../domain/errors.ts';
import {
  AUDIT_START,
  chainEntries,
  type AuditDraft,
  type AuditEntry,
  type AuditHead,
} from '../../domain/organisations/auditLog.ts';
import { createGroupCommit } from '../../lib/groupCommit.ts';
import type { AuditStore } from '../../ports/stores/access.ts';

/** Adds entries to the logs of organisations. */
export interface AuditWriter {
  /** Waits until the entry is durable in its place. @throws ServiceError BUSY, DATABASE_UNAVAILABLE: it may be there all the same */
  append(draft: AuditDraft): Promise<AuditEntry>;
}

/** SHA-256 in hex. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const MAX_ENTRIES_PER_GROUP = 100;
const MAX_QUEUED_ENTRIES = 10_000;
const MAX_KNOWN_HEADS = 1_000;
/** Of several processes that write to one log at the same time, one gets in at each try. */
const MAX_CLASHES = 200;
const CLASH_PAUSE_MS = 5;
const BUSY_RETRY_MS = 2_000;

const busy = (): ServiceError =>
  new ServiceError({
    code: 'BUSY',
    message:
      'Too much is being written to the audit log; repeat the same request after "retryAfterMs".',
    retryAfterMs: BUSY_RETRY_MS,
  });

/** Creates the writer. What comes at the same time in one process is added together. */
export function createAuditWriter(auditEntries: AuditStore): AuditWriter {
  /** Where this process believes the logs to end: the unique number of an entry shows when that is out of date. */
  const heads = new LRUCache<string, AuditHead>({ max: MAX_KNOWN_HEADS });

  async function commit(
    organisationId: string,
    drafts: readonly AuditDraft[],
  ): Promise<AuditEntry[]> {
    const done: AuditEntry[] = [];
    for (let clashes = 0; clashes < MAX_CLASHES; clashes += 1) {
      const head =
        heads.get(organisationId) ?? (await auditEntries.head(organisationId)) ?? AUDIT_START;
      // Until it is known what was added, nothing is known of the end.
      heads.delete(organisationId);
      const entries = chainEntries(head, drafts.slice(done.length), sha256);
      const added = entries.slice(0, await auditEntries.append(entries));
      done.push(...added);
      const last = added.at(-1);
      if (last !== undefined) await auditEntries.noteHead(organisationId, last);
      if (done.length === drafts.length) {
        if (last !== undefined) heads.set(organisationId, last);
        return done;
      }
      await delay(Math.random() * CLASH_PAUSE_MS);
    }
    throw busy();
  }

  const groups = createGroupCommit<AuditDraft, AuditEntry>({
    commit,
    maxWaitMs: 0,
    maxItemsPerGroup: MAX_ENTRIES_PER_GROUP,
    maxQueuedItems: MAX_QUEUED_ENTRIES,
    maxConcurrentGroups: 1,
  });

  return {
    append: async (draft) => {
      const [entry] = (await groups.submit(draft.organisationId, [draft])) ?? [];
      if (entry === undefined) throw busy();
      return entry;
    },
  };
}
