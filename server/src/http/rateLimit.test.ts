import request, { type Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import { createHttpOnlyApp, GOOD_KEY } from '../testing/httpOnly.ts';

const limitedTo = (keyPerMinute: number): ReturnType<typeof createHttpOnlyApp> =>
  createHttpOnlyApp({ rateLimits: { keyPerMinute, sessionPerMinute: 1, addressPerMinute: 1 } });

const ask = (app: Awaited<ReturnType<typeof createHttpOnlyApp>>, key: string | null = GOOD_KEY) => {
  const call = request(app).post('/graphql').send({ query: '{ __typename }' });
  return key === null ? call : call.set('authorization', `Bearer ${key}`);
};
const headersOf = ({ headers }: Response): unknown[] =>
  ['ratelimit-policy', 'ratelimit', 'retry-after'].map((name) => headers[name] as unknown);

describe('a key', () => {
  it('is told what is left, and when it has used it up', async () => {
    const app = await limitedTo(2);
    expect(headersOf(await ask(app))).toEqual(['"key";q=2;w=60', '"key";r=1;t=60', undefined]);
    expect(headersOf(await ask(app))[1]).toMatch(/^"key";r=0;t=\d+$/);
    const refused = await ask(app);
    expect(refused.status).toBe(429);
    expect(headersOf(refused)).toEqual([
      '"key";q=2;w=60',
      expect.stringMatching(/^"key";r=0;t=\d+$/),
      expect.stringMatching(/^([1-9]|[1-5]\d|60)$/),
    ]);
    const { errors } = refused.body as { errors: { extensions: Record<string, unknown> }[] };
    expect(errors[0]?.extensions).toMatchObject({
      ...{ code: 'RATE_LIMITED', number: 'DW-1103' },
      retryAfterMs: expect.any(Number) as number,
    });
  });

  it('is refused before its body is read', async () => {
    const app = await limitedTo(1);
    await ask(app);
    const long = await request(app)
      .post('/graphql')
      .set('authorization', `Bearer ${GOOD_KEY}`)
      .send({ query: 'x'.repeat(2_000_000) });
    expect(long.status).toBe(429);
  });

  it('has no limit where none is set', async () => {
    const open = await limitedTo(0);
    expect(headersOf(await ask(open))).toEqual([undefined, undefined, undefined]);
  });
});

describe('a request without a key', () => {
  const limitedTo = (
    addressPerMinute: number,
    trustedProxies: number,
  ): ReturnType<typeof createHttpOnlyApp> =>
    createHttpOnlyApp({
      ...{ rateLimits: { keyPerMinute: 0, sessionPerMinute: 0, addressPerMinute } },
      trustedProxies,
    });
  const askFrom = (
    app: Awaited<ReturnType<typeof createHttpOnlyApp>>,
    address: string,
  ): ReturnType<typeof ask> => ask(app, null).set('x-forwarded-for', address);

  it('counts by the address of the client, of IPv6 by its network', async () => {
    const app = await limitedTo(2, 1);
    expect(headersOf(await askFrom(app, '2001:db8::1'))).toEqual([
      ...['"address";q=2;w=60', '"address";r=1;t=60', undefined],
    ]);
    expect((await askFrom(app, '2001:db8::2:1')).status).toBe(200);
    const refused = await askFrom(app, '2001:db8:0:0:9::3');
    const { errors } = refused.body as { errors: { extensions: Record<string, unknown> }[] };
    expect([refused.status, errors[0]?.extensions['code']]).toEqual([429, 'RATE_LIMITED']);
    for (const other of ['2001:db8:0:1::1', '192.0.2.1', '192.0.2.2']) {
      expect((await askFrom(app, other)).status).toBe(200);
    }
    expect((await ask(app).set('x-forwarded-for', '2001:db8::1')).status).toBe(200);
  });

  it('is believed no address that no trusted proxy says', async () => {
    const app = await limitedTo(1, 0);
    expect((await askFrom(app, '192.0.2.1')).status).toBe(200);
    expect((await askFrom(app, '192.0.2.2')).status).toBe(429);
  });

  it('has no limit where none is set', async () => {
    const app = await limitedTo(0, 0);
    for (let calls = 0; calls < 3; calls += 1) {
      expect(headersOf(await ask(app, null))).toEqual([undefined, undefined, undefined]);
    }
  });
});
