import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AUDIT_START, breakAt, chainEntries, redacted, type AuditDraft } from './auditLog.ts';
import { canonicalJson } from './canonicalJson.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const draft = (n: number): AuditDraft => ({
  ...{ kind: 'ANSWERED', organisationId: 'org_1', atMs: n, askedSeq: n, after: null },
  outcome: { userErrors: [], transactionId: null, error: null },
});

describe('canonicalJson', () => {
  it('is the same for equal values, whatever the order of their fields', () => {
    expect(canonicalJson({ b: 1, a: [{ d: 2n, c: undefined }, null] })).toBe(
      '{"a":[{"d":"2"},null],"b":1}',
    );
    expect(canonicalJson({ a: 'é"\n' })).toBe('{"a":"é\\"\\n"}');
  });
});

describe('redacted', () => {
  it('leaves out secrets and signatures wherever they are, and shortens long texts', () => {
    const input = {
      ...{ signature: '0x12', terms: [{ permit: { v: 1 }, price: 5n }], key: 'dw_test_1' },
      ...{ idempotencyKey: 'k', operatorSignature: '0x34', password: 'p', code: null },
    };
    expect(redacted(input)).toEqual({
      ...{ signature: '[redacted]', terms: [{ permit: '[redacted]', price: 5n }] },
      ...{ key: '[redacted]', idempotencyKey: 'k', operatorSignature: '[redacted]' },
      ...{ password: '[redacted]', code: null },
    });
    expect(redacted({ fromMemberId: 'mei', memberId: 'li', memberIds: 2 })).toEqual({
      ...{ fromMemberId: '[redacted]', memberId: '[redacted]', memberIds: 2 },
    });
    const text = 'x'.repeat(2_001);
    expect(redacted({ text })).toEqual({ text: `${'x'.repeat(200)}... (2001 characters)` });
  });

  it('leaves out what is erased with a member, in an input and in a state', () => {
    expect(redacted({ order: 1, note: 'Voucher ABC, Ms Private' })).toEqual({
      ...{ order: 1, note: '[redacted]' },
    });
    expect(redacted({ number: 1, note: null, of: { noteworthy: true } })).toEqual({
      ...{ number: 1, note: null, of: { noteworthy: true } },
    });
  });
});

describe('a chain of entries', () => {
  it('follows on what is there, and shows each entry that does not', () => {
    const first = chainEntries(AUDIT_START, [draft(1), draft(2)], sha256);
    const [one, two] = first;
    if (one === undefined || two === undefined) throw new Error('there are two');
    const [three] = chainEntries(two, [draft(3)], sha256);
    if (three === undefined) throw new Error('there is one');
    expect([one.seq, two.seq, three.seq]).toEqual([1, 2, 3]);
    expect(breakAt(AUDIT_START, one, sha256)).toBeNull();
    expect(breakAt(one, two, sha256)).toBeNull();
    expect(breakAt(two, three, sha256)).toBeNull();
    expect(breakAt(one, three, sha256)).toEqual({ seq: 3, kind: 'MISSING' });
    expect(breakAt(one, { ...two, atMs: 5 }, sha256)).toEqual({ seq: 2, kind: 'CHANGED' });
    const [rewritten] = chainEntries(AUDIT_START, [draft(9)], sha256);
    if (rewritten === undefined) throw new Error('there is one');
    expect(breakAt(rewritten, two, sha256)).toEqual({ seq: 2, kind: 'UNCHAINED' });
  });
});
