import { describe, expect, it } from 'vitest';
import { NO_DOCUMENT } from '../terms/document.ts';
import { INVENTED_PROGRAM } from '../../testing/builders/program.ts';
import { checkAction, type ActionInput } from './actionRules.ts';
import type { Program } from '../program.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 0, 1);
const NOW_MS = START_MS + DAY_MS / 2;

const rule = (id: number, name: string): Program['ruleSets'][number]['rules'][number] => ({
  id,
  name,
  text: name,
  perAction: 1n,
  perUnit: 0n,
  maxCount: 1n,
  maxPoints: 1n,
  untilEpoch: 1,
});
const version = (number: number, names: string[]): Program['ruleSets'][number] => ({
  version: number,
  fromEpoch: number * 10,
  budgetPerEpoch: 1n,
  documentHash: NO_DOCUMENT,
  rules: names.map((name, index) => rule(number * 10 + index, name)),
  blockNumber: 1,
  transactionHash: '0x01',
});
const PROGRAM: Program = {
  ...INVENTED_PROGRAM,
  startsAtMs: START_MS,
  epochLengthMs: DAY_MS,
  settlementWindow: 8,
  ruleSets: [version(0, ['purchase', 'visit']), version(1, ['purchase-2'])],
};
const GOOD: ActionInput = {
  memberId: 'ann',
  eventId: 'e1',
  rule: 'purchase',
  count: 1,
  amount: 0,
  occurredAtMs: NOW_MS,
};

/** Whatever came in over the wire. */
const check = (overrides: Record<string, unknown>): ReturnType<typeof checkAction> =>
  checkAction(PROGRAM, { ...GOOD, ...overrides }, NOW_MS);

describe('an action', () => {
  it.each([
    [{ memberId: 'x'.repeat(128), eventId: '! ~' }],
    [{ memberId: '会员七', eventId: 'é' }],
    [{ count: 100_000, amount: 1e15 }],
    [{ count: undefined, amount: null }],
    [{ rule: 'purchase-2' }],
    [{ actor: 'a'.repeat(128), reason: '退款 é'.padEnd(500, 'x') }],
    [{ maturesAtMs: START_MS + 5 * DAY_MS }],
    [{ maturesAtMs: 0 }],
  ])('passes: %j', (overrides) => {
    expect(check(overrides).refusal).toBeUndefined();
  });

  it.each([
    ['REQUIRED', 'memberId', { memberId: '' }],
    ['REQUIRED', 'memberId', { memberId: undefined }],
    ['REQUIRED', 'eventId', { eventId: null }],
    ['MALFORMED', 'memberId', { memberId: 7 }],
    ['MALFORMED', 'eventId', { eventId: ' !~' }],
    ['MALFORMED', 'eventId', { eventId: 'e\u200b' }],
    ['MALFORMED', 'eventId', { eventId: 'a\nb' }],
    ['TOO_LONG', 'memberId', { memberId: 'x'.repeat(129) }],
    ['TOO_LONG', 'eventId', { eventId: 'x'.repeat(129) }],
    ['REQUIRED', 'rule', { rule: undefined }],
    ['REQUIRED', 'rule', { rule: '' }],
    ['TOO_LONG', 'rule', { rule: 'x'.repeat(129) }],
    ['UNKNOWN_RULE', 'rule', { rule: 'dance' }],
    ['OUT_OF_RANGE', 'count', { count: 0 }],
    ['OUT_OF_RANGE', 'count', { count: -1 }],
    ['OUT_OF_RANGE', 'count', { count: 1.5 }],
    ['OUT_OF_RANGE', 'count', { count: 100_001 }],
    ['OUT_OF_RANGE', 'count', { count: Number.NaN }],
    ['MALFORMED', 'count', { count: '1' }],
    ['OUT_OF_RANGE', 'amount', { amount: -1 }],
    ['OUT_OF_RANGE', 'amount', { amount: 0.5 }],
    ['OUT_OF_RANGE', 'amount', { amount: 1e15 + 1 }],
    ['MALFORMED', 'amount', { amount: 1n }],
    ['REQUIRED', 'occurredAt', { occurredAtMs: undefined }],
    ['MALFORMED', 'occurredAt', { occurredAtMs: Number.NaN }],
    ['MALFORMED', 'occurredAt', { occurredAtMs: '2026-01-01' }],
    ['MALFORMED', 'maturesAt', { maturesAtMs: Number.POSITIVE_INFINITY }],
    ['REQUIRED', 'actor', { actor: '' }],
    ['TOO_LONG', 'actor', { actor: 'x'.repeat(129) }],
    ['MALFORMED', 'reason', { reason: 'a\u0000b' }],
    ['MALFORMED', 'reason', { reason: '\ud800' }],
    ['TOO_LONG', 'reason', { reason: 'x'.repeat(501) }],
    ['BEFORE_START', 'occurredAt', { occurredAtMs: START_MS - 1 }],
    ['MATURES_TOO_LATE', 'maturesAt', { maturesAtMs: START_MS + 5 * DAY_MS + 1 }],
  ])('is refused %s for its %s: %o', (code, field, overrides) => {
    const { refusal } = check(overrides);
    expect(refusal).toMatchObject({ code, field });
    expect(refusal?.message).toMatch(new RegExp(`^${field} `));
  });

  it('says what would be right', () => {
    expect(check({ rule: 'dance' }).refusal?.message).toBe(
      'rule is "dance", which no version of the rules has; it must be one of: purchase, visit, purchase-2.',
    );
    expect(check({ count: 0 }).refusal?.message).toBe(
      'count is 0; it must be a whole number from 1 to 100000.',
    );
  });

  it('that comes at the wrong time says so, apart from being checked: it may be a repeat', () => {
    const late = checkAction(PROGRAM, GOOD, START_MS + DAY_MS + 6 * 3_600_000);
    expect(late.action?.untimely).toMatchObject({ code: 'EPOCH_CLOSED', field: 'occurredAt' });
    const early = checkAction(PROGRAM, GOOD, NOW_MS - 300_001);
    expect(early.action?.untimely).toMatchObject({ code: 'IN_FUTURE', field: 'occurredAt' });
    expect(checkAction(PROGRAM, GOOD, NOW_MS - 300_000).action?.untimely).toBeNull();
  });

  it('under a rule that is not in force in its epoch is warned of, and of nothing else', () => {
    expect(check({}).action?.warning).toBeNull();
    const lapsed = checkAction(
      PROGRAM,
      { ...GOOD, occurredAtMs: START_MS + DAY_MS },
      START_MS + DAY_MS,
    );
    expect(lapsed.action?.warning).toEqual({
      code: 'RULE_NOT_IN_FORCE',
      message:
        'rule is "purchase", which has lapsed: it earned before epoch 1; this action of epoch 1 is recorded and earns nothing.',
    });
    expect(check({ rule: 'purchase-2' }).action?.warning?.message).toContain(
      'which is in force from epoch 10 on',
    );
    const later = { ...GOOD, occurredAtMs: START_MS + 10 * DAY_MS };
    expect(checkAction(PROGRAM, later, later.occurredAtMs).action?.warning?.message).toContain(
      'which has lapsed: version 1 of the rules, in force from epoch 10 on, is without it',
    );
  });
});
