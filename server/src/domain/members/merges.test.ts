import { expect, it } from 'vitest';
import { DAY_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import {
  firstEpochOfMerge,
  isMerging,
  memberIdAt,
  MERGE_LEAD_MS,
  mergeOf,
  type MergedInto,
} from './merges.ts';

const DAYS = { startsAtMs: STARTS_AT_MS, epochLengthMs: DAY_MS };
const announced: MergedInto = { memberId: 'into', fromEpoch: null, by: 'r' };
const from: { readonly id: string; readonly mergedInto?: MergedInto } = { id: 'from' };

it('begins with the epoch after the one that the lead ends in', () => {
  const noon = STARTS_AT_MS + DAY_MS / 2;
  const lastOfDay = STARTS_AT_MS + DAY_MS - MERGE_LEAD_MS - 1;
  const epochs = [noon, lastOfDay, lastOfDay + 1].map((ms) => firstEpochOfMerge(DAYS, ms));
  expect(epochs).toEqual([1, 1, 2]);
  expect(firstEpochOfMerge(DAYS, STARTS_AT_MS - 9 * DAY_MS)).toBe(0);
});

it('gives actions of its first and later epochs to the other member, and no earlier one', () => {
  const merged = { ...from, mergedInto: { ...announced, fromEpoch: 3 } };
  expect([0, 2, 3, 99].map((epoch) => memberIdAt(merged, epoch))).toEqual([
    ...['from', 'from', 'into', 'into'],
  ]);
  expect([isMerging(merged), mergeOf(merged)?.fromEpoch]).toEqual([false, 3]);
});

it('changes nothing while servers are being told, and where there is none', () => {
  for (const member of [from, { ...from, mergedInto: announced }]) {
    expect([memberIdAt(member, 99), mergeOf(member)]).toEqual(['from', null]);
  }
  expect([isMerging(from), isMerging({ ...from, mergedInto: announced })]).toEqual([false, true]);
});
