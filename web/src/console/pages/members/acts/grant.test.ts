import { expect, it } from 'vitest';
import type { DeskRule } from '../../../terms/fields.ts';
import { pointsOfGrant, readGrant, rulesInForce } from './grant.ts';
import type { GrantProgram } from './queries.ts';

const rule = (part: Partial<DeskRule> = {}): DeskRule => ({
  ...{ ruleId: 1, name: 'visit', text: 'Points for a visit.', look: null },
  ...{ perAction: '2.00', perMillionUnits: '0.00' },
  ...{ maxCount: null, maxPoints: null, untilEpoch: null, ...part },
});
const TYPED = {
  rule: 'visit',
  count: '3',
  amount: '',
  reason: 'She stood in the rain.',
  hours: '0',
};

it('reads a grant, and says what is wrong with each field', () => {
  expect(readGrant(TYPED, rule())).toEqual({ grant: { count: 3, amount: '0' }, errors: {} });
  expect(readGrant({ ...TYPED, count: '100,000' }, rule()).grant?.count).toBe(100_000);
  for (const count of ['', '0', '1.5', '1,5', '-1', '100001', 'x']) {
    expect(readGrant({ ...TYPED, count }, rule())).toEqual({
      grant: null,
      errors: { count: 'count' },
    });
  }
  const spending = rule({ perMillionUnits: '1000.00' });
  expect(readGrant({ ...TYPED, amount: '', reason: ' ' }, spending).errors).toEqual({
    amount: 'amount',
    reason: 'reason',
  });
  expect(readGrant({ ...TYPED, amount: '1000000000000001' }, spending).grant).toBeNull();
});

it('knows what a grant earns, as exactly as the contract', () => {
  expect(pointsOfGrant(rule(), { count: 3, amount: '0' })).toBe('6.00');
  const spending = rule({ perAction: '0.00', perMillionUnits: '1000.00' });
  expect(pointsOfGrant(spending, { count: 1, amount: '4299' })).toBe('4.29');
  expect(pointsOfGrant(spending, { count: 1, amount: '1000000000000000' })).toBe(
    '1000000000000.00',
  );
});

it('grants by the rules that are in force now alone', () => {
  const program = {
    clock: { currentEpoch: 7 },
    ruleSets: {
      edges: [
        { node: { fromEpoch: 8, rules: [rule({ ruleId: 9 })] } },
        { node: { fromEpoch: 3, rules: [rule(), rule({ ruleId: 2, untilEpoch: 7 })] } },
        { node: { fromEpoch: 0, rules: [rule({ ruleId: 8 })] } },
      ],
    },
  } as unknown as GrantProgram;
  expect(rulesInForce(program).map(({ ruleId }) => ruleId)).toEqual([1]);
});
