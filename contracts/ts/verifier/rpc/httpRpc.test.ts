import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { HttpRpc } from './httpRpc.ts';

interface Request {
  readonly id: number;
  readonly params: readonly unknown[];
}

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
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
  Promise.all(Array.from({ length: count }, (_, i) => rpc.send('echo', [i])));

it('sends what is asked at once in batches and gives each its own answer', async () => {
  const sizes: number[] = [];
  const rpc = await startNode((body) => {
    const requests = body as Request[];
    sizes.push(requests.length);
    return { body: requests.map(echo).reverse() };
  });
  expect(await asked(rpc, 1_200)).toEqual(Array.from({ length: 1_200 }, (_, i) => i));
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
  expect(await asked(rpc, 900)).toHaveLength(900);
  const before = refused;
  expect(await asked(rpc, 900)).toHaveLength(900);
  expect(refused).toBe(before);
});

it('asks one by one when the node takes no batches', async () => {
  const rpc = await startNode((body) =>
    Array.isArray(body) ? { status: 400, body: 'no' } : { body: echo(body as Request) },
  );
  expect(await asked(rpc, 5)).toEqual([0, 1, 2, 3, 4]);
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
  await expect(asked(rpc, 2)).rejects.toThrow('no answer to echo');
  await expect(new HttpRpc('http://127.0.0.1:65535').send('echo', [])).rejects.toThrow(
    'connect ECONNREFUSED 127.0.0.1:65535',
  );
});
