/** The log of what was asked of an organisation's programs, and of the organisation: append-only, each entry chained to the one before. */
import type { ErrorCode } from '../errors.ts';
import type { Environment } from '../environment.ts';
import { canonicalJson } from './canonicalJson.ts';

/** Who asked. */
export interface AuditActor {
  readonly kind: 'KEY' | 'PERSON' | 'MEMBER';
  /** Of the key, the person or the session. */
  readonly id: string;
  /** What the key is for, the person's name, or the account of the member (empty before its first action). */
  readonly name: string;
}

/** Where a request came from. */
export interface AuditOrigin {
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
}

/** How a call ended. */
export interface AuditOutcome {
  /** Refusals of the input; empty when it was done. */
  readonly userErrors: readonly { readonly field: string | null; readonly code: ErrorCode }[];
  /** Of the transaction that it sent; null when it sent none. */
  readonly transactionId: string | null;
  /** What the call failed with as a whole; null when it did not. INTERNAL may have been done in part. */
  readonly error: ErrorCode | null;
}

/** What an entry says, before it has a place in the log. */
export type AuditDraft = {
  readonly organisationId: string;
  readonly atMs: number;
} & (
  | {
      readonly kind: 'ASKED';
      readonly environment: Environment;
      /** Null for what is about no program. */
      readonly programId: string | null;
      /** Name of the mutation. */
      readonly mutation: string;
      readonly actor: AuditActor;
      readonly from: AuditOrigin;
      /** Canonical JSON without secrets and signatures. */
      readonly input: string;
      /** State of what it was to change, as canonical JSON; null where there is none. */
      readonly before: string | null;
    }
  | {
      readonly kind: 'ANSWERED';
      /** Number of the question. */
      readonly askedSeq: number;
      readonly outcome: AuditOutcome;
      /** State after it was done, as canonical JSON; null where there is none, and when it was not done. */
      readonly after: string | null;
    }
);

/** An entry in its place. */
export type AuditEntry = AuditDraft & {
  /** From 1, without a gap in an organisation. */
  readonly seq: number;
  /** Of the entry before; 64 zeros for the first. */
  readonly previousHash: string;
  /** SHA-256 over the canonical JSON of all other fields, in hex. */
  readonly hash: string;
};

/** The last entry of a log, or of a part of it. */
export type AuditHead = Pick<AuditEntry, 'seq' | 'hash'>;

type Sha256 = (text: string) => string;

/** Stands before the first entry. */
export const AUDIT_START: AuditHead = { seq: 0, hash: '0'.repeat(64) };

const hashOf = ({ hash: _, ...rest }: AuditEntry, sha256: Sha256): string =>
  sha256(canonicalJson(rest));

/** Puts drafts of one organisation behind the head of its log. */
export function chainEntries(
  head: AuditHead,
  drafts: readonly AuditDraft[],
  sha256: Sha256,
): AuditEntry[] {
  let before = head;
  return drafts.map((draft) => {
    const entry = { ...draft, seq: before.seq + 1, previousHash: before.hash, hash: '' };
    before = { ...entry, hash: hashOf(entry, sha256) };
    return before as AuditEntry;
  });
}

/** Where a log is not as it was written. */
export interface AuditBreak {
  /** Number of the entry at which it shows. */
  readonly seq: number;
  /** MISSING: entries before it, or at the end, are gone. CHANGED: it is not what was written. UNCHAINED: the one before it is not. */
  readonly kind: 'MISSING' | 'CHANGED' | 'UNCHAINED';
}

/** Finds out whether an entry follows on the one before as it was written; null when it does. */
export function breakAt(before: AuditHead, entry: AuditEntry, sha256: Sha256): AuditBreak | null {
  const { seq } = entry;
  if (seq !== before.seq + 1) return { seq, kind: 'MISSING' };
  if (hashOf(entry, sha256) !== entry.hash) return { seq, kind: 'CHANGED' };
  return entry.previousHash === before.hash ? null : { seq, kind: 'UNCHAINED' };
}

/** Fields that are never written down, wherever they are in an input: a wrong public key may be a whole pair of keys. */
const SECRET_FIELD =
  /^(.*signature|secret|password|newPassword|currentPassword|passphrase|privateKey|publicKey|key|code|token|totp|permit|jwe)$/i;
const REDACTED = '[redacted]';
/**
 * What can be erased everywhere else: the app's own ids of members, whose accounts the states beside an input name, and notes on orders,
 * which may be vouchers besides.
 */
const ERASABLE_FIELD = /memberId$|^note$/i;
/** Longer texts, such as small print, are stored elsewhere: here is what they begin with. */
const MAX_TEXT_CHARACTERS = 2_000;
const SHOWN_CHARACTERS = 200;

/** Makes of an input, or a state, what may be written down. */
export function redacted(value: unknown): unknown {
  if (typeof value === 'string' && value.length > MAX_TEXT_CHARACTERS) {
    return `${value.slice(0, SHOWN_CHARACTERS)}... (${value.length} characters)`;
  }
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      (SECRET_FIELD.test(name) || ERASABLE_FIELD.test(name)) && inner != null
        ? REDACTED
        : redacted(inner),
    ]),
  );
}
