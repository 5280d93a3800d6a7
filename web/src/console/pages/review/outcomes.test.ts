import { expect, it } from 'vitest';
import { outcomesOf, type DecisionResult } from './outcomes.ts';

const result = (eventId: string, status: DecisionResult['status']): DecisionResult => ({
  ...{ memberId: 'lin', eventId, status, field: null, message: null },
  code: status === 'REJECTED' ? 'NOT_FOUND' : null,
});

it('tells what was decided now from what was decided before and what was refused', () => {
  const results = [
    ...[result('a', 'HELD'), result('b', 'DUPLICATE'), result('c', 'REJECTED')],
    ...[result('d', 'VOIDED'), result('e', 'RELEASED')],
  ];
  const { done, unchanged, refused } = outcomesOf({ payload: { results } });
  const ids = [done, unchanged, refused].map((part) => part.map(({ eventId }) => eventId));
  expect(ids).toEqual([['a', 'd', 'e'], ['b'], ['c']]);
});

it('is of nothing while there is no answer', () => {
  expect(outcomesOf({ payload: null })).toEqual({ done: [], unchanged: [], refused: [] });
});
