import { packLines } from '@dewpoint/contracts/statement.ts';
import { describe, expect, it } from 'vitest';
import { RECORDED_PROGRAM } from '../../testing/builders/program.ts';
import type { StatementRecord } from '../statements/statementRecord.ts';
import { historyOf, parseHistoryCursor } from './history.ts';

const lines = packLines([
  { ruleId: 1, count: 1n, amount: 0n },
  { ruleId: 2, count: 1n, amount: 0n },
]);
const statement = {
  epoch: 4,
  lines,
  expectedLines: lines,
  points: 500n,
  expectedPoints: 500n,
  settledLines: lines,
  settledPoints: 500n,
  settledAt: { blockNumber: 1, logIndex: 1, transactionHash: '0xab' },
  skipped: null,
} as unknown as StatementRecord;

describe('a history', () => {
  it('says that a rule was not in force, rather than that nothing was settled', () => {
    const ruleSets = RECORDED_PROGRAM.ruleSets.map((ruleSet) => ({
      ...ruleSet,
      rules: ruleSet.rules.map((rule) => (rule.id === 1 ? { ...rule, untilEpoch: 4 } : rule)),
    }));
    expect(historyOf({ ruleSets, backed: false }, statement, false)).toMatchObject([
      { rule: { id: 1 }, points: 0n, state: 'RULE_NOT_IN_FORCE', transactionHash: null },
      { rule: { id: 2 }, points: 500n, state: 'SETTLED', transactionHash: '0xab' },
    ]);
  });

  it.each(['', '1', 'x.1', '1.1000', '1.v', '1.1v', '1.m'])('has no cursor %j', (cursor) => {
    expect(parseHistoryCursor(cursor)).toBeNull();
  });
});
