import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STARTS_AT_MS } from '../../testing/builders/time.ts';
import { type Answer, startService, type TestService } from '../../testing/service.ts';

const RECORD = `mutation ($input: ActionsRecordInput!) {
  actionsRecord(input: $input) {
    results { status memberId eventId epoch code field message }
    userErrors { field code message }
  }
}`;

interface Result {
  readonly status: string;
  readonly epoch: number | null;
  readonly code: string | null;
  readonly field: string | null;
  readonly message: string | null;
}
interface Payload {
  readonly results: Result[];
  readonly userErrors: { readonly field: string; readonly code: string }[];
}

let service: TestService;
let members = 0;
beforeAll(async () => {
  service = await startService();
  await service.moveClockTo(STARTS_AT_MS + 13 * 3_600_000);
});
afterAll(() => service.close());

/** An action that is good in every field, by a member that nobody has heard of. */
const goodAction = (): Record<string, unknown> => {
  members += 1;
  return {
    memberId: `member-${members}`,
    eventId: 'event-1',
    rule: 'purchase',
    count: 1,
    amount: 500,
    occurredAt: '2026-01-01T12:00:00Z',
  };
};

const record = (actions: unknown): Promise<Answer> =>
  service.ask(service.mine.key, RECORD, { input: { actions } });
const payloadOf = ({ data }: Answer): Payload => (data as { actionsRecord: Payload }).actionsRecord;
const recordOne = async (action: object): Promise<Result> => {
  const [result] = payloadOf(await record([action])).results;
  if (result === undefined) throw new Error('no result');
  return result;
};
/** A member comes into being with its first recorded action. */
const isRecorded = async (memberId: unknown): Promise<boolean> =>
  (await service.services.members.find(service.mine.program, String(memberId))) !== null;

const without = (name: string): Record<string, unknown> => {
  const { [name]: _left, ...rest } = goodAction();
  return rest;
};

describe('what an action must have', () => {
  it('records one that is good in every field', async () => {
    const good = goodAction();
    const action = { ...good, actor: 'Ann', reason: 'a gift', maturesAt: null };
    expect(await recordOne(action)).toMatchObject({ status: 'RECORDED', epoch: 0, code: null });
    expect(await isRecorded(good['memberId'])).toBe(true);
  });

  it.each(['memberId', 'eventId', 'rule', 'occurredAt'])(
    'rejects an action in which %s is missing or null, and no other one',
    async (name) => {
      const [good, another] = [goodAction(), goodAction()];
      const { results } = payloadOf(
        await record([good, without(name), { ...goodAction(), [name]: null }, another]),
      );
      expect(results[1]).toMatchObject({ code: 'REQUIRED', field: `actions[1].${name}` });
      expect(results[2]).toMatchObject({ code: 'REQUIRED', field: `actions[2].${name}` });
      expect(await isRecorded(good.memberId)).toBe(true);
      expect(await isRecorded(another.memberId)).toBe(true);
    },
  );

  it.each(['count', 'amount', 'maturesAt', 'actor', 'reason'])(
    'takes an action without %s',
    async (name) => {
      expect(await recordOne(without(name))).toMatchObject({ status: 'RECORDED' });
    },
  );

  it.each(['count', 'amount', 'maturesAt', 'actor', 'reason'])(
    'takes null for %s as left out',
    async (name) => {
      expect(await recordOne({ ...goodAction(), [name]: null })).toMatchObject({
        status: 'RECORDED',
      });
    },
  );

  it.each([
    ['memberId', 7, 'MALFORMED', 'is 7, which is not a string; it must be 1 to 128 characters'],
    ['eventId', ['x'], 'MALFORMED', 'is a list, which is not a string'],
    ['rule', true, 'MALFORMED', 'is true, which is not a string'],
    ['count', '1', 'MALFORMED', 'is the text "1"; it must be a whole number from 1 to 100000'],
    ['count', 1.5, 'OUT_OF_RANGE', 'is 1.5; it must be a whole number from 1 to 100000'],
    ['count', 2 ** 31, 'OUT_OF_RANGE', 'is 2147483648; it must be a whole number'],
    ['amount', 0.5, 'OUT_OF_RANGE', 'is 0.5; it must be a whole number from 0 to 1000000000000000'],
    ['amount', '10.50', 'MALFORMED', 'is the text "10.50"; it must be a whole number'],
    ['amount', 'five', 'MALFORMED', 'is the text "five"; it must be a whole number'],
    ['amount', '1e3', 'MALFORMED', 'is the text "1e3"; it must be a whole number'],
    ['amount', 1e21, 'OUT_OF_RANGE', 'is 1e+21; it must be a whole number'],
    ['amount', 2 ** 53, 'OUT_OF_RANGE', 'is 9007199254740992; it must be a whole number'],
    ['amount', '99999999999999999999', 'OUT_OF_RANGE', 'it must be a whole number'],
    ['amount', {}, 'MALFORMED', 'is an object; it must be a whole number'],
    ['occurredAt', 1_767_268_800, 'MALFORMED', 'is 1767268800; it must be an ISO 8601 date'],
    ['occurredAt', 'yesterday', 'MALFORMED', 'is "yesterday"; it must be an ISO 8601 date'],
    ['occurredAt', '2026-01-01', 'MALFORMED', 'with its offset'],
    ['occurredAt', '2026-01-01T12:00:00', 'MALFORMED', 'with its offset'],
    ['occurredAt', '2026-02-30T12:00:00Z', 'MALFORMED', 'of the calendar'],
    ['occurredAt', '2026-01-01T25:00:00Z', 'MALFORMED', 'of the calendar'],
    ['maturesAt', 'tomorrow', 'MALFORMED', 'is "tomorrow"; it must be an ISO 8601 date'],
    ['actor', 7, 'MALFORMED', 'is 7, which is not a string'],
    ['reason', {}, 'MALFORMED', 'is an object, which is not a string'],
  ])('rejects %s %j alone as %s: %s', async (name, value, code, why) => {
    const [good, another] = [goodAction(), goodAction()];
    const { results, userErrors } = payloadOf(
      await record([good, { ...goodAction(), [name]: value }, another]),
    );
    expect(userErrors).toEqual([]);
    expect(results[1]).toMatchObject({ status: 'REJECTED', code, field: `actions[1].${name}` });
    expect(results[1]?.message).toMatch(new RegExp(`^${name} `));
    expect(results[1]?.message).toContain(why);
    expect(await isRecorded(good.memberId)).toBe(true);
    expect(await isRecorded(another.memberId)).toBe(true);
  });

  it('rejects an item that is null, and no other one', async () => {
    const good = goodAction();
    const { results } = payloadOf(await record([null, good]));
    expect(results[0]).toMatchObject({ code: 'REQUIRED', field: 'actions[0]', memberId: '' });
    expect(await isRecorded(good.memberId)).toBe(true);
  });

  it('refuses a call with a field that no action has, and records nothing', async () => {
    const good = goodAction();
    const response = await service.send(service.mine.key, RECORD, {
      input: { actions: [good, { ...goodAction(), colour: 'green' }] },
    });
    expect(response.status).toBe(400);
    const [error] = (response.body as Answer).errors ?? [];
    expect(error?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      number: 'DW-2001',
      field: 'actions[1]',
    });
    expect(await isRecorded(good.memberId)).toBe(false);
  });
});

describe('what a void must have', () => {
  it('is judged for each item by itself', async () => {
    const held = { ...goodAction(), maturesAt: '2026-01-03T00:00:00Z' };
    await record([held]);
    const { memberId, eventId } = held as unknown as { memberId: string; eventId: string };
    const { data } = await service.ask(
      service.mine.key,
      `mutation ($input: ActionsVoidInput!) { actionsVoid(input: $input) {
        results { status memberId eventId code field message } } }`,
      {
        input: {
          actions: [
            { memberId: 7, eventId },
            null,
            { memberId },
            { memberId, eventId, reason: 5 },
            { memberId, eventId },
          ],
        },
      },
    );
    expect((data as { actionsVoid: object }).actionsVoid).toMatchObject({
      results: [
        { code: 'MALFORMED', field: 'actions[0].memberId', memberId: '7', eventId },
        { code: 'REQUIRED', field: 'actions[1]', memberId: '' },
        { code: 'REQUIRED', field: 'actions[2].eventId' },
        { code: 'MALFORMED', field: 'actions[3].reason' },
        { status: 'VOIDED', memberId, eventId, code: null },
      ],
    });
    expect(await recordOne(held)).toMatchObject({ status: 'VOIDED', epoch: null });
  });
});

describe('names that look alike', () => {
  it('are one member, one action and one rule in two forms of Unicode', async () => {
    const [nfc, nfd] = ['caf\u00e9 \u4f1a\u5458', 'cafe\u0301 \u4f1a\u5458'];
    const first = await recordOne({ ...goodAction(), memberId: nfd, eventId: nfd });
    expect(first).toMatchObject({ status: 'RECORDED', memberId: nfd, eventId: nfd });
    expect(await recordOne({ ...goodAction(), memberId: nfc, eventId: nfc })).toMatchObject({
      status: 'DUPLICATE',
      memberId: nfc,
    });
    for (const memberId of [nfc, nfd]) {
      const { data } = await service.ask(
        service.mine.key,
        'query ($memberId: String!) { member(memberId: $memberId) { memberId } }',
        { memberId },
      );
      expect(data).toEqual({ member: { memberId: nfc } });
    }
  });
});

describe('values in the text of a query', () => {
  it.each([
    ['count: "1"', 'actions[0].count'],
    ['count: 1.5', 'actions[0].count'],
    ['amount: 0.5', 'actions[0].amount'],
    ['occurredAt: "soon"', 'actions[0].occurredAt'],
    ['memberId: 7', 'actions[0].memberId'],
    ['memberId: [7, {a:ann}]', 'actions[0].memberId'],
    ['rule: visit', 'actions[0].rule'],
  ])('are judged as those of variables are, and the field of %s is named', async (field, path) => {
    const fields: Record<string, string> = {
      memberId: '"in-text"',
      eventId: '"e"',
      rule: '"visit"',
      occurredAt: '"2026-01-01T12:00:00Z"',
    };
    const [name = '', value = ''] = field.split(': ');
    const literal = Object.entries({ ...fields, [name]: value }).map((pair) => pair.join(': '));
    const answer = await service.ask(
      service.mine.key,
      `mutation { actionsRecord(input: { actions: [{ ${literal.join(', ')} }] }) { results { code field } } }`,
    );
    expect(answer.errors).toBeUndefined();
    expect(payloadOf(answer).results).toMatchObject([
      { code: expect.any(String) as string, field: path },
    ]);
    expect(await isRecorded('in-text')).toBe(false);
  });
});
