import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MemberRecord } from '../../ports/stores/members.ts';
import { action } from '../../testing/builders/action.ts';
import { WINDOW } from '../../testing/builders/program.ts';
import { DAY_MS, HOUR_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startRecording, type Recording } from '../../testing/recording.ts';
import type { HistoryEntry } from '../../domain/members/history.ts';

const NOON_MS = STARTS_AT_MS + 12 * HOUR_MS;
const at = { blockNumber: 7, logIndex: 2, transactionHash: `0x${'ab'.repeat(32)}` } as const;

let recording: Recording;
beforeAll(async () => {
  recording = await startRecording();
});
beforeEach(() => recording.clock.set(NOON_MS));
afterAll(() => recording.close());

async function memberOf(externalId: string): Promise<MemberRecord> {
  const member = await recording.members.find(recording.program, externalId);
  if (member === null) throw new Error(`${externalId} is no member.`);
  return member;
}

/** The chain says that a statement was settled as it stands, or only in part. */
async function settle(externalId: string, epoch: number, points?: bigint): Promise<void> {
  await recording.aggregateAll();
  const statement = await recording.statementOf(externalId, epoch);
  if (statement === null) throw new Error('No statement.');
  await recording.store.statements.saveSettled(recording.program.id, [
    {
      id: statement.id,
      settledLines: statement.lines,
      settledPoints: points ?? statement.points,
      settledAt: at,
      skipped: null,
      notBeforeMs: null,
    },
  ]);
}

const history = async (externalId: string): Promise<HistoryEntry[]> =>
  (
    await recording.members.history(recording.program, await memberOf(externalId), {
      first: 50,
      after: null,
    })
  ).entries;

describe('a balance', () => {
  it('is what the chain says, and what the log says is to come', async () => {
    await recording.recordActions.record(recording.program, [
      action(),
      action({ eventId: 'held', maturesAtMs: NOON_MS + DAY_MS }),
    ]);
    const member = await memberOf('ann');
    expect(await recording.members.balance(recording.program, member)).toEqual({
      settled: 0n,
      locked: { tendered: 0n, objected: 0n, ordered: 0n },
      pending: 4_468n,
      maturing: 2_234n,
      accounts: [
        {
          account: member.account,
          signer: 'SERVICE',
          receives: true,
          settled: 0n,
          locked: { tendered: 0n, objected: 0n, ordered: 0n },
          pending: 4_468n,
          maturing: 2_234n,
        },
      ],
      asOfBlock: 0,
      stale: true,
    });
    await settle('ann', 0);
    await recording.store.totals.apply(recording.program.id, [
      {
        chainId: 31_337,
        programId: recording.program.id,
        points: recording.program.address,
        event: {
          kind: 'Transfer',
          from: `0x${'0'.repeat(40)}`,
          to: member.account,
          amount: 2_234n,
        },
        at,
        blockHash: `0x${'cd'.repeat(32)}`,
        blockTimeMs: null,
      },
    ]);
    expect(await recording.members.balance(recording.program, member)).toMatchObject({
      settled: 2_234n,
      pending: 2_234n,
      maturing: 2_234n,
    });
  });

  it('has nothing pending that can not be settled any more', async () => {
    await recording.recordActions.record(recording.program, [action({ memberId: 'old' })]);
    await recording.aggregateAll();
    recording.clock.set(STARTS_AT_MS + (WINDOW + 1) * DAY_MS);
    const balance = await recording.members.balance(recording.program, await memberOf('old'));
    expect(balance.pending).toBe(0n);
    expect(await history('old')).toMatchObject([{ state: 'LAPSED', points: 2_234n }]);
  });
});

describe('a history', () => {
  it('has a line for each epoch and rule with its state and transaction, newest epoch first', async () => {
    const record = (eventId: string, rest: Parameters<typeof action>[0]): Promise<unknown> =>
      recording.recordActions.record(recording.program, [
        action({ memberId: 'his', eventId, ...rest }),
      ]);
    await record('a', {});
    await record('b', { rule: 'album', count: 3, amount: 0 });
    await settle('his', 0);
    recording.clock.set(NOON_MS + DAY_MS);
    await record('c', { occurredAtMs: NOON_MS + DAY_MS });
    await record('d', { occurredAtMs: NOON_MS + DAY_MS, maturesAtMs: NOON_MS + 3 * DAY_MS });
    expect(await history('his')).toMatchObject([
      {
        epoch: 1,
        rule: { name: 'purchase' },
        count: 1n,
        amount: 1234n,
        points: 2_234n,
        state: 'PENDING',
        transactionHash: null,
        ruleSetVersion: 0,
      },
      { epoch: 1, count: 1n, amount: 1234n, points: 2_234n, state: 'MATURING' },
      { epoch: 0, points: 2_234n, state: 'SETTLED', transactionHash: at.transactionHash },
      { epoch: 0, rule: { name: 'album' }, count: 3n, points: 1_500n, state: 'SETTLED' },
    ]);
  });

  it('keeps a line settled when another one of its statement is new', async () => {
    await recording.recordActions.record(recording.program, [action({ memberId: 'grow' })]);
    await settle('grow', 0);
    await recording.recordActions.record(recording.program, [
      action({ memberId: 'grow', eventId: 'x', rule: 'album' }),
    ]);
    expect(await history('grow')).toMatchObject([
      { rule: { name: 'purchase' }, state: 'SETTLED' },
      { rule: { name: 'album' }, state: 'PENDING' },
    ]);
  });

  it('calls no line settled while a budget holds part of the statement back', async () => {
    await recording.recordActions.record(recording.program, [action({ memberId: 'part' })]);
    await settle('part', 0, 1_000n);
    expect(await history('part')).toMatchObject([{ state: 'PENDING', transactionHash: null }]);
  });

  it('keeps what was voided, each with its reason, behind what counts', async () => {
    const held = (eventId: string): ReturnType<typeof action> =>
      action({ memberId: 'vo', eventId, maturesAtMs: NOON_MS + DAY_MS });
    await recording.recordActions.record(recording.program, [
      ...['a', 'b', 'c', '\u{20000}', '\uff21'].map(held),
      action({ memberId: 'vo', eventId: 'now' }),
    ]);
    await recording.reviewActions.decide(recording.program, { kind: 'void', actor: null }, [
      { memberId: 'vo', eventId: 'c', reason: 'returned' },
      { memberId: 'vo', eventId: 'a' },
      { memberId: 'vo', eventId: '\u{20000}' },
      { memberId: 'vo', eventId: '\uff21' },
    ]);
    const all = await history('vo');
    expect(all).toMatchObject([
      { state: 'PENDING', count: 1n, voided: null },
      { state: 'MATURING', count: 1n, voided: null },
      {
        state: 'VOIDED',
        count: 1n,
        amount: 1234n,
        points: 0n,
        voided: { eventId: 'a', reason: null },
      },
      { state: 'VOIDED', voided: { eventId: 'c', reason: 'returned', voidedAtMs: NOON_MS } },
      { state: 'VOIDED', voided: { eventId: '\uff21' } },
      { state: 'VOIDED', voided: { eventId: '\u{20000}' } },
    ]);
    const member = await memberOf('vo');
    for (const first of [1, 2, 3]) {
      const seen: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const page = await recording.members.history(recording.program, member, { first, after });
        seen.push(...page.entries.map(({ cursor }) => cursor));
        after = seen.at(-1) ?? null;
        more = page.hasNextPage;
      }
      expect(seen).toEqual(all.map(({ cursor }) => cursor));
    }
  });

  it('says what the contract refused, and in which transaction', async () => {
    await recording.recordActions.record(recording.program, [action({ memberId: 'ref' })]);
    await recording.aggregateAll();
    const statement = await recording.statementOf('ref', 0);
    if (statement === null) throw new Error('No statement.');
    const { id, lines } = statement;
    await recording.store.statements.saveSettled(recording.program.id, [
      {
        id,
        settledLines: '0x',
        settledPoints: 0n,
        settledAt: null,
        skipped: { reason: 'ForbiddenMember', lines, at },
        notBeforeMs: null,
      },
    ]);
    expect(await history('ref')).toMatchObject([
      { state: 'REFUSED', transactionHash: at.transactionHash },
    ]);
  });

  it('gives every line once over its pages, whatever the size of a page', async () => {
    const inputs = [0, 1, 2].flatMap((epoch) =>
      ['purchase', 'album'].map((rule) =>
        action({
          memberId: 'pages',
          eventId: `${epoch}${rule}`,
          rule,
          occurredAtMs: NOON_MS + epoch * DAY_MS,
          maturesAtMs: epoch === 2 && rule === 'album' ? NOON_MS + 4 * DAY_MS : null,
        }),
      ),
    );
    for (const input of inputs) {
      recording.clock.set(input.occurredAtMs);
      await recording.recordActions.record(recording.program, [input]);
    }
    const member = await memberOf('pages');
    const all = (await history('pages')).map(({ cursor }) => cursor);
    expect(all).toHaveLength(6);
    for (const first of [1, 2, 4, 5, 6, 7]) {
      const seen: string[] = [];
      let after: string | null = null;
      for (;;) {
        const page = await recording.members.history(recording.program, member, { first, after });
        expect(page.entries.length).toBeLessThanOrEqual(first);
        seen.push(...page.entries.map(({ cursor }) => cursor));
        after = seen.at(-1) ?? null;
        if (!page.hasNextPage) break;
      }
      expect(seen).toEqual(all);
    }
  });

  it('refuses what is no cursor', async () => {
    await recording.recordActions.record(recording.program, [action({ memberId: 'cursor' })]);
    const member = await memberOf('cursor');
    for (const after of ['', 'x', '1', '1.2.3', '99999999999.1']) {
      const page = recording.members.history(recording.program, member, { first: 5, after });
      await expect(page).rejects.toMatchObject({
        refusals: [{ code: 'MALFORMED', field: 'after' }],
      });
    }
  });
});

describe('members', () => {
  it('are found by either id, in their own program only', async () => {
    await recording.recordActions.record(recording.program, [action({ memberId: 'own' })]);
    const member = await memberOf('own');
    expect(await recording.members.findById(recording.program, member.id)).toEqual(member);
    const other = { id: 'prg_other' };
    expect(await recording.members.findById(other, member.id)).toBeNull();
    expect(await recording.members.find(other, 'own')).toBeNull();
  });
});
