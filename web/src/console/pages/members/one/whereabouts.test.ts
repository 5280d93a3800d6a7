import { expect, it } from 'vitest';
import type { DeskMember } from './queries.ts';
import { percentOf, totalOf, whereabouts } from './whereabouts.ts';

const DAY = (day: number): string => `2026-11-${day}T00:00:00.000Z`;
const drop = (points: string, rest: object = {}): DeskMember['drops'][number] => ({
  ...{ points, maturing: '0.00', heldBack: null, askedAt: null, parts: [] },
  ...{ settlesAfter: DAY(12), closesAt: DAY(20) },
  ...rest,
});
const edges = <Node>(...nodes: Node[]) => ({ edges: nodes.map((node) => ({ node })) });

const MEMBER: DeskMember = {
  ...{ memberId: 'mei', createdAt: DAY(10), lastActivityAt: null, isCustodial: true },
  ...{ account: '0x01', ownAccount: null, mergedInto: null },
  balance: {
    ...{ settled: '5.00', pending: '6.00', maturing: '2.00', asOfBlock: 7, stale: false },
    ...{ tendered: '1.00', objected: '0.00', ordered: '0.50' },
  },
  drops: [
    drop('3.00', {
      maturing: '2.00',
      parts: [{ maturesAt: null }, { maturesAt: DAY(15) }, { maturesAt: DAY(14) }],
    }),
    drop('1.00', { heldBack: 'BUDGET', settlesAfter: DAY(13) }),
  ],
  money: { account: null, owed: '0.000000' },
  quota: { left: 60, renewsAt: null },
  shares: edges(
    { locked: '1.00', round: { number: 3, state: 'OPEN', closesAt: DAY(18) } },
    { locked: '0.00', round: { number: 2, state: 'SETTLED', closesAt: DAY(11) } },
  ),
  objections: edges<never>(),
  orders: edges(
    { number: 8, state: 'OPEN', deadline: DAY(19) },
    { number: 7, state: 'FULFILLED', deadline: DAY(12) },
  ),
  history: edges(
    { epoch: 1, state: 'LAPSED', points: '4.00', minted: '1.50' },
    { epoch: 2, state: 'SETTLED', points: '5.00', minted: '5.00' },
  ),
};

it('tells where all points are, what comes next, and what never came', () => {
  const places = whereabouts(MEMBER);
  expect(places.map(({ kind, points, at }) => [kind, points, at])).toEqual([
    ['settled', '5.00', null],
    ['onWay', '3.00', DAY(12)],
    ['BUDGET', '1.00', DAY(13)],
    ['maturing', '2.00', DAY(14)],
    ['tendered', '1.00', null],
    ['ordered', '0.50', null],
    ['lost', '2.50', null],
  ]);
  expect(places.flatMap(({ links }) => links)).toEqual([
    { number: 3, at: DAY(18) },
    { number: 8, at: DAY(19) },
  ]);
  // What never came is no part of it.
  expect(totalOf(places)).toBe('12.50');
});

it('shows an account without anything, and shares of nothing', () => {
  const empty = {
    ...{
      ...MEMBER,
      drops: [],
      shares: edges<never>(),
      orders: edges<never>(),
      history: edges<never>(),
    },
    balance: { ...MEMBER.balance, settled: '0.00', tendered: '0.00', ordered: '0.00' },
  };
  expect(whereabouts(empty).map(({ kind }) => kind)).toEqual(['settled']);
  expect(percentOf('0.00', '0.00')).toBe(0);
  expect(percentOf('1.00', '3.00')).toBe(33.3);
});
