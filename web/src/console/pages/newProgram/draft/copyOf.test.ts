import { describe, expect, it } from 'vitest';
import { wrongIn } from './checks.ts';
import { copyOf, type CopiedProgram } from './copyOf.ts';
import { inputOf, newDraft } from './draft.ts';

const NOW = Date.UTC(2026, 0, 15, 12, 34, 56);
const fresh = {
  ...newDraft((name) => name),
  token: '0x5FC8d32690cc91D4c39d9d3abcBD16989F875707',
};
const NONE = { maxCount: null, maxPoints: null, untilEpoch: null };
const purchase = {
  ...{ ruleId: 1, name: 'purchase', text: 'What you spend. 消费。' },
  ...{ ...NONE, perAction: '0.00', perMillionUnits: '1000.00', maxPoints: '9007199254740993.01' },
};
const visit = {
  ...{ ruleId: 7, name: 'visit', text: 'A visit.' },
  ...{ ...NONE, perAction: '9007199254740993.07', perMillionUnits: '0.00', maxCount: 3 },
};
const tried: CopiedProgram = {
  ...{ name: 'Dew', symbol: 'DEW', transferable: true, settlementWindow: 40 },
  clock: { epochSeconds: 86_400, startsAt: '2026-01-01T05:00:00.000Z' },
  settings: {
    ...{ backed: true, noticeSeconds: 605_664, objectionThresholdBps: 1_050 },
    ...{ objectionCap: '9007199254740993.03', orderDeadlineSeconds: 864_000 },
    ...{ roundPeriodSeconds: 2_592_000, roundWindowSeconds: 864_000 },
  },
  ruleSet: { budgetPerEpoch: '100000.00', documentHash: null, rules: [purchase, visit] },
  buyback: {
    ...{ pricePerPoint: '0.100000000000000001', budgetPerRound: '100.00', minTender: '5.00' },
  },
};

describe('a copy of a program', () => {
  it('becomes the same input, to the last digit', () => {
    const { draft, left, leftRules } = copyOf(tried, fresh, NOW);
    expect([left, leftRules, wrongIn(draft, 5)]).toEqual([[], [], {}]);
    const { settings, buyback } = tried;
    expect(inputOf(draft, NOW)).toMatchObject({
      ...{ name: 'Dew', symbol: 'DEW', transferable: true, settlementWindow: 40, backed: true },
      ...{ epochSeconds: 86_400, noticeSeconds: settings.noticeSeconds, buyback },
      ...{ objectionThresholdBps: 1_050, objectionCap: settings.objectionCap },
      ...{ orderDeadlineSeconds: 864_000, roundPeriodSeconds: 2_592_000 },
      ...{ roundWindowSeconds: 864_000, settlementToken: fresh.token },
      opening: [
        {
          budgetPerEpoch: '100000.00',
          rules: [
            {
              ...{ ruleId: 1, name: 'purchase', text: purchase.text },
              ...{ perMillionUnits: '1000.00', maxPoints: '9007199254740993.01' },
            },
            {
              ...{ ruleId: 7, name: 'visit', text: 'A visit.' },
              ...{ perAction: '9007199254740993.07', maxCount: 3 },
            },
          ],
        },
      ],
    });
    expect(new Date(inputOf(draft, NOW).startsAt).getTime() % 86_400_000).toBe(18_000_000);
  });

  it('without a buyback offers none', () => {
    const none = { pricePerPoint: '0.01', budgetPerRound: '0.000', minTender: '1.00' };
    const { draft, left } = copyOf({ ...tried, buyback: none }, fresh, NOW);
    expect(inputOf(draft, NOW).buyback.budgetPerRound).toBe('0');
    expect(left).toEqual([]);
    const dear = { ...none, pricePerPoint: '0.02' };
    expect(copyOf({ ...tried, buyback: dear }, fresh, NOW).left).toEqual(['offTerms']);
  });

  it('names what the form can not say, and rounds nothing', () => {
    const rules = [
      { ...purchase, name: 'ends', untilEpoch: 30 },
      { ...purchase, name: 'fine', perMillionUnits: '1000.01' },
      { ...purchase, name: 'both', perAction: '1.00' },
      { ...visit, name: 'capped', maxPoints: '5.00' },
      { ...visit, name: 'blank', text: ' A visit.' },
      visit,
    ];
    const { draft, left, leftRules } = copyOf(
      {
        ...tried,
        clock: { epochSeconds: 7_200, startsAt: '2026-01-01T05:30:00.000Z' },
        settings: { ...tried.settings, noticeSeconds: 604_801, roundPeriodSeconds: 2_592_864 },
        ruleSet: { ...tried.ruleSet, documentHash: '0x12', rules },
      },
      fresh,
      NOW,
    );
    expect(leftRules).toEqual(['ends', 'fine', 'both', 'capped', 'blank']);
    expect(left).toEqual([
      ...['periodDays', 'noticeDays', 'epoch', 'startHour', 'settlementWindow', 'documentHash'],
    ]);
    expect(draft.rules.map(({ name }) => name)).toEqual(['visit']);
    expect([draft.noticeDays, draft.periodDays]).toEqual([fresh.noticeDays, fresh.periodDays]);
  });

  it('names what is beyond the bounds of the form, which would refuse it', () => {
    const most = '23611832414348226068.47';
    const rules = [
      { ...visit, perAction: most },
      { ...visit, name: 'much', maxCount: 1e9 },
    ];
    const { draft, left, leftRules } = copyOf(
      {
        ...tried,
        settings: { ...tried.settings, objectionCap: most, roundWindowSeconds: 93 * 86_400 },
        ruleSet: { ...tried.ruleSet, budgetPerEpoch: most, rules },
      },
      fresh,
      NOW,
    );
    expect(leftRules).toEqual(['visit', 'much']);
    expect([...left].sort()).toEqual(['budget', 'objectionCap', 'periodDays', 'windowDays']);
    expect([draft.rules, draft.budget]).toEqual([fresh.rules, fresh.budget]);
    expect(inputOf(draft, NOW).opening[0]?.budgetPerEpoch).toBe('100000.00');
    expect(wrongIn(draft, 5)).toEqual({});
  });

  it('begins its epochs when those of the other program do, months later', () => {
    // In the middle of a day of a program that is half a year old.
    const late = Date.UTC(2026, 6, 15, 12, 34, 56);
    const { draft } = copyOf(tried, fresh, late);
    const start = new Date(inputOf(draft, late).startsAt).getTime();
    expect((start - Date.parse(tried.clock.startsAt)) % 86_400_000).toBe(0);
    // Hours need no hour of the day.
    const clock = { ...tried.clock, epochSeconds: 3_600 };
    const hourly = copyOf({ ...tried, settlementWindow: 252, clock }, fresh, late);
    expect([hourly.draft.epoch, hourly.left]).toEqual(['HOUR', []]);
  });

  it('says that a week begins on another day', () => {
    const weekly = { ...tried, clock: { ...tried.clock, epochSeconds: 604_800 } };
    expect(copyOf(weekly, fresh, NOW).left).toEqual(['weekday']);
  });
});
