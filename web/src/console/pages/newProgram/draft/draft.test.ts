import { describe, expect, it } from 'vitest';
import { stepOf, wrongByApi, wrongIn } from './checks.ts';
import { firstEpochStart, inputOf, mostCost, newDraft, type ProgramDraft } from './draft.ts';

const NOON = Date.UTC(2026, 0, 15, 12, 34, 56);
const TOKEN = '0x5FC8d32690cc91D4c39d9d3abcBD16989F875707';
const good: ProgramDraft = {
  ...newDraft((name) => `words of ${name}`),
  ...{ name: ' Dewdrop ', symbol: 'DEW', token: TOKEN },
};
const wrong = (part: Partial<ProgramDraft>) => wrongIn({ ...good, ...part }, 5);

describe('a draft of a program', () => {
  it('becomes what the API takes, with exact numbers', () => {
    const { opening, ...input } = inputOf(good, NOON);
    expect(input).toMatchObject({
      ...{ name: 'Dewdrop', noticeSeconds: 1_209_600, objectionThresholdBps: 500 },
      ...{ epochSeconds: 86_400, firstRoundAt: '2026-01-22T12:34:56.000Z', settlementToken: TOKEN },
      buyback: { pricePerPoint: '0.10', budgetPerRound: '100.00', minTender: '5.00' },
    });
    expect(opening[0]?.rules.slice(0, 2)).toEqual([
      {
        ...{ ruleId: 1, name: 'purchase', text: 'words of purchase' },
        ...{ perMillionUnits: '1000.00', maxPoints: '300.00' },
      },
      { ruleId: 2, name: 'visit', text: 'words of visit', perAction: '2.00', maxCount: 1 },
    ]);
  });

  it('takes numbers with thousands signs, and sends them plain', () => {
    const rules = good.rules.map((rule) => ({ ...rule, points: '1,234.50' }));
    const typed = {
      ...{ ...good, rules, budget: '2,000,000', price: '1,000.125', roundBudget: '5,000.00' },
      ...{ minTender: ' 1,000 ', objectionCap: '250,000.00' },
    };
    expect(wrongIn(typed, 5)).toEqual({});
    const { opening, ...input } = inputOf(typed, NOON);
    expect(input).toMatchObject({
      objectionCap: '250000.00',
      buyback: { pricePerPoint: '1000.125', budgetPerRound: '5000.00', minTender: '1000' },
    });
    expect(opening[0]).toMatchObject({
      budgetPerEpoch: '2000000',
      rules: [{ perMillionUnits: '12345000.00' }, { perAction: '1234.50' }, {}],
    });
    expect(mostCost({ ...typed, periodDays: '7' })).toMatch(/^25000\.0+$/);
    expect(inputOf(good, NOON).opening[0]?.budgetPerEpoch).toBe('100000.00');
  });

  it('counts days in whole seconds, a part of one as well', () => {
    const parts = Array.from({ length: 5_901 }, (_, more) => 100 + more);
    for (const hundredths of parts) {
      const noticeDays = `${Math.floor(hundredths / 100)}.${`${hundredths % 100}`.padStart(2, '0')}`;
      expect(inputOf({ ...good, noticeDays }, NOON).noticeSeconds).toBe(hundredths * 864);
    }
  });

  it('without a buyback buys nothing, and is not backed by anything', () => {
    const input = inputOf({ ...good, hasBuyback: false, backed: true }, NOON);
    expect([input.backed, input.buyback.budgetPerRound]).toEqual([false, '0']);
  });

  it('begins in its current epoch, at the hour that was chosen', () => {
    for (const [epoch, longestMs] of [
      ['HOUR', 3_600_000],
      ['DAY', 86_400_000],
      ['WEEK', 86_400_000],
    ] as const) {
      for (const startHour of ['0', '12', '13', '23']) {
        const start = firstEpochStart({ ...good, epoch, startHour }, NOON);
        expect(start.getTime()).toBeLessThanOrEqual(NOON);
        expect(start.getTime()).toBeGreaterThan(NOON - longestMs);
        if (epoch !== 'HOUR') expect(start.getHours()).toBe(Number(startHour));
      }
    }
  });

  it('costs at most what its rounds of 30 days spend', () => {
    expect(mostCost({ ...good, periodDays: '7' })).toMatch(/^500\.0+$/);
    expect(mostCost({ ...good, periodDays: '30' })).toMatch(/^100\.0+$/);
    expect(mostCost({ ...good, roundBudget: 'much' })).toBeNull();
  });
});

describe('what is wrong', () => {
  it('is nothing in what there is to begin with, but what has to be filled in', () => {
    expect(wrongIn(good, 5)).toEqual({});
    const fresh = newDraft((name) => name);
    expect(wrongIn(fresh, 5)).toEqual({ name: 'empty', symbol: 'empty', token: 'token' });
    expect(wrongIn(fresh, 2)).toEqual({});
  });

  it.each([
    [{ name: '露'.repeat(22) }, { name: 'long' }],
    [{ noticeDays: '6' }, { noticeDays: 'noticeDays' }],
    [{ threshold: '20.5' }, { threshold: 'threshold' }],
    [{ settlementWindow: '10' }, { settlementWindow: 'window' }],
    [{ epoch: 'HOUR', settlementWindow: '8' } as const, { settlementWindow: 'shortWindow' }],
    [{ periodDays: '3', windowDays: '7' }, { periodDays: 'overlaps' }],
    [{ price: '0.00' }, { price: 'money' }],
    [{ price: '0,10' }, { price: 'money' }],
    [{ budget: '1,00' }, { budget: 'points' }],
    [{ objectionCap: '99.99' }, { objectionCap: 'cap' }],
    [{ token: '0x12' }, { token: 'token' }],
  ])('of %j is %j', (part, expected) => {
    expect(wrong(part)).toEqual(expected);
  });

  it('of a rule is beside its field, found here or by the API', () => {
    const [first] = good.rules;
    if (first === undefined) throw new Error('there are no rules');
    const rules = [first, { ...first, ruleId: 2, points: '0.001' }];
    expect(wrong({ rules })).toEqual({ 'rules.1.name': 'taken', 'rules.1.points': 'points' });
    const refusal = (field: string | null) => ({ code: 'OUT_OF_RANGE', field, message: '' });
    const told = wrongByApi([
      refusal('opening[0].rules[1].perMillionUnits'),
      refusal('buyback.pricePerPoint'),
      refusal(null),
    ]);
    expect(Object.keys(told)).toEqual(['rules.1.points', 'price', '']);
    expect(Object.keys(told).map(stepOf).slice(0, 2)).toEqual([2, 3]);
  });
});
