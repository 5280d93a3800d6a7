import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Express } from 'express';
import request, { type Response } from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { createHttpOnlyApp, GOOD_KEY } from '../testing/httpOnly.ts';

interface ErrorBody {
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}
const errorsOf = (response: Response): NonNullable<ErrorBody['errors']> =>
  (response.body as ErrorBody).errors ?? [];
const codesOf = (response: Response): unknown[] =>
  errorsOf(response).map(({ extensions }) => extensions['code']);

let app: Express;
const logLines: string[] = [];
beforeAll(async () => {
  app = await createHttpOnlyApp({
    logLines,
    scopes: ['actions:write', 'members:read', 'members:write', 'program:read'],
    services: {
      members: {
        find: () => Promise.resolve(null),
        findById: () => Promise.resolve(null),
        balance: () => Promise.reject(new Error('not reached')),
        history: () => Promise.reject(new Error('not reached')),
      },
    },
  });
});
const post = (): request.Test =>
  request(app).post('/graphql').set('authorization', `Bearer ${GOOD_KEY}`);
const send = (query: string, variables?: object): request.Test => post().send({ query, variables });

const QUESTION = JSON.stringify({ query: '{ __typename }' });
const zipped = gzipSync(QUESTION);

describe('a body that can not be read', () => {
  it.each([
    ['is no gzip', 'gzip', Buffer.from(QUESTION)],
    ['is gzip that breaks off', 'gzip', zipped.subarray(0, zipped.length - 12)],
    ['is gzip with a wrong sum', 'gzip', Buffer.concat([zipped.subarray(0, -8), Buffer.alloc(8)])],
    ['is no deflate', 'deflate', Buffer.from(QUESTION)],
    ['is no brotli', 'br', Buffer.from(QUESTION)],
  ])('is told that it %s', async (_name, encoding, body) => {
    const response = await post()
      .set({ 'content-encoding': encoding, 'content-type': 'application/json' })
      .serialize((bytes: unknown) => bytes as string)
      .send(body);
    expect(response.status).toBe(400);
    expect(codesOf(response)).toEqual(['MALFORMED_REQUEST']);
    expect(errorsOf(response)[0]?.message).toContain(encoding);
  });

  it.each([
    ['an encoding that there is not', { 'content-encoding': 'rot13' }, 415],
    ['two encodings', { 'content-encoding': 'gzip, gzip' }, 415],
    [
      'a character set that there is not',
      { 'content-type': 'application/json; charset=klingon' },
      415,
    ],
    ['no content type', { 'content-type': '' }, 415],
  ])('answers a typed %s', async (_name, headers, status) => {
    const response = await post().set(headers).send(QUESTION);
    expect([response.status, codesOf(response)]).toEqual([status, ['MALFORMED_REQUEST']]);
  });

  it.each(['/graphiql/%E0%A4%A', '/graphiql/%00', '/%E0%A4%A', '/graphiql/../../etc/passwd'])(
    'answers %s with a typed error of the caller',
    async (path) => {
      const response = await request(app).get(path);
      expect([400, 404]).toContain(response.status);
      expect(['MALFORMED_REQUEST', 'NOT_FOUND']).toContain(codesOf(response)[0]);
    },
  );
});

/** Sends bytes as they are and gives all that comes back until the server closes. */
async function exchange(server: Server, bytes: string): Promise<string> {
  const { port } = server.address() as { port: number };
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

describe('a body that never ends', () => {
  it.each([
    ['shorter than its length says', `Content-Length: 1000\r\n\r\n{"query":`],
    ['without a last chunk', 'Transfer-Encoding: chunked\r\n\r\n9\r\n{"query":\r\n'],
  ])('is answered 408, %s, and that nothing was done', async (_name, rest) => {
    const slow = await createHttpOnlyApp({ requestTimeoutMs: 100 });
    const server = createServer(slow);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const answer = await exchange(
        server,
        `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${rest}`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 408 /);
      expect(answer.toLowerCase()).toContain('connection: close');
      expect(answer).toContain('"code":"MALFORMED_REQUEST"');
      expect(answer).toContain('nothing was done');
      expect(answer).not.toContain('may have been done');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('a query that can not be run', () => {
  it('is told that there are no subscriptions', async () => {
    const response = await send('subscription { __typename }');
    expect(response.status).toBe(400);
    expect(codesOf(response)).toEqual(['INVALID_QUERY']);
  });

  it.each([51, 200])(
    'is told of each of %i bad values in its variables, up to 50',
    async (count) => {
      const ids = Array.from({ length: count }, () => true);
      const response = await send('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
      expect(response.status).toBe(400);
      expect(codesOf(response)).toEqual(Array.from({ length: 51 }, () => 'BAD_USER_INPUT'));
      expect(errorsOf(response)[49]?.extensions).toMatchObject({ field: 'ids[49]' });
    },
  );

  it.each([
    ['program { round(number: $value) { number } }', 'UInt', '1', 'number'],
    ['member(memberId: "m") @include(if: $value) { account }', 'Boolean', 'true', 'if'],
    ['nodes(ids: $value) { id }', '[ID!]', '["x"]', 'ids'],
    ['nodes(ids: ["x", $value]) { id }', 'ID', '"x"', 'ids'],
  ])(
    'is told of null in a variable whose default hides it: %s',
    async (field, type, other, name) => {
      const response = await send(`query ($value: ${type} = ${other}) { ${field} }`, {
        value: null,
      });
      expect(codesOf(response)).toEqual(['BAD_USER_INPUT']);
      expect(errorsOf(response)[0]?.extensions).toMatchObject({ field: name });
    },
  );

  it('is told what is wrong with lists within lists, however deep', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    for (const [type, field] of [
      ['UInt', 'round'],
      ['String', 'memberId'],
    ]) {
      const query = `query ($value: ${type}!) { member(memberId: ${field === 'memberId' ? '$value' : '"m"'}) { ${field === 'round' ? 'share(round: $value) { amount }' : 'account'} } }`;
      const response = await post()
        .type('json')
        .send(`{"query":${JSON.stringify(query)},"variables":{"value":${deep}}}`);
      expect(codesOf(response)).toEqual(['BAD_USER_INPUT']);
      expect(response.text).not.toMatch(/call stack/);
    }
  });
});

describe('all of these', () => {
  it('are no fault of the service: its log has no error', () => {
    expect(logLines.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});
