import { NO_COUNT_CAP, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { describe, expect, it } from 'vitest';
import { homePage, type Overview } from './homePage.ts';
import { STYLESHEET } from './stylesheet.ts';

type Demo = NonNullable<Overview['demo']>;

const SPENT = {
  name: 'spent',
  text: 'Points for what is spent.',
  perAction: 0n,
  perUnit: 100_000n,
  maxCount: NO_COUNT_CAP,
  maxPoints: 50_000n,
};
const VISIT = { ...SPENT, name: 'visit', perAction: 200n, perUnit: 0n, maxCount: 3n };

const page = (language: 'en' | 'zh', demo: Partial<Demo>): string =>
  homePage(
    {
      version: '0.1.0',
      nodeVersion: 'v20',
      chain: { id: 31_337, blockNumber: 1, answers: true },
      database: { kind: 'MongoDB', answers: true },
      demo: {
        name: 'Test',
        symbol: 'T',
        address: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
        epoch: 3,
        epochLengthMs: 86_400_000,
        amountUnit: null,
        openStatements: 0,
        outstanding: 0n,
        rules: [SPENT, { ...VISIT, maxPoints: NO_POINTS_CAP }],
        ...demo,
      },
    },
    language,
  );

describe('the start page says what rules earn', () => {
  const hours = (count: number): number => count * 3_600_000;
  it.each([
    [hours(1), '3 an hour at most', '每小时最多 3 次'],
    [hours(6), '3 in 6 hours at most', '每 6 小时最多 3 次'],
    [hours(24), '3 a day at most', '每天最多 3 次'],
    [hours(168), '3 a week at most', '每周最多 3 次'],
    [90_000, '3 in 90 seconds at most', '每 90 秒最多 3 次'],
  ])('in epochs of %d ms', (epochLengthMs, english, chinese) => {
    expect(page('en', { epochLengthMs })).toContain(english);
    expect(page('zh', { epochLengthMs })).toContain(chinese);
  });

  it('in the unit that the program counts in, and in none that nobody named', () => {
    const amountUnit = { en: 'steps', zh: '步' };
    expect(page('en', { amountUnit })).toContain('+1.00 for 1,000 steps');
    expect(page('zh', { amountUnit })).toContain('每 1,000 步 +1.00');
    expect(page('en', {})).toContain('+1.00 for 1,000 units of the amount');
    expect(page('zh', {})).toContain('每 1,000 单位金额 +1.00');
    for (const language of ['en', 'zh'] as const) {
      expect(page(language, {})).not.toMatch(/fen|分钱/);
    }
  });
});

it('nothing on the pages is wider than a narrow screen has to be', () => {
  // Names of programs and rules are the operator's, 64 bytes without a blank if they like.
  expect(STYLESHEET).toMatch(/body \{\s+overflow-wrap: anywhere;/);
  const widths = [...STYLESHEET.matchAll(/minmax\(([^,]+(?:,[^,]+)?), 1fr\)/g)].map(([, w]) => w);
  expect(widths.length).toBeGreaterThan(1);
  expect(widths.filter((width) => !width?.startsWith('min('))).toEqual([]);
  expect(STYLESHEET).not.toMatch(/flex: \d+ 0 \d+px/);
});
