import { expect, test } from 'vitest';
import { describeSlowest, readFileTimes } from './slowest.ts';

test('each file comes with its time', () => {
  const times = readFileTimes(`<?xml version="1.0" encoding="UTF-8" ?>
<testsuites name="vitest tests" tests="3" failures="0" errors="0" time="12.9">
    <testsuite name="infra/a.test.ts" timestamp="2026-01-01T00:00:00.000Z" tests="2" time="0.5104">
        <testcase classname="infra/a.test.ts" name="one" time="0.2"></testcase>
        <testcase classname="infra/a.test.ts" name="two" time="0.3"></testcase>
    </testsuite>
    <testsuite name="server/b.live.test.ts" tests="1" time="12.3">
        <testcase classname="server/b.live.test.ts" name="three" time="12"></testcase>
    </testsuite>
</testsuites>`);
  expect(times).toEqual([
    { file: 'infra/a.test.ts', seconds: 0.5104 },
    { file: 'server/b.live.test.ts', seconds: 12.3 },
  ]);
});

test('what is no report is not taken for one without files', () => {
  expect(() => readFileTimes('')).toThrow('no report of vitest');
  expect(() => readFileTimes('<html></html>')).toThrow('no report of vitest');
});

test('the slowest come first, and not more than asked for', () => {
  const times = Array.from({ length: 25 }, (_, n) => ({ file: `${n}`, seconds: (n * 7) % 25 }));
  const lines = describeSlowest(times);
  expect(lines).toHaveLength(10);
  expect(lines[0]).toBe('  24.0 s  7');
  expect(lines[9]).toBe(`  15.0 s  ${times.findIndex(({ seconds }) => seconds === 15)}`);
  expect(describeSlowest(times, 2)).toHaveLength(2);
  expect(describeSlowest([])).toEqual([]);
  expect(times[0]).toEqual({ file: '0', seconds: 0 });
});
