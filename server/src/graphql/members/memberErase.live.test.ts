import { afterAll, beforeAll, expect, it } from 'vitest';
import { HOUR_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startService, until, type TestService } from '../../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ roles: ['both', 'api'] });
  await service.moveClockTo(STARTS_AT_MS + HOUR_MS);
});
afterAll(() => service.close());

async function ask<T>(query: string, variables: object = {}): Promise<T> {
  const { data, errors } = await service.ask(service.mine.key, query, variables);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data as T;
}

const RECORD = `mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status } } }`;
const record = (eventId: string): Promise<unknown> =>
  ask(RECORD, {
    input: {
      actions: [
        {
          ...{ memberId: 'Ms Private', eventId, rule: 'visit' },
          ...{ actor: 'Someone Named', reason: 'A private reason' },
          occurredAt: new Date(STARTS_AT_MS).toISOString(),
        },
      ],
    },
  });
const erase = (idempotencyKey: string): Promise<{ memberErase: unknown }> =>
  ask(
    `mutation ($key: String!) { memberErase(input: { memberId: "Ms Private", idempotencyKey: $key }) {
      account userErrors { field code } } }`,
    { key: idempotencyKey },
  );
const memberNow = (): Promise<{ member: { account: string } | null }> =>
  ask('{ member(memberId: "Ms Private") { account } }');

it('erases a member for 50 callers at once, keeps what was earned, and begins anew with the same id', async () => {
  await record('event-1');
  const before = await memberNow();
  const answers = await Promise.all(Array.from({ length: 50 }, () => erase('once')));
  expect(answers[0]?.memberErase).toEqual({ account: before.member?.account, userErrors: [] });
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await memberNow()).toEqual({ member: null });
  expect((await erase('again')).memberErase).toEqual({
    account: null,
    userErrors: [{ field: 'memberId', code: 'NOT_FOUND' }],
  });
  // The other server has forgotten as well whom the id stood for.
  const [, other] = service.servers;
  const action = { memberId: 'Ms Private', eventId: 'event-1', rule: 'visit' };
  const occurredAt = new Date(STARTS_AT_MS).toISOString();
  const body = JSON.stringify({
    query: RECORD,
    variables: { input: { actions: [{ ...action, occurredAt }] } },
  });
  await until('it is recorded by the other server', async () => {
    const response = await fetch(`${other?.url ?? ''}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${service.mine.key}` },
      body,
    });
    return (await response.text()).includes('"RECORDED"');
  });
  const after = await memberNow();
  expect(after.member?.account).not.toBe(before.member?.account);
});

it('leaves nothing of what was said in the database but the counts', async () => {
  const { store } = service.foundation;
  const erased = await store.members.erasedSince(service.mine.program.id, 0);
  expect(erased).toHaveLength(1);
  const [member] = erased;
  expect(member?.externalId).not.toContain('Private');
  expect(await store.actionLog.listUnerased(member?.programId ?? '', member?.id ?? '', 10)).toEqual(
    [],
  );
  const [entry] = await store.actionLog.findActions(member?.programId ?? '', [
    { memberId: member?.id ?? '', eventId: 'event-1' },
  ]);
  expect(JSON.stringify(entry)).not.toMatch(/Private|Named|private/);
  expect(entry).toMatchObject({ ruleId: 2, count: 1, eventId: '', actor: null, reason: null });
});

it('anchors the log of that day all the same, and settles what the member had earned', async () => {
  const { program } = service.mine;
  await service.moveClockTo(program.startsAtMs + program.epochLengthMs + HOUR_MS);
  await until('the log is anchored', async () => {
    const anchor = await service.services.anchoredLogs.anchorOf(program, 0);
    return anchor !== null;
  });
  const anchor = await service.services.anchoredLogs.anchorOf(program, 0);
  expect(anchor?.count).toBe(2);
  await service.moveClockTo(program.startsAtMs + 2 * program.epochLengthMs);
  await service.settled(program);
  const issued = async (): Promise<bigint> =>
    (await service.foundation.store.totals.supply(program.id)).issued;
  // Totals are written a moment after what became of a statement.
  await until('what was minted is counted', async () => (await issued()) > 0n);
  expect(await issued()).toBe(400n);
});
