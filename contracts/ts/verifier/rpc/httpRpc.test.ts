import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HttpRpc } from './httpRpc.ts';

/** How far the faked clock moves at once. */
const CLOCK_STEP_MS = 100;

interface Request {
  readonly id: number;
  readonly params: readonly unknown[];
}

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A node whose answer to each body is what `answer` says. */
async function startNode(
  answer: (body: unknown, authorization?: string) => { status?: number; body: unknown },
  login = '',
) {
  const node = createServer((incoming, outgoing) => {
    let text = '';
    incoming.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    incoming.on('end', () => {
      const { status = 200, body } = answer(JSON.parse(text), incoming.headers.authorization);
      outgoing.writeHead(status).end(JSON.stringify(body));
    });
  });
  server = node;
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
  return new HttpRpc(`http://${login}127.0.0.1:${(node.address() as AddressInfo).port}`);
}

const echo = ({ id, params }: Request) => ({ id, result: params[0] });
const asked = (rpc: HttpRpc, count: number) =>
  Array.from({ length: count }, (_, i) => rpc.send('echo', [i]));

it('sends what is asked at once in batches and gives each its own answer', async () => {
  const sizes: number[] = [];
  const rpc = await startNode((body) => {
    const requests = body as Request[];
    sizes.push(requests.length);
    return { body: requests.map(echo).reverse() };
  });
  expect(await Promise.all(asked(rpc, 1_200))).toEqual(Array.from({ length: 1_200 }, (_, i) => i));
  expect(sizes).toEqual([500, 500, 200]);
});

it('sends a single request without a batch', async () => {
  const rpc = await startNode((body) => ({ body: echo(body as Request) }));
  expect(await rpc.send('echo', ['alone'])).toBe('alone');
});

it('sends the name and password of a URL as HTTP wants them', async () => {
  const rpc = await startNode(
    (_body, authorization) => ({ body: { id: 1, result: authorization } }),
    'me:p%40ss@',
  );
  expect(await rpc.send('echo', [])).toBe(`Basic ${btoa('me:p@ss')}`);
});

it('finds a size of batch that the node takes, and keeps it', async () => {
  let refused = 0;
  const rpc = await startNode((body) => {
    if (!Array.isArray(body)) return { body: echo(body as Request) };
    if (body.length <= 100) return { body: (body as Request[]).map(echo) };
    refused++;
    return { body: { error: { code: -32_600, message: 'batch too large' } } };
  });
  expect(await Promise.all(asked(rpc, 900))).toHaveLength(900);
  const before = refused;
  expect(await Promise.all(asked(rpc, 900))).toHaveLength(900);
  expect(refused).toBe(before);
});

it('asks one by one when the node takes no batches', async () => {
  const rpc = await startNode((body) =>
    Array.isArray(body) ? { status: 400, body: 'no' } : { body: echo(body as Request) },
  );
  expect(await Promise.all(asked(rpc, 5))).toEqual([0, 1, 2, 3, 4]);
});

it('waits when it asks too often', async () => {
  let requests = 0;
  const rpc = await startNode((body) =>
    ++requests === 1 ? { status: 429, body: 'slow down' } : { body: echo(body as Request) },
  );
  expect(await rpc.send('echo', [1])).toBe(1);
  expect(requests).toBe(2);
});

it('rejects only the request that failed', async () => {
  const rpc = await startNode((body) => ({
    body: (body as Request[]).map((request) =>
      request.params[0] === 1
        ? { id: request.id, error: { code: 3, message: 'execution reverted' } }
        : echo(request),
    ),
  }));
  const results = await Promise.allSettled([rpc.send('x', [0]), rpc.send('x', [1])]);
  expect(results[0]).toEqual({ status: 'fulfilled', value: 0 });
  expect(results[1]).toMatchObject({ reason: new Error('execution reverted') });
});

it('says why it has no answer', async () => {
  const rpc = await startNode(() => ({ body: [] }));
  await expect(Promise.all(asked(rpc, 2))).rejects.toThrow('no answer to echo');
  await expect(new HttpRpc('http://127.0.0.1:65535').send('echo', [])).rejects.toThrow(
    'connect ECONNREFUSED 127.0.0.1:65535',
  );
});

it('stops waiting in the end, and says so once for all that was asked', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  let requests = 0;
  stubFetch(() => {
    requests++;
    return Promise.resolve(new Response('slow down', { status: 429 }));
  });
  const rpc = new HttpRpc('http://node.example');
  const results = Promise.allSettled(asked(rpc, 64));
  const reasons = new Set((await passingTime(results)).map((result) => String(reasonIn(result))));
  expect([...reasons]).toEqual(['Error: HTTP status 429: slow down']);
  expect(requests).toBeLessThan(64);
});

it('asks again for as much when a node that has answered is away for a moment', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const sizes: number[] = [];
  stubFetch((init) => {
    sizes.push((JSON.parse(init.body as string) as unknown[]).length);
    if (sizes.length === 1 || sizes.length === 4) return echoing(init);
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    return Promise.reject(new TypeError('fetch failed', { cause }));
  });
  const rpc = new HttpRpc('https://node.example');
  await Promise.all(asked(rpc, 10));
  expect(await passingTime(Promise.all(asked(rpc, 10)))).toHaveLength(10);
  expect(sizes).toEqual([10, 10, 10, 10]);
});

describe('in a browser', () => {
  it('needs no setImmediate', async () => {
    vi.stubGlobal('setImmediate', undefined);
    stubFetch(echoing);
    const rpc = new HttpRpc('https://node.example');
    expect(await Promise.all(asked(rpc, 3))).toEqual([0, 1, 2]);
  });

  it('asks again when a node that has answered cannot be reached, as after a 429 without CORS', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    let requests = 0;
    stubFetch((init) => {
      requests++;
      return requests > 1 && requests < 5 ? noNetwork() : echoing(init);
    });
    const rpc = new HttpRpc('https://node.example');
    expect(await rpc.send('echo', [1])).toBe(1);
    const answers = await passingTime(Promise.all(asked(rpc, 100)));
    expect(answers).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('gives up soon on a node that never answered, and says what may be wrong', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    stubFetch(noNetwork);
    const answer = new HttpRpc('https://node.example').send('echo', []);
    const outcome = expect(answer).rejects.toThrow(
      'https://node.example cannot be reached: it may be down, refuse pages of other hosts (CORS), or limit how often it is asked',
    );
    const startedAt = Date.now();
    await passingTime(outcome);
    expect(Date.now() - startedAt).toBeLessThan(5_000);
  });

  it('tells Chrome that a node on this computer is one', async () => {
    const spaces: unknown[] = [];
    stubFetch((init) => {
      spaces.push((init as { targetAddressSpace?: unknown }).targetAddressSpace);
      return echoing(init);
    });
    const hosts = ['127.0.0.1:8545', '127.9.9.9', 'localhost:1', 'a.localhost', '[::1]:8545'];
    for (const host of hosts) await new HttpRpc(`http://${host}`).send('echo', [1]);
    expect(spaces).toEqual(hosts.map(() => 'loopback'));
    spaces.length = 0;
    const others = ['node.example', '192.168.1.1', 'localhost.example', '128.0.0.1'];
    for (const host of others) await new HttpRpc(`http://${host}`).send('echo', [1]);
    expect(spaces).toEqual(others.map(() => undefined));
  });

  it('leaves that out where the browser knows another word for it', async () => {
    class OlderRequest {
      constructor(_url: string, { targetAddressSpace }: { targetAddressSpace?: string }) {
        if (targetAddressSpace === 'loopback') throw new TypeError('no valid enum value');
      }
    }
    vi.stubGlobal('Request', OlderRequest);
    let seen: unknown;
    stubFetch((init) => {
      seen = init;
      return echoing(init);
    });
    await new HttpRpc('http://127.0.0.1:8545').send('echo', [1]);
    expect(seen).not.toHaveProperty('targetAddressSpace');
  });
});

describe('with a signal', () => {
  it('rejects what is under way with its reason, and ends the request', async () => {
    const stop = new AbortController();
    let ended = false;
    stubFetch(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => {
            ended = true;
            reject(signal.reason as Error);
          });
        }),
    );
    const rpc = new HttpRpc('https://node.example', { signal: stop.signal });
    const answer = rpc.send('echo', [1]);
    await vi.waitFor(() => expect(fetch).toHaveBeenCalled());
    stop.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
    expect(ended).toBe(true);
    await expect(rpc.send('echo', [1])).rejects.toThrow('enough');
  });

  it('does not wait for the next try', async () => {
    const stop = new AbortController();
    stubFetch(() => Promise.resolve(new Response('slow down', { status: 429 })));
    const rpc = new HttpRpc('https://node.example', { signal: stop.signal });
    const answer = rpc.send('echo', [1]);
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(2));
    stop.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
    expect(fetch).toHaveBeenCalledTimes(2);
  });
});

function stubFetch(answer: (init: RequestInit) => Promise<Response>): void {
  vi.stubGlobal(
    'fetch',
    vi.fn((_url: string, init: RequestInit) => answer(init)),
  );
}

/** What a browser says of every connection that failed, whatever the reason. */
function noNetwork(): Promise<Response> {
  return Promise.reject(new TypeError('Failed to fetch'));
}

function echoing({ body }: RequestInit): Promise<Response> {
  const parsed = JSON.parse(body as string) as Request | Request[];
  const answer = Array.isArray(parsed) ? parsed.map(echo) : echo(parsed);
  return Promise.resolve(Response.json(answer));
}

function reasonIn(result: PromiseSettledResult<unknown>): unknown {
  return result.status === 'rejected' ? result.reason : 'an answer';
}

/** Lets the faked clock run until something has come about. */
async function passingTime<Value>(promise: Promise<Value>): Promise<Value> {
  let isOver = false;
  const ends = (): void => {
    isOver = true;
  };
  promise.then(ends, ends);
  while (!isOver) await vi.advanceTimersByTimeAsync(CLOCK_STEP_MS);
  return promise;
}
