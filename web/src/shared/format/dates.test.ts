import { expect, it } from 'vitest';
import { showDay, showMoment, showUtcDay } from './dates.ts';

const ISO = new Date(2026, 11, 4, 16).toISOString();

it('writes dates that break over no line', () => {
  expect(showMoment(ISO, 'en')).toBe('4\u00a0Dec,\u00a016:00');
  expect(showMoment(ISO, 'zh-CN')).toBe('12\u2060月\u20604\u2060日\u00a016:00');
  expect(showDay(ISO, 'en')).toBe('4\u00a0Dec');
  expect(showDay(ISO, 'zh-CN')).toBe('12\u2060月\u20604\u2060日');
});

it('names a day of UTC wherever the reader is', () => {
  expect(showUtcDay('2026-12-04T00:00:00Z', 'en')).toBe('4\u00a0Dec');
  expect(showUtcDay('2026-12-04T23:59:59Z', 'en')).toBe('4\u00a0Dec');
});
