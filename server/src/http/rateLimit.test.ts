import request, { type Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import { createHttpOnlyApp, GOOD_KEY } from '../testing/httpOnly.ts';

const limitedTo = (keyPerMinute: number): ReturnType<typeof createHttpOnlyApp> =>
  createHttpOnlyApp({ rateLimits: { keyPerMinute, sessionPerMinute: 1 } });

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

  it('has no limit where none is set, and neither has a request without a key', async () => {
    const open = await limitedTo(0);
    expect(headersOf(await ask(open))).toEqual([undefined, undefined, undefined]);
    const app = await limitedTo(1);
    for (let calls = 0; calls < 3; calls += 1) expect((await ask(app, null)).status).toBe(200);
  });
});
