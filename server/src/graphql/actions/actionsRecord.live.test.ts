import request from 'supertest';
import { keyOwner } from '../../services/access/apiKeys.ts';
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

describe('limits', () => {
  const long = (characters: number): string => 'x'.repeat(characters);

  it.each([
    ['memberId', '', 'REQUIRED'],
    ['memberId', long(129), 'TOO_LONG'],
    ['memberId', ' ', 'MALFORMED'],
    ['memberId', 'ne ', 'MALFORMED'],
    ['memberId', 'n\u200be', 'MALFORMED'],
    ['memberId', 'a\nb', 'MALFORMED'],
    ['eventId', '', 'REQUIRED'],
    ['eventId', long(129), 'TOO_LONG'],
    ['eventId', '订\u3000单', 'MALFORMED'],
    ['rule', '', 'REQUIRED'],
    ['rule', 'nothing', 'UNKNOWN_RULE'],
    ['rule', long(129), 'TOO_LONG'],
    ['count', 0, 'OUT_OF_RANGE'],
    ['count', -1, 'OUT_OF_RANGE'],
    ['count', 100_001, 'OUT_OF_RANGE'],
    ['amount', -1, 'OUT_OF_RANGE'],
    ['amount', '-1', 'OUT_OF_RANGE'],
    ['amount', 1_000_000_000_000_001, 'OUT_OF_RANGE'],
    ['amount', '1000000000000001', 'OUT_OF_RANGE'],
    ['occurredAt', '2025-12-31T23:59:59.999Z', 'BEFORE_START'],
    ['occurredAt', '2026-01-01T13:10:00Z', 'IN_FUTURE'],
    ['maturesAt', '2026-03-01T00:00:00Z', 'MATURES_TOO_LATE'],
    ['actor', long(129), 'TOO_LONG'],
    ['actor', '', 'REQUIRED'],
    ['reason', long(501), 'TOO_LONG'],
    ['reason', 'two\nlines', 'MALFORMED'],
  ])('rejects %s %j as %s without failing the rest', async (name, value, code) => {
    const good = goodAction();
    const bad = { ...goodAction(), [name]: value };
    const { results, userErrors } = payloadOf(await record([good, bad]));
    expect(userErrors).toEqual([]);
    expect(results[0]).toMatchObject({ status: 'RECORDED' });
    expect(results[1]).toMatchObject({
      status: 'REJECTED',
      code,
      field: `actions[1].${name}`,
      epoch: null,
    });
    expect(results[1]?.message).toContain(name);
    expect(await isRecorded(good.memberId)).toBe(true);
    if (name !== 'memberId') expect(await isRecorded(bad['memberId'])).toBe(false);
  });

  it.each([
    ['memberId', long(128)],
    ['eventId', long(128)],
    ['memberId', '会员' + '员'.repeat(126)],
    ['eventId', '订单 né'],
    ['count', 100_000],
    ['amount', 0],
    ['amount', 1_000_000_000_000_000],
    ['amount', '1000000000000000'],
    ['occurredAt', '2026-01-01T00:00:00Z'],
    ['occurredAt', '2026-01-01T21:00:00.000+08:00'],
    ['maturesAt', '2026-02-07T00:00:00Z'],
    ['actor', long(128)],
    ['reason', '退'.repeat(500)],
  ])('records %s at its limit, %j', async (name, value) => {
    expect(await recordOne({ ...goodAction(), [name]: value })).toMatchObject({
      status: 'RECORDED',
    });
  });

  it('records 500 actions in one call', async () => {
    const actions = Array.from({ length: 500 }, goodAction);
    const { results } = payloadOf(await record(actions));
    expect(results).toHaveLength(500);
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['RECORDED']));
  });

  it.each([
    [501, 'LIMIT_EXCEEDED'],
    [0, 'REQUIRED'],
  ])('answers a call of %i actions with %s and records nothing', async (length, code) => {
    const actions = Array.from({ length }, goodAction);
    const { results, userErrors } = payloadOf(await record(actions));
    expect(results).toEqual([]);
    expect(userErrors).toMatchObject([{ code, field: 'actions' }]);
    for (const action of actions.slice(0, 3)) {
      expect(await isRecorded(action['memberId'])).toBe(false);
    }
  });

  it.each([
    ['missing', undefined],
    ['null', null],
    ['a number', 7],
    ['a list of numbers', [7]],
  ])('names actions when it is %s', async (_name, actions) => {
    const { errors } = await record(actions);
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.extensions['field']).toMatch(/^actions(\[0\])?$/);
  });
});

describe('repeats and receipts', () => {
  it('answers DUPLICATE to the same action and refuses another one under its eventId', async () => {
    const action = goodAction();
    await recordOne(action);
    expect(await recordOne(action)).toMatchObject({ status: 'DUPLICATE', epoch: 0 });
    expect(await recordOne({ ...action, amount: 501 })).toMatchObject({
      status: 'REJECTED',
      code: 'EVENT_ID_REUSED',
    });
  });

  it('gives a receipt of the whole statement when asked for', async () => {
    const { memberId } = goodAction();
    const actions = ['a', 'b'].map((eventId) => ({ ...goodAction(), memberId, eventId }));
    const answer = await service.ask(
      service.mine.key,
      `mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) {
        results { receipt { pointsEarned account epoch signature } } } }`,
      { input: { actions } },
    );
    const { results } = payloadOf(answer) as unknown as { results: { receipt: object }[] };
    // 1,000 cents at 1 point a dollar.
    expect(results[0]?.receipt).toMatchObject({ pointsEarned: '10.00', epoch: 0 });
    expect(results[1]?.receipt).toEqual(results[0]?.receipt);
  });

  it('keeps the results when too many receipts are asked for', async () => {
    const actions = Array.from({ length: 41 }, goodAction);
    const answer = await service.ask(
      service.mine.key,
      `mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) {
        results { status receipt { epoch } } } }`,
      { input: { actions } },
    );
    const { results } = payloadOf(answer);
    expect(results.filter(({ status }) => status === 'RECORDED')).toHaveLength(41);
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});

describe('who may record', () => {
  it('takes nothing from a key from the moment that it is revoked', async () => {
    const { program } = service.mine;
    const { key, record: stored } = await service.services.apiKeys.create(
      keyOwner(program),
      'short-lived',
      ['actions:write'],
    );
    const call = (action: object): ReturnType<TestService['send']> =>
      service.send(key, RECORD, { input: { actions: [action] } });
    expect((await call(goodAction())).status).toBe(200);
    await service.services.apiKeys.revoke(program, stored.id);
    const late = goodAction();
    const response = await call(late);
    expect(response.status).toBe(401);
    expect((response.body as Answer).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect(await isRecorded(late.memberId)).toBe(false);
  });

  it('takes nothing from a key without actions:write', async () => {
    const { key } = await service.services.apiKeys.create(
      keyOwner(service.mine.program),
      'reader',
      ['program:read', 'members:read', 'members:write'],
    );
    const action = goodAction();
    const { errors } = await service.ask(key, RECORD, { input: { actions: [action] } });
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    expect(await isRecorded(action.memberId)).toBe(false);
  });

  it('takes nothing from a body of 2 MB', async () => {
    const action = goodAction();
    const response = await service.send(service.mine.key, RECORD, {
      input: { actions: [action] },
      padding: 'x'.repeat(2_000_000),
    });
    expect(response.status).toBe(413);
    expect((response.body as Answer).errors?.[0]?.extensions['code']).toBe('PAYLOAD_TOO_LARGE');
    expect(await isRecorded(action.memberId)).toBe(false);
  });
});

it('counts what became of actions', async () => {
  const action = goodAction();
  await record([action, action, { ...goodAction(), count: 0 }]);
  const { text } = await request(service.url).get('/metrics');
  for (const outcome of ['recorded', 'duplicate', 'rejected']) {
    expect(text).toMatch(new RegExp(`dewpoint_actions_total\\{outcome="${outcome}"\\} [1-9]`));
  }
});
