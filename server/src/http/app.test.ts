import { setTimeout as delay } from 'node:timers/promises';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import request, { type Response } from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { ServiceError } from '../domain/errors.ts';
import type { GraphqlServices } from '../graphql/core/context.ts';
import { createHttpOnlyApp, GOOD_KEY } from '../testing/httpOnly.ts';
import { MAX_PUBLIC_BODY_BYTES } from './core/httpErrors.ts';

const AUTHORIZED = { authorization: `Bearer ${GOOD_KEY}` };
const RECORD = `mutation ($input: ActionsRecordInput!) {
  actionsRecord(input: $input) { results { status } userErrors { code field } }
}`;

interface ErrorBody {
  errors: { message: string; extensions: Record<string, unknown> }[];
}
const firstError = (response: Response): ErrorBody['errors'][0]['extensions'] => {
  const { errors } = response.body as ErrorBody;
  return errors[0]?.extensions ?? {};
};

const recordingThat = (
  record: GraphqlServices['recordActions']['record'],
): Partial<GraphqlServices> => ({
  recordActions: { record },
});
const send = (app: Express, body: object): request.Test =>
  request(app).post('/graphql').set(AUTHORIZED).send(body);

let app: Express;
beforeAll(async () => {
  app = await createHttpOnlyApp({});
});

describe('who may call', () => {
  it.each([
    ['no scheme', GOOD_KEY],
    ['another scheme', `Basic ${GOOD_KEY}`],
    ['an empty key', 'Bearer '],
    ['a wrong key', `${AUTHORIZED.authorization}x`],
  ])('answers 401 UNAUTHENTICATED to %s', async (_name, authorization) => {
    const response = await request(app)
      .post('/graphql')
      .set('authorization', authorization)
      .send({ query: '{ __typename }' });
    expect(response.status).toBe(401);
    expect(response.headers['www-authenticate']).toBe('Bearer');
    expect(firstError(response)).toMatchObject({ code: 'UNAUTHENTICATED', number: 'DW-1001' });
  });

  it.each([
    '{ program { name } }',
    '{ member(memberId: "m") { account } }',
    '{ node(id: "TWVtYmVyOjE") { id } }',
    '{ nodes(ids: ["TWVtYmVyOjE"]) { id } }',
    'mutation { actionsVoid(input: { actions: [] }) { results { status } } }',
  ])('answers UNAUTHENTICATED to a caller without a key who asks %s', async (query) => {
    const response = await request(app).post('/graphql').send({ query });
    expect(firstError(response)).toMatchObject({ code: 'UNAUTHENTICATED', number: 'DW-1001' });
    const { data } = response.body as { data: Record<string, unknown> | null };
    expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
  });

  it('reads no more than a question of a caller without a key', async () => {
    const ask = (padding: number): request.Test =>
      request(app)
        .post('/graphql')
        .send({ query: '{ __typename }', variables: { padding: ' '.repeat(padding) } });
    expect((await ask(0)).body).toEqual({ data: { __typename: 'Query' } });
    const response = await ask(MAX_PUBLIC_BODY_BYTES);
    expect(response.status).toBe(413);
    expect((response.body as ErrorBody).errors[0]?.message).toContain('larger than 50000 bytes');
  });

  it('answers FORBIDDEN, naming the scopes there are, when the key lacks the one needed', async () => {
    const response = await send(app, { query: '{ program { settlement { open } } }' });
    expect(firstError(response)).toMatchObject({ code: 'FORBIDDEN', number: 'DW-1002' });
    expect((response.body as ErrorBody).errors[0]?.message).toContain('actions:write');
  });
});

describe('what is not a call', () => {
  it('answers 413 PAYLOAD_TOO_LARGE to a body of 2 MB', async () => {
    const response = await send(app, { query: RECORD, padding: 'x'.repeat(2_000_000) });
    expect(response.status).toBe(413);
    expect(firstError(response)).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it.each([
    ['JSON that breaks off', '{"query":'],
    ['JSON that is no object', '"{ program { name } }"'],
    ['no query', '{}'],
    ['a query that is no text', '{"query":1}'],
    ['variables that are no object', '{"query":"{ __typename }","variables":"x"}'],
    ['a batch', '[{"query":"{ __typename }"},{"query":"{ __typename }"}]'],
    ['an empty body', ''],
  ])('answers 400 MALFORMED_REQUEST to %s', async (_name, body) => {
    const response = await request(app).post('/graphql').set(AUTHORIZED).type('json').send(body);
    expect(firstError(response)).toMatchObject({ code: 'MALFORMED_REQUEST', number: 'DW-2008' });
    expect(response.status).toBe(400);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'answers 415 to a body of %s, which a foreign page could send',
    async (type) => {
      const response = await request(app)
        .post('/graphql')
        .set({ ...AUTHORIZED, 'content-type': type })
        .send('query=x');
      expect(response.status).toBe(415);
      expect(firstError(response)).toMatchObject({ code: 'MALFORMED_REQUEST' });
    },
  );

  it.each(['get', 'put', 'delete', 'patch'] as const)('refuses calls by %s', async (method) => {
    const agent = request(app);
    const response = await agent[method]('/graphql')
      .query({ query: 'mutation { actionsVoid(input: { actions: [] }) { results { status } } }' })
      .set(AUTHORIZED);
    expect(response.status).toBe(405);
    expect(response.headers['allow']).toBe('GET, POST');
    expect(firstError(response)).toMatchObject({ code: 'MALFORMED_REQUEST' });
  });

  it.each([
    ['a syntax error', '{ program {'],
    ['an unknown field', '{ programme { name } }'],
    ['two operations and no name', 'query A { __typename } query B { __typename }'],
  ])('answers INVALID_QUERY to %s', async (_name, query) => {
    const response = await send(app, { query });
    expect(response.status).toBe(400);
    expect(firstError(response)).toMatchObject({ code: 'INVALID_QUERY', number: 'DW-2009' });
  });

  it('answers a typed 404 to a path that there is not', async () => {
    const response = await request(app).get('/nothing');
    expect(response.status).toBe(404);
    expect(firstError(response)).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('what goes wrong inside', () => {
  it('hides an unexpected error behind a request id that is also in the header and the log', async () => {
    const logLines: string[] = [];
    const failing = await createHttpOnlyApp({
      logLines,
      services: recordingThat(() => Promise.reject(new Error('secret detail'))),
    });
    const response = await send(failing, { query: RECORD, variables: { input: { actions: [] } } });
    expect(JSON.stringify(response.body)).not.toContain('secret detail');
    const { code, requestId } = firstError(response);
    expect(code).toBe('INTERNAL');
    expect(response.headers['x-request-id']).toBe(requestId);
    const logged = logLines.find((line) => line.includes('secret detail'));
    expect(logged).toContain(String(requestId));
    expect(logLines.join()).not.toContain(GOOD_KEY);
  });

  it('says when to come again, in the error and in the header', async () => {
    const overloaded = await createHttpOnlyApp({
      services: recordingThat(() =>
        Promise.reject(
          new ServiceError({ code: 'OVERLOADED', message: 'full', retryAfterMs: 1_500 }),
        ),
      ),
    });
    const response = await send(overloaded, {
      query: RECORD,
      variables: { input: { actions: [] } },
    });
    expect(response.status).toBe(503);
    expect(response.headers['retry-after']).toBe('2');
    expect(firstError(response)).toMatchObject({ code: 'OVERLOADED', retryAfterMs: 1_500 });
  });

  it('answers OVERLOADED when the answer takes too long, and does not answer twice', async () => {
    let finish: (results: []) => void = () => undefined;
    const logLines: string[] = [];
    const slow = await createHttpOnlyApp({
      requestTimeoutMs: 50,
      logLines,
      services: recordingThat(() => new Promise((resolve) => (finish = resolve))),
    });
    const response = await send(slow, { query: RECORD, variables: { input: { actions: [] } } });
    expect(response.status).toBe(503);
    expect(firstError(response)).toMatchObject({ code: 'OVERLOADED' });
    finish([]);
    // The answer that came too late is dropped: what was too slow is in the log already, once.
    await delay(20);
    expect(logLines.filter((line) => /"level":"?(warn|error|40|50)/.test(line))).toEqual([
      expect.stringContaining('a request took too long'),
    ]);
  });
});

describe('pages', () => {
  it('speaks the language of the browser, unless another one is chosen', async () => {
    const chinese = await request(app).get('/').set('accept-language', 'zh-CN,zh;q=0.9,en;q=0.5');
    expect(chinese.text).toContain('<html lang="zh-CN">');
    const english = await request(app).get('/?lang=en').set('accept-language', 'zh-CN');
    expect(english.text).toContain('<html lang="en">');
    expect((await request(app).get('/?lang=fr')).text).toContain('<html lang="en">');
  });

  it('escapes what comes from a program', async () => {
    const { text } = await request(app).get('/');
    expect(text).toContain('Café &lt;script&gt;');
    expect(text).not.toContain('<script');
  });

  it('lists every error on a page of its own', async () => {
    const { text } = await request(app).get('/errors');
    for (const number of ['DW-1001', 'DW-3001', 'DW-9004'])
      expect(text).toContain(`id="${number}"`);
  });

  it('gives the demo key to a browser on this machine only', async () => {
    const webDist = await mkdtemp(join(tmpdir(), 'dewpoint-web-'));
    await mkdir(join(webDist, 'graphiql'));
    await writeFile(
      join(webDist, 'graphiql', 'index.html'),
      '<div id="graphiql" data-api-key=""></div>',
    );
    const withPage = await createHttpOnlyApp({ webDist });
    const open = (host: string): request.Test =>
      request(withPage).get('/graphql').set({ accept: 'text/html', host });
    expect((await open('localhost:4000')).text).toContain(GOOD_KEY);
    expect((await open('evil.example')).text).not.toContain(GOOD_KEY);
    expect((await open('127.0.0.1.evil.example')).text).not.toContain(GOOD_KEY);
  });

  it('leads into the demo from this machine alone, by its own name', async () => {
    const open = (host: string): request.Test => request(app).get('/demo/wallet').set('host', host);
    await open('localhost:4000').expect(302).expect('location', '/w/prg_1#t=1');
    await open('evil.example').expect(404);
    await open('127.0.0.1.evil.example').expect(404);
    expect((await request(app).get('/').set('host', 'localhost')).text).toContain('/demo/wallet');
    expect((await request(app).get('/').set('host', 'evil.example')).text).not.toContain(
      '/demo/wallet',
    );
  });

  it('sends no header that names the software, and lets pages load nothing from elsewhere', async () => {
    for (const path of ['/', '/graphql', '/errors', '/healthz']) {
      const { headers } = await request(app).get(path).set('accept', 'text/html');
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toMatch(/https?:/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['permissions-policy']).toContain('camera=()');
    }
  });
});

describe('health', () => {
  it('is up by itself, and ready only with a database; a chain that is away is told', async () => {
    expect((await request(app).get('/healthz')).body).toEqual({ status: 'up' });
    const ready = await request(app).get('/readyz');
    expect([ready.status, ready.body]).toEqual([
      200,
      {
        status: 'ready',
        ...{ database: true, chain: false, readerLagBlocks: null, relayerCanPay: true },
      },
    ]);
    const down = await createHttpOnlyApp({ isDatabaseUp: false });
    expect((await request(down).get('/readyz')).status).toBe(503);
  });

  it('counts by route and outcome, with no ids', async () => {
    await request(app).get('/some/made-up/path');
    const { text } = await request(app).get('/metrics');
    expect(text).toContain(
      'dewpoint_http_request_duration_seconds_count{route="other",status="404"}',
    );
    expect(text).toContain('dewpoint_gas_tank_ether{environment="test",account="relayer 0"} 1.5');
    expect(text).toContain('dewpoint_gas_tank_ether{environment="test",account="relayer 1"} Nan');
    expect(text).toContain('dewpoint_relayer_lanes_paying{environment="test"} 1');
    expect(text).toContain('dewpoint_reader_lag_blocks{environment="test"} Nan');
    expect(text).not.toMatch(/made-up|key_|prg_|dw_test/);
  });
});

describe('the way of the console to the API', () => {
  const OURS = { 'dewpoint-console': '1', 'sec-fetch-site': 'same-origin' };
  const ask = (headers: Readonly<Record<string, string>>): request.Test =>
    request(app).post('/console/graphql').set(headers).send({ query: '{ __typename }' });

  it('answers what its pages ask, by their header', async () => {
    const { body } = (await ask(OURS).expect(200)) as { body: object };
    expect(body).toEqual({ data: { __typename: 'Query' } });
  });

  it.each([
    ['without the header, as a form sends it', {}],
    ['of another site', { ...OURS, 'sec-fetch-site': 'cross-site' }],
    ['of a neighbour', { ...OURS, 'sec-fetch-site': 'same-site' }],
    ['with a key', { ...OURS, ...AUTHORIZED }],
  ])('refuses a request %s', async (_name, headers) => {
    const response = await ask(headers);
    expect(response.status).toBe(403);
    expect(firstError(response)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('takes nothing by GET, which a link could have a browser send', async () => {
    const response = await request(app).get('/console/graphql?query={__typename}').set(OURS);
    expect(response.status).toBe(405);
    expect(response.headers['allow']).toBe('POST');
  });
});
