import { expect, test } from 'vitest';
import { readSlitherReport } from './slitherReport.ts';

test('each finding comes with its detector, its weight and its words', () => {
  const text = JSON.stringify({
    success: true,
    error: null,
    results: {
      detectors: [{ check: 'weak-prng', impact: 'High', description: 'A uses chance\n', id: '1' }],
    },
  });
  expect(readSlitherReport(text)).toEqual([
    { detector: 'weak-prng', impact: 'High', description: 'A uses chance' },
  ]);
});

test('nothing found is an empty list', () => {
  expect(readSlitherReport('{"success": true, "error": null, "results": {}}')).toEqual([]);
});

test('an analysis that broke off is not taken for a clean one', () => {
  expect(() =>
    readSlitherReport('{"success": false, "error": "no forge", "results": {}}'),
  ).toThrow();
  expect(() => readSlitherReport('{}')).toThrow();
  expect(() => readSlitherReport('')).toThrow();
});
