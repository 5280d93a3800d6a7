import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RECORDED_PROGRAM } from '../../testing/builders/program.ts';
import { DAY_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { COMMON_FIELDS, jsonOf } from './payload.ts';
import { TOLD_KINDS, WEBHOOK_KINDS } from './eventKinds.ts';
import { clockTellings, tellingOf, type ClockTelling } from './telling.ts';

const PROGRAM = { ...RECORDED_PROGRAM, firstRoundAtMs: STARTS_AT_MS + 3 * DAY_MS };
const END_MS = STARTS_AT_MS + 100 * DAY_MS;
const PENDING = { number: 4, diesAtMs: STARTS_AT_MS + 50 * DAY_MS };

const bare = (tellings: readonly ClockTelling[]): string[] =>
  tellings.map(({ telling, name, atMs }) => `${telling.kind} ${name} ${atMs}`).sort();

it('the clock says the same in whatever spans it is asked', () => {
  const whole = bare(clockTellings(PROGRAM, { fromMs: 0, toMs: END_MS }, PENDING));
  expect(whole).toContain(`change.died 4 ${PENDING.diesAtMs}`);
  expect(whole).toContain(`rules.in_force 0 ${STARTS_AT_MS}`);
  expect(whole.filter((one) => one.startsWith('epoch.closed'))).toHaveLength(99);
  expect(whole.filter((one) => one.startsWith('round.opened'))).toHaveLength(4);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: END_MS - 1 }), { maxLength: 20 }), (cuts) => {
      const ends = [...cuts.toSorted((a, b) => a - b), END_MS];
      const parts = ends.flatMap((toMs, index) =>
        clockTellings(PROGRAM, { fromMs: ends[index - 1] ?? 0, toMs }, PENDING),
      );
      expect(bare(parts)).toEqual(whole);
    }),
    { numRuns: 30 },
  );
});

it('no kind has a field that every event has', () => {
  for (const kind of TOLD_KINDS) {
    const own = Object.keys(WEBHOOK_KINDS[kind].data);
    expect([kind, own.filter((name) => name in COMMON_FIELDS)]).toEqual([kind, []]);
    expect(kind).toMatch(/^[a-z_]+\.[a-z_]+$/);
  }
});

it('amounts are decimal strings, and times ISO 8601', () => {
  const telling = tellingOf(PROGRAM, {
    ...{ kind: 'Redeemed', order: 1, item: 2, quantity: 3, points: 2n ** 70n, stock: 0 },
    ...{ member: PROGRAM.address, orderRef: '0x07', deadlineMs: STARTS_AT_MS },
  });
  expect(telling && jsonOf(telling, { decimals: 6 })).toEqual({
    ...{ order: 1, item: 2, quantity: 3, orderRef: '0x07' },
    points: '11805916207174113034.24',
    deadline: new Date(STARTS_AT_MS).toISOString(),
  });
  const paid = tellingOf(PROGRAM, {
    ...{ kind: 'Synced', amount: 1_234_567n, reserve: 0n },
  });
  expect(paid && jsonOf(paid, { decimals: 6 })).toEqual({
    ...{ money: '1.234567', reserve: '0.000000', from: null },
  });
});

it('long texts are cut', () => {
  const added = tellingOf(PROGRAM, {
    ...{ kind: 'ItemAdded', item: 1, price: 1n, stock: 1, text: 'a'.repeat(50_000) },
  });
  expect(JSON.stringify(added && jsonOf(added, { decimals: 6 })).length).toBeLessThan(2_000);
});
