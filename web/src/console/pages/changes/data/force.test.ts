import { expect, it } from 'vitest';
import { forceOf } from './force.ts';

type Program = Parameters<typeof forceOf>[0];

/** Epochs of a day from 1 Jan on, and rounds of ten days from 5 Jan on. */
const programAt = (
  now: string,
  { epochs = [], rounds = [] }: { epochs?: readonly number[]; rounds?: readonly number[] },
): Program =>
  ({
    clock: { now, startsAt: '2026-01-01T00:00:00.000Z', epochSeconds: 86_400 },
    settings: {
      firstRoundAt: '2026-01-05T00:00:00.000Z',
      ...{ roundPeriodSeconds: 864_000, roundWindowSeconds: 86_400 },
    },
    ruleSets: { edges: epochs.map((fromEpoch, version) => ({ node: { version, fromEpoch } })) },
    buybackTerms: { edges: rounds.map((fromRound, version) => ({ node: { version, fromRound } })) },
  }) as unknown as Program;

const rules = (becameVersion: number) => ({ target: 'RULES', becameVersion }) as const;
const buyback = (becameVersion: number) => ({ target: 'BUYBACK', becameVersion }) as const;

it('puts rules in force when their first epoch begins', () => {
  const at = '2026-01-04T00:00:00.000Z';
  const epochs = [0, 3];
  expect(forceOf(programAt('2026-01-03T23:59:59.000Z', { epochs }), rules(1))).toEqual({
    ...{ at, is: 'to come' },
  });
  expect(forceOf(programAt(at, { epochs }), rules(1))).toEqual({ at, is: 'in force' });
});

it('puts buyback terms in force when their first round opens', () => {
  const at = '2026-01-15T00:00:00.000Z';
  const rounds = [0, 1];
  expect(forceOf(programAt('2026-01-14T00:00:00.000Z', { rounds }), buyback(1))).toEqual({
    ...{ at, is: 'to come' },
  });
  expect(forceOf(programAt(at, { rounds }), buyback(1))).toEqual({ at, is: 'in force' });
});

it('promises nothing of terms that newer ones for the same round replaced', () => {
  const program = programAt('2026-02-14T00:00:00.000Z', { rounds: [0, 1, 1] });
  expect(forceOf(program, buyback(1))).toEqual({ at: null, is: 'replaced' });
});

it('says of terms that newer ones have replaced since when they held', () => {
  const at = '2026-01-02T00:00:00.000Z';
  const epochs = [0, 1, 3];
  const before = programAt('2026-01-03T23:59:59.000Z', { epochs });
  expect(forceOf(before, rules(1))).toEqual({ at, is: 'in force' });
  const after = programAt('2026-01-04T00:00:00.000Z', { epochs });
  expect(forceOf(after, rules(1))).toEqual({ at, is: 'replaced' });
  expect(forceOf(after, rules(2))).toMatchObject({ is: 'in force' });
});
