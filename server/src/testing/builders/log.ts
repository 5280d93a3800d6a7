/** Entries of the log of member "m" and epoch 0 of program "p", unless said else. */
import fc from 'fast-check';
import type { ActionEntry, LogEntry, VoidEntry } from '../../domain/actions/action.ts';
import { voidOf } from '../../domain/actions/voidRules.ts';

export const entry = (overrides: Partial<ActionEntry>): ActionEntry => ({
  kind: 'action',
  programId: 'p',
  memberId: 'm',
  eventId: 'e',
  ruleId: 1,
  count: 1,
  amount: 0,
  occurredAtMs: 0,
  epoch: 0,
  maturesAtMs: null,
  actor: null,
  reason: null,
  evidenceHash: null,
  recordedAtMs: 0,
  salt: `0x${'5a'.repeat(32)}`,
  ...overrides,
});
/** The void of an action, given by what makes it different. */
export const voidEntry = (
  eventId: string,
  voidedAtMs: number,
  of: Partial<ActionEntry> = {},
): VoidEntry =>
  voidOf(entry({ eventId, ...of }), voidedAtMs, { reason: null, salt: `0x${'5b'.repeat(32)}` });

export const anyLog: fc.Arbitrary<LogEntry[]> = fc
  .uniqueArray(
    fc.record({
      event: fc.integer({ min: 0, max: 30 }),
      ruleId: fc.integer({ min: 0, max: 3 }),
      count: fc.integer({ min: 1, max: 100_000 }),
      amount: fc.integer({ min: 0, max: 1e15 }),
      maturesAtMs: fc.option(fc.integer({ min: 1, max: 100 })),
      voidedAtMs: fc.option(fc.integer({ min: 0, max: 100 })),
    }),
    { selector: ({ event }) => event },
  )
  .map((actions) =>
    actions.flatMap(({ event, voidedAtMs, ...body }) => [
      entry({ eventId: `e${event}`, ...body }),
      ...(voidedAtMs === null ? [] : [voidEntry(`e${event}`, voidedAtMs, body)]),
    ]),
  );
