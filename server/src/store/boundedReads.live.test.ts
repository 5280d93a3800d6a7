/** That lists ask the database for what they show, however many rows there are. */
import { createConnection, type Connection, type mongo } from 'mongoose';
import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ActionEntry } from '../domain/actions/action.ts';
import { AUDIT_START, chainEntries, type AuditDraft } from '../domain/organisations/auditLog.ts';
import type { AskedEntry } from '../ports/stores/access.ts';
import { createAuditStore } from './access/auditEntries.ts';
import { createActionLog } from './actions/actions.ts';
import { createChainEventStore } from './indexer/chainEvents.ts';
import { createMemberStore } from './members/members.ts';

const PROGRAM = 'prg_1';
const ROWS = 3_000;
const MEMBERS = 30;
const LIMIT = 20;

let connection: Connection;
/** Some engines read, or say that they read, all that a filter finds, whatever the limit. */
let tellsWhatItReads = false;
beforeAll(async () => {
  connection = await createConnection(testDatabaseUri(), { monitorCommands: true }).asPromise();
  const rows = connection.collection<{ of: number; at: number }>('calibration');
  await rows.createIndex({ of: 1, at: 1 });
  await rows.insertMany(Array.from({ length: LIMIT }, (_, at) => ({ of: 1, at })));
  const page = (): Promise<unknown> => rows.find({ of: 1 }).sort({ at: 1 }).limit(3).toArray();
  tellsWhatItReads = (await examinedBy(page)) <= 3;
});
afterAll(() => connection.close());

/** Documents that the database looked at, for all questions of a read. */
async function examinedBy(read: () => Promise<unknown>): Promise<number> {
  const asked: mongo.Document[] = [];
  const note = ({
    command,
    commandName,
  }: {
    command: mongo.Document;
    commandName: string;
  }): void => {
    if (commandName !== 'find') return;
    const wanted = ['find', 'filter', 'sort', 'limit'];
    asked.push(
      Object.fromEntries(Object.entries(command).filter(([name]) => wanted.includes(name))),
    );
  };
  const client = connection.getClient();
  client.on('commandStarted', note);
  await read();
  client.off('commandStarted', note);
  expect(asked.length).toBeGreaterThan(0);
  let examined = 0;
  for (const find of asked) {
    const told = await connection.db?.command({ explain: find, verbosity: 'executionStats' });
    examined += (told?.['executionStats'] as { totalDocsExamined: number }).totalDocsExamined;
  }
  return examined;
}

const account = (member: number): Address => `0x${String(member).padStart(40, '0')}`;
const entry = (index: number): ActionEntry => ({
  kind: 'action',
  programId: PROGRAM,
  memberId: `member-${index % MEMBERS}`,
  eventId: `event-${index}`,
  ...{ ruleId: 1, count: 1, amount: 0, occurredAtMs: 0, epoch: 0, maturesAtMs: null },
  ...{ actor: null, reason: null, evidenceHash: null, recordedAtMs: index, salt: '0x' },
});

it('reads of actions look at one page, and at what was logged in the same moment', async (test) => {
  if (!tellsWhatItReads) test.skip('the database reads all that a filter finds');
  let nowMs = 1_000;
  const log = await createActionLog(connection, () => nowMs);
  const perMoment = 10;
  for (let from = 0; from < ROWS; from += perMoment) {
    nowMs += 1;
    await log.insert(Array.from({ length: perMoment }, (_, index) => entry(from + index)));
  }
  const statement = { memberId: 'member-3', epoch: 0 };
  for (const of of [
    { programId: PROGRAM, statement: null },
    { programId: PROGRAM, statement },
  ]) {
    const page = await log.listEntries(of, { after: null, limit: LIMIT });
    const after = page.at(-1)?.place ?? null;
    for (const from of [null, after]) {
      const examined = await examinedBy(() => log.listEntries(of, { after: from, limit: LIMIT }));
      expect(examined).toBeLessThanOrEqual(LIMIT + 2 * perMoment);
    }
  }
});

it('reads of members look at one page, by activity, by id and by an account', async (test) => {
  if (!tellsWhatItReads) test.skip('the database reads all that a filter finds');
  const members = await createMemberStore(connection);
  const ids = Array.from({ length: ROWS }, (_, index) => `m-${index}`);
  await members.ensure({
    programId: PROGRAM,
    externalIds: ids,
    create: (externalId) => ({
      id: `id-${externalId}`,
      programId: PROGRAM,
      externalId,
      account: account(Number(externalId.slice(2))),
      links: [],
      createdAtMs: 0,
    }),
  });
  await members.noteActive(
    PROGRAM,
    ids.map((externalId, index) => ({ memberId: `id-${externalId}`, epoch: index % 5 })),
  );
  for (const [order, prefix] of [
    ['NEWEST_ACTIVITY', null],
    ['MEMBER_ID', null],
    ['MEMBER_ID', 'm-2'],
  ] as const) {
    const first = await members.list(PROGRAM, { order, prefix, after: null, limit: LIMIT });
    expect(first).toHaveLength(LIMIT);
    for (const after of [null, first.at(-1) ?? null]) {
      const read = (): Promise<unknown> =>
        members.list(PROGRAM, { order, prefix, after, limit: LIMIT });
      expect(await examinedBy(read)).toBeLessThanOrEqual(LIMIT);
    }
  }
  expect(await examinedBy(() => members.findByAnyAccount(PROGRAM, account(7)))).toBe(1);
});

it('reads of what happened to accounts look at one page of each account', async (test) => {
  if (!tellsWhatItReads) test.skip('the database reads all that a filter finds');
  const events = await createChainEventStore(connection);
  const hash = (index: number): Hex => `0x${String(index).padStart(64, '0')}`;
  await events.upsert(
    Array.from({ length: ROWS }, (_, index) => ({
      chainId: 1,
      programId: PROGRAM,
      points: account(0),
      event: {
        kind: 'Objected' as const,
        change: 1,
        holder: account(index % 3),
        ...{ amount: 1n, held: 1n, objections: 1n },
      },
      at: { blockNumber: Math.floor(index / 6), logIndex: index % 6, transactionHash: hash(index) },
      blockHash: hash(index),
      blockTimeMs: index,
    })),
  );
  const holders = [account(0), account(1)];
  const first = await events.ofHolders(PROGRAM, holders, ['Objected'], {
    below: null,
    limit: LIMIT,
  });
  expect(first).toHaveLength(LIMIT);
  for (const below of [null, first.at(-1)?.at ?? null]) {
    const read = (): Promise<unknown> =>
      events.ofHolders(PROGRAM, holders, ['Objected'], { below, limit: LIMIT });
    // With the other events of the block in which the page before ended.
    expect(await examinedBy(read)).toBeLessThanOrEqual(holders.length * (LIMIT + 6));
  }
});

it('reads of the audit log by time look at one page, wherever in the log it is', async (test) => {
  if (!tellsWhatItReads) test.skip('the database reads all that a filter finds');
  const log = await createAuditStore(connection);
  const calls = ROWS / 2;
  const drafts = Array.from({ length: calls }, (_, n): AuditDraft[] => [
    {
      ...{ kind: 'ASKED', organisationId: 'org_1', atMs: 2 * n, environment: 'test' },
      ...{ programId: null, mutation: 'itemAdd', input: '{}', before: null },
      actor: { kind: 'KEY', id: 'key_1', name: 'till' },
      from: { ip: null, userAgent: null, requestId: null },
    },
    {
      ...{ kind: 'ANSWERED', organisationId: 'org_1', atMs: 2 * n + 1, askedSeq: 2 * n + 1 },
      outcome: { userErrors: [], transactionId: null, error: null },
      after: null,
    },
  ]).flat();
  const entries = chainEntries(AUDIT_START, drafts, () => '');
  expect(await log.append(entries)).toBe(ROWS);
  const page = { below: null, limit: LIMIT };
  for (const [sinceMs, untilMs, found] of [
    // Before it began, its beginning, its middle, its end and all of it.
    [null, 0, 0],
    [null, 10, 5],
    [calls, calls + 10, 5],
    [calls, null, LIMIT],
    [0, null, LIMIT],
  ] as const) {
    const read = (): Promise<AskedEntry[]> =>
      log.listAsked('org_1', { sinceMs, untilMs, mutation: null }, page);
    expect(await read()).toHaveLength(found);
    // With the answers between the questions.
    expect([untilMs, (await examinedBy(read)) <= 2 * LIMIT]).toEqual([untilMs, true]);
  }
});
