import { expect, it } from 'vitest';
import { resentIn } from './queries.ts';

it('tells how many events are sent again, and from when on there are others', () => {
  const part = { resent: 1_000, nextSince: '2026-01-15T12:00:00.000Z', userErrors: [] };
  expect(resentIn(part)).toEqual({ resent: 1_000, nextSince: part.nextSince });
  expect(resentIn({ resent: 3, nextSince: null })).toEqual({ resent: 3, nextSince: null });
  expect(resentIn(null)).toEqual({ resent: null, nextSince: null });
});
