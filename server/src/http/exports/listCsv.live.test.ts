import { parse } from 'csv-parse/sync';
import request, { type Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MAX_TEXT_BYTES } from '../../graphql/limits/answerSize.ts';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { startService, until, type TestService } from '../../testing/service.ts';
import { LISTS } from './lists.ts';

/** More than one page of the API. */
const ACTIONS = 120;
const OVERLOADED = 503;
const PATIENCE = { timeout: 120_000, interval: 100 };

let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
  const actions = Array.from({ length: ACTIONS }, (_, index) => ({
    ...{ memberId: `m${index % 3}`, eventId: `e${index}`, rule: 'visit', count: 1, amount: 0 },
    occurredAt: '2026-01-01T00:00:00Z',
    reason: '=1+1',
  }));
  const query = `mutation ($input: ActionsRecordInput!) {
    actionsRecord(input: $input) { results { status } }
  }`;
  await service.ask(service.mine.key, query, { input: { actions } });
  await service.act('itemAdd', {
    ...{ price: '5.00', text: 'A mug, "blue"', stock: 3, idempotencyKey: service.key() },
  });
  await until('members are listed', async () => (await rowsOf('members')).length === 3);
});
afterAll(() => service.close());

const get = (path: string, key: string | null = service.mine.key): Promise<Response> => {
  const asked = request(service.url).get(`/exports/${path}`);
  return key === null ? asked : asked.set('authorization', `Bearer ${key}`);
};
type Row = Readonly<Record<string, string>>;
async function rowsOf(list: string, filter = '', key?: string): Promise<Row[]> {
  // A machine that does everything at once may need longer than a request has.
  const { status, text } = await vi.waitUntil(async () => {
    const answer = await get(`${list}.csv${filter}`, key);
    return answer.status !== OVERLOADED && answer;
  }, PATIENCE);
  expect(status, text).toBe(200);
  return parse<Row>(text, { columns: true, bom: true });
}
const codeOf = ({ status, body }: Response): readonly [number, unknown, unknown] => {
  const [error] = (body as { errors: { extensions: Record<string, unknown> }[] }).errors;
  return [status, error?.extensions['code'], error?.extensions['field']];
};

describe('the file of a list', () => {
  it('is not read for its head alone, which nothing would slow down', async () => {
    for (const name of ['actions.csv', 'audit-log.csv']) {
      const asked = request(service.url).head(`/exports/${name}`);
      const { status, headers } = await asked.set('authorization', `Bearer ${service.mine.key}`);
      expect([status, headers['allow']]).toEqual([405, 'GET']);
    }
  });

  it('has every row, over all pages, in the order of the API', async () => {
    const rows = await rowsOf('actions');
    expect(rows.map(({ eventId }) => eventId).toSorted()).toEqual(
      Array.from({ length: ACTIONS }, (_, index) => `e${index}`).toSorted(),
    );
    const query = '{ program { actions(first: 100) { edges { node { eventId } } } } }';
    const { data } = await service.ask(service.mine.key, query);
    const { actions } = data?.['program'] as {
      actions: { edges: { node: { eventId: string } }[] };
    };
    expect(rows.slice(0, 100).map(({ eventId }) => eventId)).toEqual(
      actions.edges.map(({ node }) => node.eventId),
    );
  });

  it('has cells of what is within a row, and no formula', async () => {
    const [row] = await rowsOf('actions', '?memberId=m1');
    expect(row).toMatchObject({
      ...{ memberId: 'm1', 'rule.ruleId': '1', 'rule.name': 'visit', points: '2.00' },
      ...{ maturesAt: '', reason: "'=1+1" },
    });
    const [item] = await rowsOf('items');
    expect(item).toMatchObject({ text: 'A mug, "blue"', price: '5.00', available: 'true' });
  });

  it('has what is filtered, and nothing else', async () => {
    const rows = await rowsOf('actions', '?memberId=m2');
    expect(rows.map(({ memberId }) => memberId)).toEqual(Array(ACTIONS / 3).fill('m2'));
    expect(await rowsOf('actions', '?memberId=m2&state=VOIDED')).toEqual([]);
    expect(await rowsOf('members', '?search=m1')).toMatchObject([{ memberId: 'm1' }]);
  });

  it('is there for every list, with its columns and a name of its own', async () => {
    for (const [name, { columns }] of Object.entries(LISTS)) {
      const { status, text, headers } = await get(`${name}.csv`);
      expect(status, text).toBe(200);
      expect(headers['content-disposition']).toContain(`${name}-${service.mine.program.id}.csv`);
      const [head] = parse(text, { bom: true, to_line: 1 });
      expect(head).toEqual(columns);
    }
  });

  it('shows another program nothing', async () => {
    for (const list of ['actions', 'members', 'items', 'orders']) {
      expect(await rowsOf(list, '', service.theirs.key)).toEqual([]);
    }
  });

  it.each([
    ['a filter that it does not have', 'members.csv?state=OPEN', [400, 'MALFORMED', 'state']],
    ['a filter that is given twice', 'members.csv?search=a&search=b', [400, 'MALFORMED', 'search']],
    ['a value that there is not', 'orders.csv?state=LOST', [400, 'MALFORMED', 'state']],
    ['a list that there is not', 'secrets.csv', [404, 'NOT_FOUND', null]],
  ])('is refused for %s', async (_, path, refusal) => {
    const [status, code, field] = codeOf(await get(path));
    expect([status, code, field ?? null]).toEqual(refusal);
  });

  it('is for who may read the list', async () => {
    expect(codeOf(await get('members.csv', null)).slice(0, 2)).toEqual([401, 'UNAUTHENTICATED']);
    const query = `mutation ($input: MemberSessionCreateInput!) {
      memberSessionCreate(input: $input) { token }
    }`;
    const input = { memberId: 'm1', idempotencyKey: service.key() };
    const { data } = await service.ask(service.mine.key, query, { input });
    const { token } = data?.['memberSessionCreate'] as { token: string };
    expect(codeOf(await get('members.csv', token)).slice(0, 2)).toEqual([403, 'FORBIDDEN']);
  });
});

/** Last: the other program has no actions until here. */
describe('the file of a long list', () => {
  it('has every row, though its texts are longer than those of one answer may be', async () => {
    const reason = '漢'.repeat(500);
    const actions = Array.from({ length: 1_400 }, (_, index) => ({
      ...{ memberId: 'm', eventId: `e${index}`, rule: 'visit', reason },
      occurredAt: '2026-01-01T00:00:00Z',
    }));
    expect(actions.length * Buffer.byteLength(reason)).toBeGreaterThan(MAX_TEXT_BYTES);
    const query = `mutation ($input: ActionsRecordInput!) {
      actionsRecord(input: $input) { results { status } }
    }`;
    for (let from = 0; from < actions.length; from += 350) {
      const input = { actions: actions.slice(from, from + 350) };
      const { errors } = await service.ask(service.theirs.key, query, { input });
      expect(errors).toBeUndefined();
    }
    const rows = await rowsOf('actions', '', service.theirs.key);
    expect(rows).toHaveLength(actions.length);
    expect(rows.every((row) => row['reason'] === reason)).toBe(true);
  });
});
