import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { positionKey } from '../../domain/statements/statementRecord.ts';
import { action } from '../../testing/builders/action.ts';
import { WINDOW } from '../../testing/builders/program.ts';
import { DAY_MS, HOUR_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startRecording, type Recording } from '../../testing/recording.ts';
import type { ActionFilter, ActionPage, ActionPlace, ActionView } from './memberActions.ts';

const NOON_MS = STARTS_AT_MS + 12 * HOUR_MS;
const at = { blockNumber: 7, logIndex: 2, transactionHash: `0x${'ab'.repeat(32)}` } as const;

let recording: Recording;
beforeAll(async () => {
  recording = await startRecording();
});
beforeEach(() => recording.clock.set(NOON_MS));
afterAll(() => recording.close());

const record = (...actions: ReturnType<typeof action>[]): Promise<unknown> =>
  recording.recordActions.record(recording.program, actions);
const find = (memberId: string, eventId: string): Promise<ActionView | null> =>
  recording.memberActions.find(recording.program, memberId, eventId);

const ALL: ActionFilter = { member: null, epoch: null, ruleId: null, states: null };
async function of(memberId: string, filter: Partial<ActionFilter> = {}): Promise<ActionFilter> {
  return { ...ALL, ...filter, member: await recording.members.find(recording.program, memberId) };
}
const list = (
  filter: ActionFilter,
  page: { first?: number; after?: ActionPlace | null; lookAt?: number } = {},
): Promise<ActionPage> =>
  recording.memberActions.list(recording.program, filter, { first: 100, after: null, ...page });

/** Every event of a list, read in pages. */
async function readAll(
  filter: ActionFilter,
  { first, lookAt }: { first: number; lookAt?: number },
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<string[]> {
  const events: string[] = [];
  let after: ActionPlace | null = null;
  for (;;) {
    const page: ActionPage = await list(filter, {
      first,
      after,
      ...(lookAt !== undefined && { lookAt }),
    });
    events.push(...page.views.map(({ action: { eventId } }) => eventId));
    if (!page.hasNextPage) return events;
    after = page.through;
    await between();
  }
}

/** What the chain says about a statement. */
async function settle(
  memberId: string,
  rest: { settledPoints?: bigint; skipped?: 'BudgetUsedUp' | 'NotBacked' | 'UndefinedRule' } = {},
): Promise<void> {
  await recording.aggregateAll();
  const statement = await recording.statementOf(memberId, 0);
  if (statement === null) throw new Error('No statement.');
  const { id, lines } = statement;
  await recording.store.statements.saveSettled(recording.program.id, [
    {
      id,
      settledLines: lines,
      settledPoints: rest.settledPoints ?? statement.points,
      settledAt: at,
      skipped: rest.skipped === undefined ? null : { reason: rest.skipped, lines, at },
      notBeforeMs: null,
    },
  ]);
}

describe('an action', () => {
  it('is told with who granted it and why, what it earns, and that it waits for its epoch', async () => {
    await record(action({ memberId: 'one', amount: 150, actor: 'Ann', reason: 'a gift' }));
    expect(await find('one', 'event-1')).toMatchObject({
      action: { eventId: 'event-1', actor: 'Ann', reason: 'a gift', epoch: 0 },
      member: { externalId: 'one' },
      state: 'PENDING',
      points: 1_150n,
      heldBack: null,
      settled: null,
      statement: { points: 1_150n, settledPoints: 0n },
    });
    expect((await find('one', 'event-1'))?.why).toContain(
      'settled from 2026-01-02T06:00:00.000Z on',
    );
    expect(await find('one', 'none')).toBeNull();
    expect(await find('nobody', 'event-1')).toBeNull();
  });

  it('is told with no points of its own where a cap takes from several', async () => {
    await record(
      action({ memberId: 'cap', eventId: 'a' }),
      action({ memberId: 'cap', eventId: 'b' }),
      action({ memberId: 'cap', eventId: 'c' }),
      action({ memberId: 'cap', eventId: 'd', rule: 'album', amount: 0 }),
    );
    expect((await find('cap', 'a'))?.points).toBeNull();
    expect((await find('cap', 'd'))?.points).toBe(500n);
  });

  it('matures, and is void with its reason', async () => {
    const maturesAtMs = NOON_MS + DAY_MS;
    await record(action({ memberId: 'void', maturesAtMs }));
    expect(await find('void', 'event-1')).toMatchObject({ state: 'MATURING', points: 2_234n });
    expect((await find('void', 'event-1'))?.why).toContain('voided until 2026-01-02T11:58:00.000Z');
    await recording.reviewActions.decide(recording.program, { kind: 'void', actor: null }, [
      { memberId: 'void', eventId: 'event-1', reason: 'returned' },
    ]);
    expect(await find('void', 'event-1')).toMatchObject({
      state: 'VOIDED',
      points: 0n,
      decisions: { end: { kind: 'void', reason: 'returned' } },
    });
    expect((await find('void', 'event-1'))?.why).toContain('returned');
  });

  it('is settled with the moment on chain; before that with what holds it back', async () => {
    await record(action({ memberId: 'set' }));
    await settle('set', { settledPoints: 0n, skipped: 'BudgetUsedUp' });
    expect(await find('set', 'event-1')).toMatchObject({ state: 'PENDING', heldBack: 'BUDGET' });
    expect((await find('set', 'event-1'))?.why).toContain('budget');
    await settle('set', { settledPoints: 1n, skipped: 'NotBacked' });
    expect(await find('set', 'event-1')).toMatchObject({ state: 'PENDING', heldBack: 'BACKING' });
    await settle('set', { settledPoints: 0n, skipped: 'UndefinedRule' });
    expect(await find('set', 'event-1')).toMatchObject({ state: 'REFUSED', heldBack: null });

    await recording.store.chainEvents.upsert([
      {
        chainId: recording.program.chainId,
        programId: recording.program.id,
        points: recording.program.address,
        event: {
          kind: 'Transfer',
          from: at.transactionHash.slice(0, 42) as '0x',
          to: '0x',
          amount: 1n,
        },
        at,
        blockHash: `0x${'cd'.repeat(32)}`,
        blockTimeMs: NOON_MS,
      },
    ]);
    await settle('set');
    expect(await find('set', 'event-1')).toMatchObject({
      state: 'SETTLED',
      settled: { atMs: NOON_MS, blockNumber: 7, transactionHash: at.transactionHash },
    });
    expect(positionKey(at)).toBe(`${at.transactionHash}:2`);
  });

  it('lapses when its window closes before it was minted', async () => {
    await record(action({ memberId: 'old' }));
    recording.clock.set(STARTS_AT_MS + (WINDOW + 1) * DAY_MS);
    expect(await find('old', 'event-1')).toMatchObject({ state: 'LAPSED' });
  });
});

describe('a list of actions', () => {
  it('has each action once, newest first, whatever is recorded while it is read', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `n${index}`);
    for (const eventId of names.slice(0, 5)) await record(action({ memberId: 'list', eventId }));
    // Twenty of one moment.
    await record(...names.slice(5).map((eventId) => action({ memberId: 'list', eventId })));
    let added = 0;
    const whileReading = (): Promise<unknown> => {
      added += 1;
      return record(action({ memberId: 'list', eventId: `later-${added}` }));
    };
    const events = await readAll(await of('list'), { first: 4 }, whileReading);
    expect(events.filter((name) => !name.startsWith('later')).toSorted()).toEqual(names.toSorted());
    expect(events.slice(20)).toEqual(['n4', 'n3', 'n2', 'n1', 'n0']);
    const all = await readAll(ALL, { first: 7 });
    expect(new Set(all).size).toBeLessThan(all.length); // several members have an event-1
    expect(all.filter((name) => name.startsWith('later'))).toHaveLength(added);
  });

  it('has the actions of one member by epoch, and of one entry of the history', async () => {
    await record(
      action({ memberId: 'epo', eventId: 'a' }),
      action({ memberId: 'epo', eventId: 'b', rule: 'album', amount: 0 }),
    );
    recording.clock.set(NOON_MS + DAY_MS);
    await record(action({ memberId: 'epo', eventId: 'c', occurredAtMs: NOON_MS + DAY_MS }));
    expect(await readAll(await of('epo'), { first: 1 })).toHaveLength(3);
    expect((await readAll(await of('epo'), { first: 2 }))[0]).toBe('c');
    expect(await readAll(await of('epo', { epoch: 0, ruleId: 2 }), { first: 5 })).toEqual(['b']);
  });

  it('finds a state among many entries, a few at a time, and says that there is more', async () => {
    const maturesAtMs = NOON_MS + DAY_MS;
    await record(action({ memberId: 'fil', eventId: 'held', maturesAtMs }));
    for (let index = 0; index < 6; index += 1) {
      await record(action({ memberId: 'fil', eventId: `p${index}` }));
    }
    const maturing = await of('fil', { states: ['MATURING'] });
    const first = await list(maturing, { first: 5, lookAt: 3 });
    expect(first).toMatchObject({ views: [], hasNextPage: true });
    expect(await readAll(maturing, { first: 5, lookAt: 3 })).toEqual(['held']);
  });
});
