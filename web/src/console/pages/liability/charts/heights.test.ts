import { expect, it } from 'vitest';
import { heightsOf, topOver } from './heights.ts';

it('stand under a round number', () => {
  expect([0n, 1n, 7n, 10n, 11n, 4_821n, 5_400n].map(topOver)).toEqual([
    ...[1n, 1n, 10n, 10n, 20n, 5_000n, 10_000n],
  ]);
});

it('are on one scale, exact beyond what a float holds', () => {
  const series = [
    { name: 'a', look: 'a', amounts: ['20.00', '0.00'] },
    { name: 'b', look: 'b', amounts: ['5.00', '10.00'] },
  ];
  expect(heightsOf(series, 2, 100)).toEqual({
    top: '20.00',
    heights: [
      [100, 0],
      [25, 50],
    ],
  });
  const large = [{ name: 'a', look: 'a', amounts: ['90071992547409930000.00'] }];
  expect(heightsOf(large, 2, 100).heights).toEqual([[90.07]]);
});

it('are nothing where there is nothing', () => {
  const none = [{ name: 'a', look: 'a', amounts: ['0.000000'] }];
  expect(heightsOf(none, 6, 100)).toEqual({ top: '1.000000', heights: [[0]] });
});
