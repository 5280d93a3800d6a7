import { describe, expect, it } from 'vitest';
import { MOST_DROPS, placesOf, readBranch, sizeOf } from './branch.ts';
import type { HomeMember } from './queries.ts';

const RULE = { ruleId: 2, name: 'visit', text: 'Visit.', look: null };
const NOON = '2026-11-28T12:00:00.000Z';
const LATER = '2026-11-29T06:00:00.000Z';

const drop = (part: Partial<HomeMember['drops'][number]>): HomeMember['drops'][number] => ({
  epoch: 20,
  points: '2.00',
  maturing: '0.00',
  settlesAfter: LATER,
  closesAt: LATER,
  heldBack: null,
  parts: [{ rule: RULE, count: 1, points: '2.00', maturing: '0.00', maturesAt: null }],
  ...part,
});

describe('the branch', () => {
  it('has what can be collected, and not what was asked for', () => {
    const asked = drop({ epoch: 19, settlesAfter: NOON });
    const { hanging, ready, onItsWay } = readBranch([asked, drop({})], Date.parse(NOON));
    expect(hanging.map(({ key, kind }) => [key, kind])).toEqual([['20:2', 'ready']]);
    expect([ready, onItsWay]).toEqual(['2.00', '2.00']);
  });

  it('shows what is ripe and what ripens of one rule as two drops', () => {
    const parts = [
      { rule: RULE, count: 2, points: '2.00', maturing: '4.00', maturesAt: LATER },
    ] as const;
    const { hanging } = readBranch([drop({ maturing: '4.00', parts: [...parts] })], 0);
    expect(hanging.map(({ kind, points, ripeAt }) => [kind, points, ripeAt])).toEqual([
      ['ready', '2.00', null],
      ['ripening', '4.00', LATER],
    ]);
  });

  it('leaves hanging what the contract holds back, however late it is', () => {
    const held = drop({ heldBack: 'BUDGET', settlesAfter: NOON });
    const { hanging, onItsWay } = readBranch([held], Date.parse(LATER));
    expect(hanging[0]?.kind).toBe('heldBack');
    expect(onItsWay).toBe('0.00');
  });

  it('gives every drop a place of its own, and the same one again', () => {
    const keys = Array.from({ length: MOST_DROPS }, (_, index) => `${index}:2`);
    const places = placesOf(keys);
    expect(new Set([...places.values()].map(({ x }) => x)).size).toBe(MOST_DROPS);
    expect(placesOf(keys)).toEqual(places);
  });

  it('draws more as bigger, within bounds', () => {
    const sizes = ['0.01', '2.00', '20.00', '100000.00'].map((points) => sizeOf(points, false));
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(sizes[0]).toBeGreaterThanOrEqual(56);
    expect(sizes.at(-1)).toBe(92);
  });
});
