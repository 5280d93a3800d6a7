import { describe, expect, it } from 'vitest';
import { mostOf, recomputed, sumOfRounds } from './pastRounds.ts';
import { readTermsTyped, termsDiffering, typedTermsOf, typedTermsOfShared } from './typedTerms.ts';

const OLD = { pricePerPoint: '0.100000', budgetPerRound: '3.000000', minTender: '5.00' };

describe('typed terms', () => {
  it('begin as the newest version, and are read back the same', () => {
    const typed = typedTermsOf(OLD);
    expect(typed).toEqual({ pricePerPoint: '0.10', budgetPerRound: '3.00', minTender: '5.00' });
    expect(readTermsTyped(typed, OLD, 6)).toEqual({ terms: OLD, errors: {} });
  });

  it('come back from a draft as they were saved, and not from what is none', () => {
    const typed = { pricePerPoint: '0.125', budgetPerRound: '1,250', minTender: '7' };
    const { terms } = readTermsTyped(typed, OLD, 6);
    const shared = typedTermsOfShared(JSON.stringify({ buyback: terms }), 6);
    expect(shared).toEqual({
      pricePerPoint: '0.125',
      budgetPerRound: '1250.00',
      minTender: '7.00',
    });
    expect(readTermsTyped(shared ?? typed, OLD, 6)).toEqual({ terms, errors: {} });
    const short = { pricePerPoint: '1', budgetPerRound: '0', minTender: '1' };
    expect(typedTermsOfShared(JSON.stringify({ buyback: short }), 6)).toEqual({
      ...{ pricePerPoint: '1.00', budgetPerRound: '0.00', minTender: '1.00' },
    });
    const tooFine = { ...short, minTender: '1.005' };
    const none = [{ buyback: tooFine }, { buyback: { pricePerPoint: '1' } }, { ruleSet: {} }];
    for (const each of none) expect(typedTermsOfShared(JSON.stringify(each), 6)).toBeNull();
    expect(typedTermsOfShared('{', 6)).toBeNull();
  });

  it('say what can not be read, and take a budget of nothing', () => {
    const typed = { pricePerPoint: '0', budgetPerRound: '0', minTender: '1.005' };
    const { terms, errors } = readTermsTyped(typed, OLD, 6);
    expect(errors).toEqual({ pricePerPoint: 'nothing', minTender: 'points' });
    expect(terms).toMatchObject({ budgetPerRound: '0.000000', minTender: '5.00' });
  });

  it('hurt holders by less money, more points, or too large a step', () => {
    const effects = (changed: Partial<typeof OLD>, before = OLD): string[] =>
      termsDiffering(before, { ...before, ...changed }, 6).map((each) => each.effect);
    expect(effects({})).toEqual([]);
    expect(effects({ pricePerPoint: '0.200000', budgetPerRound: '9.000000' })).toEqual([
      ...['better', 'better'],
    ]);
    expect(effects({ pricePerPoint: '0.200001' })).toEqual(['holders']);
    expect(effects({ pricePerPoint: '0.200001' }, { ...OLD, budgetPerRound: '0.000000' })).toEqual([
      'better',
    ]);
    expect(effects({ minTender: '2.50' })).toEqual(['better']);
    expect(effects({ minTender: '2.49' })).toEqual(['holders']);
    expect(effects({ minTender: '5.01', budgetPerRound: '2.999999' })).toEqual([
      ...['holders', 'holders'],
    ]);
  });
});

describe('past rounds on other terms', () => {
  const round = (number: number, tendered: string, covered: boolean, budget: string) => ({
    ...{ number, tendered },
    result: { budget, covered, filled: '30.00', payout: '3.000000' },
  });

  it('pay what the other budget buys at the other price', () => {
    const after = { ...OLD, pricePerPoint: '0.120000' };
    const rounds = recomputed([round(1, '48.21', true, '3.000000')], after, 6);
    expect(rounds).toEqual([
      {
        ...{ number: 1, tendered: '48.21' },
        before: { paid: '3.000000', points: '30.00' },
        after: { paid: '3.000000', points: '25.00' },
      },
    ]);
  });

  it('have no more than was there where money lacked, and leave out what is not settled', () => {
    const after = { ...OLD, budgetPerRound: '6.000000' };
    const open = { number: 2, tendered: '9.00', result: null };
    const rounds = recomputed(
      [open, round(1, '48.21', false, '3.000000'), round(0, '80.00', true, '3.000000')],
      after,
      6,
    );
    expect(rounds.map(({ number, after: { paid } }) => [number, paid])).toEqual([
      [1, '3.000000'],
      [0, '6.000000'],
    ]);
    expect(sumOfRounds(rounds, 6)).toEqual({
      before: { paid: '6.000000', points: '60.00' },
      after: { paid: '9.000000', points: '90.00' },
    });
  });

  it('cost at most their budgets', () => {
    const about = { outstanding: '232.11', rounds: 4, decimals: 6 };
    expect(mostOf(OLD, about)).toEqual({ points: '30.00', percent: 12, money: '12.000000' });
    expect(mostOf(OLD, { ...about, outstanding: '0.00' }).percent).toBeNull();
    expect(mostOf(OLD, { ...about, outstanding: '9.00' }).percent).toBe(100);
  });
});
