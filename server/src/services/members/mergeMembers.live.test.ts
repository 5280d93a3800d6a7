import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mergeOf } from '../../domain/members/merges.ts';
import { action } from '../../testing/builders/action.ts';
import { createMerging, refusedFor, type Merging } from '../../testing/merging/merging.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import type { ServerProcess } from '../../testing/foundation.ts';
import { startRecording, type Recording } from '../../testing/recording.ts';

const NOON_MS = STARTS_AT_MS + 12 * HOUR_MS;
/** In epoch 1, the first one of merges that are made at noon of epoch 0. */
const NEXT_MS = STARTS_AT_MS + DAY_MS;

let recording: Recording;
let merging: Merging;
/** Another server on the same database. */
let other: ServerProcess;
beforeAll(async () => {
  recording = await startRecording();
  other = recording.process();
  merging = createMerging(recording);
});
beforeEach(() => recording.clock.set(NOON_MS));
afterAll(async () => {
  await other.recordActions.close();
  await recording.close();
});

const record = async (
  server: ServerProcess,
  memberId: string,
  eventId: string,
  occurredAtMs: number,
  more: object = {},
): Promise<string> => {
  const program = await server.programs.get(recording.program.id);
  const input = action({ memberId, eventId, occurredAtMs, ...more });
  const [result] = await server.recordActions.record(program ?? recording.program, [input]);
  return result?.status === 'REJECTED' ? result.refusal.code : (result?.status ?? '');
};
/** Creates two members that both servers know. */
async function pair(name: string): Promise<{ readonly from: string; readonly into: string }> {
  const ids = { from: `${name}-from`, into: `${name}-into` };
  for (const memberId of [ids.from, ids.into]) {
    for (const [at, server] of [recording, other].entries()) {
      await record(server, memberId, `first-${at}`, STARTS_AT_MS);
    }
  }
  return ids;
}
const merge: Merging['merge'] = (...args) => merging.merge(...args);
const memberOf: Merging['memberOf'] = (externalId) => merging.memberOf(externalId);
const entriesOf = async (externalId: string, epoch: number): Promise<number> => {
  const statement = { memberId: (await memberOf(externalId)).id, epoch };
  const { program, store } = recording;
  return (await store.actionLog.countActions(program.id, [statement])).values().next().value ?? 0;
};

describe('after a merge', () => {
  it('actions of its epochs are of the one member on every server, and earlier ones of the old one', async () => {
    const { from, into } = await pair('split');
    const merged = await merge(from, into);
    expect(merged).toMatchObject({ fromEpoch: 1, startsAtMs: NEXT_MS, ownWallet: null });
    // In the last minutes before the epoch, apps whose clock is ahead report what is of it.
    recording.clock.set(NEXT_MS - MINUTE_MS);
    for (const [at, server] of [recording, other].entries()) {
      expect(await record(server, from, `ahead-${at}`, NEXT_MS)).toBe('RECORDED');
      expect(await record(server, from, `before-${at}`, NEXT_MS - 1)).toBe('RECORDED');
    }
    // In the grace period both kinds come in at the same time.
    recording.clock.set(NEXT_MS + HOUR_MS);
    for (const [at, server] of [recording, other].entries()) {
      expect(await record(server, from, `late-${at}`, NEXT_MS - 2)).toBe('RECORDED');
      expect(await record(server, from, `now-${at}`, NEXT_MS + 1)).toBe('RECORDED');
      expect(await record(server, into, `own-${at}`, NEXT_MS + 1)).toBe('RECORDED');
    }
    const counts = await Promise.all(
      [from, into].flatMap((id) => [0, 1].map((epoch) => entriesOf(id, epoch))),
    );
    expect(counts).toEqual([6, 0, 2, 6]);
    await recording.aggregateAll();
    expect(await recording.statementOf(from, 1)).toBeNull();
    expect((await recording.statementOf(into, 1))?.entries).toBe(6);
  });

  it('an action that is reported again under its id is the same one, whichever member has it', async () => {
    const { from, into } = await pair('again');
    expect(await record(recording, from, 'e', NOON_MS)).toBe('RECORDED');
    await merge(from, into);
    recording.clock.set(NEXT_MS + HOUR_MS);
    expect(await record(other, from, 'e', NOON_MS)).toBe('DUPLICATE');
    expect(await record(other, from, 'e', NEXT_MS)).toBe('EVENT_ID_REUSED');
    expect(await record(recording, from, 'f', NEXT_MS)).toBe('RECORDED');
    // From then on both ids stand for one member, and so do their events.
    expect(await record(other, into, 'f', NEXT_MS)).toBe('DUPLICATE');
    // Too late to be recorded, but not to be known.
    recording.clock.set(NEXT_MS + 3 * DAY_MS);
    expect(await record(other, from, 'e', NOON_MS)).toBe('DUPLICATE');
    expect(await record(other, from, 'f', NEXT_MS)).toBe('DUPLICATE');
    expect(await record(other, from, 'g', NEXT_MS)).toBe('EPOCH_CLOSED');
    expect([await entriesOf(from, 0), await entriesOf(into, 1)]).toEqual([3, 1]);
  });

  it('what was recorded under either id is found and voided by either id, but nothing of another member', async () => {
    const { from, into } = await pair('voids');
    const maturing = { maturesAtMs: NEXT_MS + DAY_MS };
    await record(recording, from, 'old', NOON_MS, maturing);
    await record(recording, into, 'theirs', NOON_MS, maturing);
    await merge(from, into);
    recording.clock.set(NEXT_MS + HOUR_MS);
    await record(other, from, 'new', NEXT_MS, maturing);
    const { program } = recording;
    const found = async (memberId: string, eventId: string): Promise<string | null> => {
      const view = await other.memberActions.find(program, memberId, eventId);
      return view === null ? null : `${view.member.externalId} ${view.action.epoch}`;
    };
    expect(await found(from, 'old')).toBe(`${from} 0`);
    expect(await found(into, 'old')).toBe(`${from} 0`);
    expect(await found(from, 'new')).toBe(`${into} 1`);
    expect(await found(into, 'new')).toBe(`${into} 1`);
    // Before the merge, this was none of the other's.
    expect(await found(from, 'theirs')).toBeNull();
    const voided = async (memberId: string, eventId: string): Promise<string> => {
      const [result] = await other.reviewActions.decide(program, { kind: 'void', actor: null }, [
        { memberId, eventId },
      ]);
      return result?.status === 'REJECTED' ? result.refusal.code : (result?.status ?? '');
    };
    expect(await voided(from, 'theirs')).toBe('UNKNOWN_ACTION');
    expect(await voided(into, 'old')).toBe('DECIDED');
    expect(await voided(from, 'old')).toBe('DUPLICATE');
    expect(await voided(from, 'new')).toBe('DECIDED');
    expect(await record(recording, from, 'new', NEXT_MS, maturing)).toBe('VOIDED');
    await recording.aggregateAll();
    const of = async (id: string, epoch: number): Promise<bigint | undefined> =>
      (await recording.statementOf(id, epoch))?.expectedPoints;
    const first = await recording.statementOf(from, 0);
    expect(await of(from, 0)).toBe(first?.points);
    expect(await of(into, 1)).toBe(0n);
    expect((await of(into, 0)) ?? 0n).toBeGreaterThan(first?.points ?? 0n);
  });

  it('of a merge on its way nothing is remembered, so that no server misses that it holds', async () => {
    const { from, into } = await pair('announced');
    const { store, program } = recording;
    const { id: memberId } = await memberOf(into);
    const { id } = await memberOf(from);
    await store.members.announceMerge(program.id, id, { memberId, by: 'test' }, Date.now());
    await store.programs.changeMemberIds(program.id);
    await other.programs.newest(program.id);
    expect(await record(other, from, 'between', STARTS_AT_MS)).toBe('RECORDED');
    // Nobody is told of this.
    await store.members.beginMerge(program.id, id, {
      ...{ by: 'test', fromEpoch: 1, atMs: 0 },
    });
    recording.clock.set(NEXT_MS);
    expect(await record(other, from, 'after', NEXT_MS)).toBe('RECORDED');
    expect([await entriesOf(from, 1), await entriesOf(into, 1)]).toEqual([0, 1]);
  });
});

describe('a merge', () => {
  it('is one for 50 callers on two servers under one key, who all get the same', async () => {
    const { from, into } = await pair('many');
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        merge(from, into, { key: 'same', server: index % 2 === 0 ? recording : other }),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(mergeOf(await memberOf(from))?.memberId).toBe((await memberOf(into)).id);
    // A day later it is the same one, and under another key none.
    recording.clock.set(NEXT_MS);
    expect(await merge(from, into, { key: 'same' })).toEqual(answers[0]);
    expect(await refusedFor(merge(from, into, { key: 'another' }))).toBe(
      'fromMemberId ALREADY_MERGED',
    );
    expect(await refusedFor(merge(into, from, { key: 'same' }))).toBe(
      'idempotencyKey IDEMPOTENCY_KEY_REUSED',
    );
  });

  it('begins an epoch later when the next one is too near for calls that are on their way', async () => {
    const { from, into } = await pair('near');
    recording.clock.set(NEXT_MS - MINUTE_MS);
    expect((await merge(from, into)).fromEpoch).toBe(2);
  });

  it('makes no chain, and changes nothing when it is refused', async () => {
    const { from, into } = await pair('chain');
    const { from: third, into: fourth } = await pair('more');
    await merge(from, into);
    const records = await Promise.all([from, into, third, fourth].map(memberOf));
    const refused: string[] = [];
    for (const [a, b] of [
      [from, third],
      [third, from],
      [into, third],
      [into, from],
      [third, third],
      ['nobody', third],
      [third, 'nobody'],
    ] as const) {
      refused.push(await refusedFor(merge(a, b)));
    }
    expect(refused).toEqual([
      'fromMemberId ALREADY_MERGED',
      'intoMemberId ALREADY_MERGED',
      'fromMemberId ALREADY_MERGED',
      'intoMemberId ALREADY_MERGED',
      'intoMemberId INVALID_MERGE',
      'fromMemberId NOT_FOUND',
      'intoMemberId NOT_FOUND',
    ]);
    expect(await Promise.all([from, into, third, fourth].map(memberOf))).toEqual(records);
    // Several may be merged into one.
    await merge(third, into);
    expect(mergeOf(await memberOf(third))?.memberId).toBe((await memberOf(into)).id);
  });

  it('that would be a chain or a circle with another one at the same time is none, on two servers', async () => {
    const { from: a, into: b } = await pair('ring-1');
    const { from: c } = await pair('ring-2');
    const outcomes = await Promise.all([
      refusedFor(merge(a, b)),
      refusedFor(merge(b, a, { server: other })),
      refusedFor(merge(b, c, { server: other })),
      refusedFor(merge(c, a)),
    ]);
    expect(outcomes.every((one) => /^(done|BUSY|.* ALREADY_MERGED)$/.test(one))).toBe(true);
    const all = await Promise.all([a, b, c].map(memberOf));
    const merged = all.filter((member) => mergeOf(member) !== null);
    expect(merged.length).toBe(outcomes.filter((one) => one === 'done').length);
    const receivers = new Set(merged.map((member) => mergeOf(member)?.memberId));
    expect(merged.filter(({ id }) => receivers.has(id))).toEqual([]);
    expect(all.filter(({ mergedInto }) => mergedInto?.fromEpoch === null)).toEqual([]);
  });

  it('is refused where the account that goes on is that of another member', async () => {
    const { from, into } = await pair('account');
    const { store, program } = recording;
    const { id } = await memberOf(into);
    const { account } = await memberOf(from);
    const at = { blockNumber: 1, logIndex: 1, transactionHash: '0x01' } as const;
    await store.members.saveLinks(program.id, id, [{ account, fromEpoch: 0, at }]);
    expect(await refusedFor(merge(from, into))).toBe('intoMemberId INVALID_MERGE');
    expect((await memberOf(from)).mergedInto).toBeUndefined();
  });

  it('waits while the time of the chain is not certain', async () => {
    const { from, into } = await pair('stale');
    const { clock, chain } = recording;
    const stale = {
      ...chain,
      clock: { ...clock, now: async () => ({ ...(await clock.now()), fresh: false }) },
    };
    const server = recording.process({ chain: stale });
    expect(await refusedFor(merge(from, into, { server }))).toBe('CHAIN_STALE');
    expect((await merge(from, into)).fromEpoch).toBe(1);
  });
});

describe('erasing', () => {
  it('the member that was merged ends the merge for its id, and points still move on', async () => {
    const { from, into } = await pair('erase-from');
    await merge(from, into);
    const { id } = await memberOf(from);
    const input = { memberId: from, idempotencyKey: 'erase-from' };
    await recording.memberEraser.erase(recording.program, input);
    recording.clock.set(NEXT_MS + HOUR_MS);
    expect(await record(other, from, 'new', NEXT_MS)).toBe('RECORDED');
    expect([await entriesOf(from, 1), await entriesOf(into, 1)]).toEqual([1, 0]);
    const anew = await memberOf(from);
    expect([anew.id === id, anew.mergedInto]).toEqual([false, undefined]);
    const { members } = recording.store;
    const kept = await members.listMergedInto(recording.program.id, [(await memberOf(into)).id]);
    expect(kept).toMatchObject([{ id, mergedInto: { fromEpoch: 1 } }]);
  });

  it('the member that goes on erases those that were merged into it: no id leads to an erased member', async () => {
    const { from, into } = await pair('erase-into');
    await record(recording, from, 'private', NOON_MS, { actor: 'Someone Named' });
    await merge(from, into);
    const old = await memberOf(from);
    // The other server writes down what it refused a second later.
    for (const memberId of [from, into]) {
      expect(await record(other, memberId, 'odd', NOON_MS, { rule: 'odd' })).toBe('UNKNOWN_RULE');
    }
    const input = { memberId: into, idempotencyKey: 'erase-into' };
    await recording.memberEraser.erase(recording.program, input);
    const { store, program } = recording;
    const rejections = await other.notedRejections.ofLastWeek(program);
    const odd = rejections.find(({ code }) => code === 'UNKNOWN_RULE');
    expect(odd).toMatchObject({ count: 2, samples: [] });
    expect(await store.members.findByExternalIds(program.id, [from, into])).toEqual(new Map());
    expect(await store.actionLog.listUnerased(program.id, old.id, 10)).toEqual([]);
    expect(await refusedFor(merge(from, into, { key: 'after' }))).toBe('fromMemberId NOT_FOUND');
    recording.clock.set(NEXT_MS + HOUR_MS);
    for (const id of [from, into]) expect(await record(other, id, 'new', NEXT_MS)).toBe('RECORDED');
    expect([await entriesOf(from, 1), await entriesOf(into, 1)]).toEqual([1, 1]);
  });
});

it('recording asks the database nothing more for members that are not merged', async () => {
  const { from, into } = await pair('asks');
  const asked: string[] = [];
  const counting = <T extends object>(part: T): T =>
    new Proxy(part, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          if (args.length > 0) asked.push(String(name));
          return Reflect.apply(value, target, args) as unknown;
        };
      },
    });
  const { store } = recording;
  const server = recording.process({
    store: { ...store, members: counting(store.members), actionLog: counting(store.actionLog) },
  });
  await record(server, from, 'once', NOON_MS);
  asked.length = 0;
  await record(server, from, 'twice', NOON_MS);
  await record(server, into, 'twice', NOON_MS);
  expect(asked.filter((name) => name !== 'ensure')).toEqual(['insert', 'insert']);
  await server.recordActions.close();
});
