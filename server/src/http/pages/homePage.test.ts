import { NO_COUNT_CAP, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { describe, expect, it } from 'vitest';
import type { DemoOverview } from './demoOverview.ts';
import { homePage } from './homePage.ts';
import { STYLESHEET } from './stylesheet.ts';

const SPENT = {
  name: 'spent',
  text: 'Points for what is spent.',
  perAction: 0n,
  perUnit: 100_000n,
  maxCount: NO_COUNT_CAP,
  maxPoints: 50_000n,
};
const VISIT = { ...SPENT, name: 'visit', perAction: 200n, perUnit: 0n, maxCount: 3n };

const page = (language: 'en' | 'zh', demo: Partial<DemoOverview>): string =>
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
        noticePeriodMs: 7 * 86_400_000,
        objectionThresholdBps: 1_000,
        isChanging: false,
        buyback: null,
        memberDoor: null,
        auditDoor: '/audit/#/31337/0x1?from=8',
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

describe('the start page answers the three questions of people', () => {
  const buyback = {
    pricePerPoint: 100_000n,
    budgetPerRound: 3_000_000n,
    minTender: 500n,
    token: { address: '0x5FbDB2315678afecb367f032d93F642f64180aa3', symbol: 'LD', decimals: 6 },
    periodMs: 7 * 86_400_000,
    windowMs: 3 * 86_400_000,
    rounds: [
      { number: 2, isOpen: true, opensAtMs: 0, budget: 3_000_000n, available: 3_000_000n },
      { number: 3, isOpen: false, opensAtMs: 0, budget: 3_000_000n, available: 2_200_000n },
    ],
  } as const;

  it('with the numbers of the program', () => {
    const english = page('en', { buyback });
    for (const text of [
      '7 days before',
      '<b>10%</b>',
      '0.10 LD a point',
      'up to <b>3.00 LD a round',
      'every 7 days for 3 days',
      '5.00 points. No.',
      'Round 2, open now',
      '2.20 LD of 3.00 LD there',
    ]) {
      expect(english.replace(/\s+/g, ' ')).toContain(text);
    }
    expect(page('zh', { buyback })).toContain('提前 7 天');
  });

  it('and says so when there is no buyback, and when something is being made worse', () => {
    const none = { ...buyback, budgetPerRound: 0n };
    expect(page('en', { buyback: none })).toContain('There is no buyback at the moment.');
    expect(page('en', { isChanging: true })).toContain('a change is announced');
  });

  it('has a door for members where there is one, and one for auditors always', () => {
    expect(page('en', {})).not.toContain('/demo/wallet');
    expect(page('en', { memberDoor: '/demo/wallet' })).toContain('href="/demo/wallet"');
    expect(page('en', {})).toContain('href="/audit/#/31337/0x1?from=8"');
  });
});

it('nothing on the pages is wider than a narrow screen has to be', () => {
  // Names of programs and rules are the operator's, 64 bytes without a blank if they like.
  expect(STYLESHEET).toMatch(/body \{\s+overflow-wrap: anywhere;/);
  const widths = [...STYLESHEET.matchAll(/auto-fit, minmax\(([^,]+(?:,[^,]+)?), 1fr\)/g)].map(
    ([, w]) => w,
  );
  expect(widths.length).toBeGreaterThan(1);
  expect(widths.filter((width) => !width?.startsWith('min('))).toEqual([]);
  expect(STYLESHEET).not.toMatch(/flex: \d+ 0 \d+px/);
});
