import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_KEPT_ANSWER } from '../domain/webhooks/delivery.ts';
import type { OutgoingHook } from '../ports/webhooks.ts';
import { startReceiver, type Receiver } from '../testing/webhooks/receiver.ts';
import { createHookSender } from './hookSender.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const hookTo = (url: string): OutgoingHook => ({
  ...{ url, id: 'evt_1', sentAtMs: Date.now(), secrets: [SECRET] },
  body: JSON.stringify({ id: 'evt_1', type: 'webhook.test', timestamp: '', data: {} }),
});
const resolving = (...addresses: string[]) => {
  const asked: string[] = [];
  return {
    asked,
    resolveHost: (host: string) => {
      asked.push(host);
      return Promise.resolve(addresses);
    },
  };
};

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const local = createHookSender({ isLocal: true });

describe('the sender', () => {
  it('gives the status and what the answer begins with', async () => {
    receiver.answerBy(() => ({ status: 202, body: 'a'.repeat(1_000_000) }));
    const outcome = await local.send(hookTo(receiver.url));
    expect(outcome).toMatchObject({ status: 202, failure: null });
    expect(outcome.answer).toBe('a'.repeat(MAX_KEPT_ANSWER));
  });

  it('follows no redirect', async () => {
    const other = await startReceiver();
    receiver.answerBy(() => ({ status: 307, headers: { location: other.url } }));
    expect(await local.send(hookTo(receiver.url))).toMatchObject({ status: 307, failure: null });
    expect(other.received).toEqual([]);
    await other.close();
  });

  it('gives up after its time', async () => {
    receiver.answerBy(() => 'HANG');
    const hasty = createHookSender({ isLocal: true, timeoutMs: 50 });
    expect(await hasty.send(hookTo(receiver.url))).toMatchObject({
      ...{ status: null, failure: 'TIMED_OUT' },
    });
  });

  it('takes what does not speak HTTP, and what is not there, for unreachable', async () => {
    const server: Server = createServer((socket) => socket.resume().end('hello\r\n\r\n')).listen(0);
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const url = `http://127.0.0.1:${port}`;
    expect(await local.send(hookTo(url))).toMatchObject({ failure: 'UNREACHABLE' });
    server.close();
    await once(server, 'close');
    expect(await local.send(hookTo(url))).toMatchObject({ failure: 'UNREACHABLE' });
  });
});

describe('no private address is reached', () => {
  it('by a service that is not on a machine of one’s own', async () => {
    const sender = createHookSender({ isLocal: false });
    expect(await sender.send(hookTo(receiver.url))).toMatchObject({ failure: 'FORBIDDEN_ADDRESS' });
    const { resolveHost } = resolving('127.0.0.1');
    const named = createHookSender({ isLocal: false, resolveHost });
    const url = 'https://hooks.example/';
    expect(await named.send(hookTo(url))).toMatchObject({ failure: 'FORBIDDEN_ADDRESS' });
    expect(receiver.received).toEqual([]);
  });

  it('by a name that stands for a public one as well', async () => {
    for (const address of ['10.0.0.1', '169.254.169.254', '::1', '::ffff:7f00:1']) {
      const { resolveHost } = resolving('93.184.216.34', address);
      const sender = createHookSender({ isLocal: false, resolveHost });
      const outcome = await sender.send(hookTo('https://hooks.example/'));
      expect(outcome).toMatchObject({ failure: 'FORBIDDEN_ADDRESS' });
    }
  });

  it('by a name that stands for another address the next time: it is asked once an attempt, and that one is connected to', async () => {
    // Whoever asked again would get 127.0.0.1 for this name, where nothing listens.
    const there = await startReceiver('127.0.0.2');
    const { port } = new URL(there.url);
    const { asked, resolveHost } = resolving('127.0.0.2');
    const sender = createHookSender({ isLocal: true, resolveHost });
    const url = `http://localhost:${port}/`;
    expect(await sender.send(hookTo(url))).toMatchObject({ status: 200 });
    expect(await sender.send(hookTo(url))).toMatchObject({ status: 200 });
    expect(asked).toEqual(['localhost', 'localhost']);
    expect(there.received).toHaveLength(2);
    await there.close();
    const changed = ['127.0.0.2', '10.0.0.1'];
    const changing = createHookSender({
      isLocal: true,
      resolveHost: () => Promise.resolve([changed.shift() ?? '']),
    });
    expect(await changing.send(hookTo(url))).toMatchObject({ failure: 'UNREACHABLE' });
    expect(await changing.send(hookTo(url))).toMatchObject({ failure: 'FORBIDDEN_ADDRESS' });
  });
});
