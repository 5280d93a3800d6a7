import { describe, expect, it } from 'vitest';
import { UNSETTLED, withEvents, type StatementEvent } from './settledState.ts';

const at = (blockNumber: number) => ({ blockNumber, logIndex: 0, transactionHash: '0x' as const });
const settled = (block: number, points: bigint): StatementEvent => ({
  kind: 'Settled',
  points,
  lines: `0x0${block}`,
  at: at(block),
});
const skipped = (block: number, notBeforeMs: number | null): StatementEvent => ({
  kind: 'Skipped',
  reason: 'BudgetUsedUp',
  lines: '0x',
  at: at(block),
  notBeforeMs,
});

describe('what the chain says about a statement', () => {
  it('is its newest settlement, which counts everything minted so far', () => {
    expect(withEvents(UNSETTLED, [settled(1, 5n), settled(2, 8n)])).toEqual({
      settledLines: '0x02',
      settledPoints: 8n,
      settledAt: at(2),
      skipped: null,
      notBeforeMs: null,
    });
  });

  it('keeps what was settled when a later one is skipped, and forgets the skip when it is settled', () => {
    const waiting = withEvents(UNSETTLED, [settled(1, 5n), skipped(2, 77)]);
    expect(waiting).toMatchObject({
      settledPoints: 5n,
      skipped: { reason: 'BudgetUsedUp', at: at(2) },
      notBeforeMs: 77,
    });
    expect(withEvents(waiting, [settled(3, 9n)])).toMatchObject({
      settledPoints: 9n,
      skipped: null,
      notBeforeMs: null,
    });
  });

  it('is the same when events that were added already are added again', () => {
    const events = [settled(1, 5n), skipped(2, 77), settled(3, 9n), skipped(4, 88)];
    const once = withEvents(UNSETTLED, events);
    expect(withEvents(once, events)).toEqual(once);
    expect(withEvents(withEvents(UNSETTLED, events.slice(0, 3)), events)).toEqual(once);
  });
});
