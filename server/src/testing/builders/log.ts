/** Entries of the log of member "m" and epoch 0 of program "p", unless said else. */
import fc from 'fast-check';
import type { ActionEntry, LogEntry, MoveEntry, VoidEntry } from '../../domain/actions/action.ts';

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
const decided = {
  ...{ actor: null, reason: null },
  salt: `0x${'5b'.repeat(32)}` as const,
};
type Copied = Omit<VoidEntry, 'kind' | 'voidedAtMs' | keyof typeof decided>;
const copied = (eventId: string, of: Partial<ActionEntry>): Copied => {
  const { programId, memberId, epoch, ruleId, count, amount, maturesAtMs } = entry(of);
  return { programId, memberId, eventId, epoch, ruleId, count, amount, maturesAtMs };
};

/** The void of an action, given by what makes it different; it may come too late. */
export const voidEntry = (
  eventId: string,
  voidedAtMs: number,
  of: Partial<ActionEntry> = {},
): VoidEntry => ({ kind: 'void', ...copied(eventId, of), voidedAtMs, ...decided });

/** A hold or a release of an action, given by what makes it different. */
export const moveEntry = (
  kind: MoveEntry['kind'],
  eventId: string,
  at: Pick<MoveEntry, 'decidedAtMs' | 'maturesAtMs' | 'movedToMs'>,
  of: Partial<ActionEntry> = {},
): MoveEntry => ({ kind, ...copied(eventId, of), ...at, ...decided });

const HELD_TO_MS = 100;

/** What is decided on an action, at moments within its times: nothing, or a hold, and then a void or a release. */
function decisionsOf(
  eventId: string,
  body: Partial<ActionEntry>,
  { held, ended, isVoid, at }: Decided,
): LogEntry[] {
  let maturesAtMs = body.maturesAtMs ?? null;
  if (maturesAtMs === null) return [];
  // Some moment before the action matures, and not before `from`.
  const momentOf = (from: number, to: number): number => from + Math.floor(at * (to - from));
  const entries: LogEntry[] = [];
  let from = 0;
  if (held && maturesAtMs < HELD_TO_MS) {
    const decidedAtMs = momentOf(from, maturesAtMs);
    const times = { decidedAtMs, maturesAtMs, movedToMs: HELD_TO_MS };
    entries.push(moveEntry('hold', eventId, times, body));
    [from, maturesAtMs] = [decidedAtMs, HELD_TO_MS];
  }
  if (!ended) return entries;
  const afterHold = entries.length > 0 ? { afterHold: true as const } : {};
  const nowMs = momentOf(from, maturesAtMs);
  const movedToMs = nowMs + Math.floor(at * (maturesAtMs - nowMs));
  const end = isVoid
    ? voidEntry(eventId, nowMs, { ...body, maturesAtMs })
    : moveEntry('release', eventId, { decidedAtMs: nowMs, maturesAtMs, movedToMs }, body);
  return [...entries, { ...end, ...afterHold }];
}

interface Decided {
  readonly held: boolean;
  readonly ended: boolean;
  readonly isVoid: boolean;
  /** Where between two times a decision falls. */
  readonly at: number;
}
const anyDecided: fc.Arbitrary<Decided> = fc.record({
  held: fc.boolean(),
  ended: fc.boolean(),
  isVoid: fc.boolean(),
  at: fc.double({ min: 0, max: 0.99, noNaN: true }),
});

export const anyLog: fc.Arbitrary<LogEntry[]> = fc
  .uniqueArray(
    fc.record({
      event: fc.integer({ min: 0, max: 30 }),
      ruleId: fc.integer({ min: 0, max: 3 }),
      count: fc.integer({ min: 1, max: 100_000 }),
      amount: fc.integer({ min: 0, max: 1e15 }),
      maturesAtMs: fc.option(fc.integer({ min: 1, max: 100 })),
      decided: anyDecided,
    }),
    { selector: ({ event }) => event },
  )
  .map((actions) =>
    actions.flatMap(({ event, decided: how, ...body }) => [
      entry({ eventId: `e${event}`, ...body }),
      ...decisionsOf(`e${event}`, body, how),
    ]),
  );
