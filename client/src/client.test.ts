import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createClient, type Action, type ClientOptions } from './client.ts';
import { DewpointError } from './errors.ts';

interface Asked {
  readonly body: string;
  readonly key: string;
}

interface SentAction {
  readonly memberId: string;
  readonly eventId: string;
  readonly amount?: string;
}

/** What a server does with the n-th request that it gets. */
type Behave = (response: ServerResponse, asked: Asked, nth: number) => void;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/** A server that misbehaves as told. */
async function listen(behave: Behave): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      asked.push({ body, key: request.headers.authorization ?? '' });
      behave(response, { body, key: request.headers.authorization ?? '' }, asked.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const open = (url: string, options: Partial<ClientOptions> = {}): ReturnType<typeof createClient> =>
  createClient({ url, key: 'dw_test_1', ...options });

const json = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

const actionsOf = ({ body }: Asked): SentAction[] =>
  (JSON.parse(body) as { variables: { input: { actions: SentAction[] } } }).variables.input.actions;

/** Records everything that costs nothing below zero. */
const record: Behave = (response, asked) => {
  const results = actionsOf(asked).map(({ memberId, eventId, amount }, index) => {
    const isWrong = amount === '-1';
    return {
      status: isWrong ? 'REJECTED' : 'RECORDED',
      memberId,
      eventId,
      epoch: isWrong ? null : 7,
      warning: null,
      code: isWrong ? 'OUT_OF_RANGE' : null,
      field: isWrong ? `actions[${index}].amount` : null,
      message: isWrong ? 'amount has to be 0 to 10^15.' : null,
    };
  });
  json(response, { data: { actionsRecord: { results, userErrors: [] } } });
};

const action = (nth: number, more: Partial<Action> = {}): Action => ({
  memberId: 'mei',
  eventId: `order-${nth}`,
  rule: 'purchase',
  occurredAt: new Date('2026-03-01T12:00:00Z'),
  ...more,
});

const failure = async (promise: Promise<unknown>): Promise<DewpointError> => {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DewpointError);
  return error as DewpointError;
};

describe('recordAction', () => {
  it('sends what is recorded at once together, 500 in a call at most, and gives each its own result', async () => {
    const { url, asked } = await listen(record);
    const client = open(url);
    const wanted = Array.from({ length: 1_200 }, (_, nth) => action(nth));
    const results = await Promise.all(wanted.map((one) => client.recordAction(one)));
    expect(results.map(({ eventId }) => eventId)).toEqual(wanted.map(({ eventId }) => eventId));
    expect(asked.map((one) => actionsOf(one).length)).toEqual([500, 500, 200]);
    expect(asked[0]?.key).toBe('Bearer dw_test_1');
  });

  it('cuts a call before it has more bytes than the API takes', async () => {
    const { url, asked } = await listen(record);
    const client = open(url);
    const reason = '水'.repeat(500);
    await Promise.all(
      Array.from({ length: 1_000 }, (_, nth) => client.recordAction(action(nth, { reason }))),
    );
    expect(asked.flatMap(actionsOf)).toHaveLength(1_000);
    for (const { body } of asked) expect(Buffer.byteLength(body)).toBeLessThan(1_000_000);
  });

  it('sends the very same bytes again until there is an answer', async () => {
    const { url, asked } = await listen((response, call, nth) => {
      if (nth === 1) response.destroy();
      else if (nth === 2) response.writeHead(502).end('<html>Bad gateway</html>');
      else if (nth === 3) json(response, { errors: [retryable('OVERLOADED')] }, 503);
      else record(response, call, nth);
    });
    const client = open(url);
    const sent = action(1);
    const promise = client.recordAction(sent);
    (sent as { rule: string }).rule = 'changed afterwards';
    expect(await promise).toMatchObject({ status: 'RECORDED' });
    expect(asked).toHaveLength(4);
    expect(new Set(asked.map(({ body }) => body)).size).toBe(1);
    expect(asked[0]?.body).toContain('"rule":"purchase"');
  });

  it('throws the code and the field of an action that is rejected, and hurts no other', async () => {
    const { url } = await listen(record);
    const client = open(url);
    const [good, bad] = [action(1, { amount: 4200n }), action(2, { amount: '-1' })];
    const [recorded, error] = await Promise.all([
      client.recordAction(good),
      failure(client.recordAction(bad)),
    ]);
    expect(recorded.status).toBe('RECORDED');
    expect(error).toMatchObject({ code: 'OUT_OF_RANGE', field: 'amount', isRetryable: false });
  });

  it('refuses a time that is none before anything is sent', async () => {
    const { url, asked } = await listen(record);
    const error = await failure(open(url).recordAction(action(1, { occurredAt: new Date('x') })));
    expect(error).toMatchObject({ code: 'MALFORMED', field: 'occurredAt' });
    expect(asked).toEqual([]);
  });
});

const retryable = (code: string): object => ({
  message: 'Later.',
  extensions: { code, requestId: 'r-1', retryAfterMs: 1 },
});

describe('a call', () => {
  it('that is refused for good is not repeated', async () => {
    const { url, asked } = await listen((response) =>
      json(response, {
        errors: [{ message: 'No key.', extensions: { code: 'UNAUTHENTICATED', requestId: 'r-2' } }],
      }),
    );
    const error = await failure(open(url).member('mei'));
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', requestId: 'r-2', isRetryable: false });
    expect(asked).toHaveLength(1);
  });

  it('waits as long as the service asks it to', async () => {
    const { url, asked } = await listen((response) => {
      response.setHeader('retry-after', '3600');
      json(response, { errors: [retryable('RATE_LIMITED')] }, 429);
    });
    // An hour is longer than the time for retries: it says so at once, and does not wait for nothing.
    const error = await failure(open(url, { retryForMs: 5_000 }).member('mei'));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', isRetryable: true });
    expect(asked).toHaveLength(1);
  });

  it('without an answer says that nobody knows, once its time is over', async () => {
    const { url, asked } = await listen(() => undefined);
    const client = open(url, { timeoutMs: 50, retryForMs: 300 });
    const error = await failure(client.member('mei'));
    expect(error).toMatchObject({ code: 'NO_ANSWER', isRetryable: true, requestId: null });
    expect(error.message).toContain('gave no answer in 0.05 s');
    expect(asked.length).toBeGreaterThan(1);
  });

  it('hands the key to no other address', async () => {
    const elsewhere = await listen(record);
    const { url } = await listen((response) =>
      response.writeHead(307, { location: elsewhere.url }).end(),
    );
    await failure(open(url, { retryForMs: 0 }).member('mei'));
    expect(elsewhere.asked).toEqual([]);
  });

  it('asks for the key before each attempt, so that one can be changed while it runs', async () => {
    const { url, asked } = await listen((response, _, nth) =>
      nth === 1 ? response.destroy() : json(response, { data: { member: null } }),
    );
    const keys = ['old', 'new'];
    expect(await open(url, { key: () => keys.shift() ?? '' }).member('nobody')).toBeNull();
    expect(asked.map(({ key }) => key)).toEqual(['Bearer old', 'Bearer new']);
  });

  it('of a session has one key for all attempts', async () => {
    const session = { id: 's', memberId: 'mei', expiresAt: '2026-03-01T12:10:00.000Z' };
    const { url, asked } = await listen((response, _, nth) =>
      nth === 1
        ? response.destroy()
        : json(response, {
            data: { memberSessionCreate: { token: 't', session, userErrors: [] } },
          }),
    );
    expect(await open(url).createMemberSession('mei')).toEqual({
      token: 't',
      expiresAt: session.expiresAt,
    });
    expect(new Set(asked.map(({ body }) => body)).size).toBe(1);
  });
});

describe('close', () => {
  it('sends what waits, and takes nothing any more', async () => {
    const { url, asked } = await listen(record);
    const client = open(url);
    const promises = Array.from({ length: 3_000 }, (_, nth) => client.recordAction(action(nth)));
    await client.close();
    expect(asked.flatMap(actionsOf)).toHaveLength(3_000);
    await Promise.all(promises);
    expect(await failure(client.recordAction(action(1)))).toMatchObject({ code: 'CLOSED' });
  });

  it('of a client that nothing was asked of is done at once', async () => {
    await open('http://127.0.0.1:1').close();
  });
});

describe('what waits', () => {
  it('is bounded', async () => {
    const { url } = await listen(() => undefined);
    const client = open(url, { timeoutMs: 1, retryForMs: 0 });
    const outcomes = Array.from({ length: 53_000 }, (_, nth) =>
      failure(client.recordAction(action(nth))),
    );
    const codes = (await Promise.all(outcomes)).map(({ code }) => code);
    expect(codes.filter((code) => code === 'TOO_MANY_WAITING').length).toBeGreaterThan(0);
    expect(new Set(codes)).toEqual(new Set(['TOO_MANY_WAITING', 'NO_ANSWER']));
  });
});
