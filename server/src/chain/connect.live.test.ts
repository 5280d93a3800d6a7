import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { startChain, type Chain as Anvil } from '@dewpoint/infra/chain/chain.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectChain } from './connect.ts';
import { createRpc, RpcError } from './rpc/rpc.ts';

/** Nothing listens here. */
const NOWHERE = 'http://127.0.0.1:1';
const GENESIS_SECONDS = 852_076_800;
const DAY_SECONDS = 86_400;
const NOBODY: Address = '0x0000000000000000000000000000000000000001';
const PROGRAM = { points: NOBODY, charter: NOBODY, buyback: NOBODY, catalogue: NOBODY };

let anvil: Anvil;
let publicAnvil: Anvil;
let broken: Server;
let brokenUrl: string;
beforeAll(async () => {
  anvil = await startChain({ genesisTimestamp: GENESIS_SECONDS });
  publicAnvil = await startChain({ chainId: 8_453 });
  broken = createServer((_request, response) => {
    response.writeHead(502).end('<html>bad gateway</html>');
  });
  await new Promise<void>((resolve) => {
    broken.listen(0, '127.0.0.1', resolve);
  });
  brokenUrl = `http://127.0.0.1:${(broken.address() as AddressInfo).port}`;
});
afterAll(async () => {
  broken.close();
  await anvil.stop();
  await publicAnvil.stop();
});

describe('a list of RPCs', () => {
  it('is served by the first that answers', async () => {
    const rpcUrls = [NOWHERE, brokenUrl, anvil.url];
    const chain = await connectChain({ rpcUrls, chainId: null });
    expect(chain).toMatchObject({ chainId: 31_337, local: true });
    expect((await chain.reader.head()).number).toBeGreaterThanOrEqual(0);
    chain.close();
  });

  it('says CHAIN_UNAVAILABLE, to be tried again, when all are gone', async () => {
    await expect(connectChain({ rpcUrls: [NOWHERE, brokenUrl], chainId: null })).rejects.toEqual(
      expect.objectContaining({ code: 'CHAIN_UNAVAILABLE', retryAfterMs: 2_000 }),
    );
  });

  it('never uses a node of another chain', async () => {
    await expect(connectChain({ rpcUrls: [anvil.url], chainId: 1 })).rejects.toThrow(
      'serves chain 31337, not 1',
    );
    const rpcUrls = [publicAnvil.url, anvil.url];
    const chain = await connectChain({ rpcUrls, chainId: 31_337 });
    expect(chain.chainId).toBe(31_337);
    chain.close();
  });

  it('does not ask another node when one refuses', async () => {
    const chain = await connectChain({ rpcUrls: [anvil.url, NOWHERE], chainId: null });
    await expect(chain.rpc.call('no_such_method', [])).rejects.toThrow(RpcError);
    chain.close();
  });
});

describe('a node that hangs', () => {
  /** Listens, takes calls and answers them by an anvil behind it, or not at all. */
  async function startGate(): Promise<{
    url: string;
    state: { hangs: boolean; calls: number };
    close(): void;
  }> {
    const state = { hangs: false, calls: 0 };
    const gate = createServer((request, response) => {
      state.calls += 1;
      if (state.hangs) return;
      let body = '';
      request.on('data', (part) => (body += String(part)));
      request.on('end', () => {
        const method = 'POST';
        const headers = { 'content-type': 'application/json' };
        void fetch(anvil.url, { method, headers, body })
          .then((answer) => answer.text())
          .then((answer) => response.end(answer));
      });
    });
    await new Promise<void>((resolve) => {
      gate.listen(0, '127.0.0.1', resolve);
    });
    const close = (): void => {
      gate.closeAllConnections();
      gate.close();
    };
    return { url: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`, state, close };
  }

  it('is found out, left alone, and used again when it answers', async () => {
    const gate = await startGate();
    const chain = await connectChain({ rpcUrls: [gate.url], chainId: null });
    gate.state.hangs = true;
    const away = { code: 'CHAIN_UNAVAILABLE', retryAfterMs: 2_000 };
    // The slowest call of all, which alone would be waited for 20 s.
    await expect(
      chain.reader.logs({ programs: [PROGRAM], fromBlock: 0, toBlock: 0 }),
    ).rejects.toMatchObject(away);
    const { calls } = gate.state;
    await Promise.all(
      Array.from({ length: 50 }, () =>
        expect(chain.reader.head()).rejects.toMatchObject({ ...away, message: /it hangs/ }),
      ),
    );
    expect(gate.state.calls).toBe(calls);
    expect(await chain.clock.recent()).toMatchObject({ fresh: false });
    gate.state.hangs = false;
    await expect.poll(() => chain.reader.head()).toMatchObject({ number: 0 });
    await expect.poll(() => chain.clock.now()).toMatchObject({ fresh: true });
    chain.close();
    gate.close();
  });

  it('gives its calls to the next of the list', async () => {
    const gate = await startGate();
    const chain = await connectChain({ rpcUrls: [gate.url, anvil.url], chainId: null });
    gate.state.hangs = true;
    expect(await chain.reader.head()).toMatchObject({ number: 0 });
    const { calls } = gate.state;
    await Promise.all(Array.from({ length: 10 }, () => chain.reader.head()));
    expect(gate.state.calls).toBe(calls);
    chain.close();
    gate.close();
  });

  it('is not a node that is slow with one call and answers others', async () => {
    const slow = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += String(part)));
      request.on('end', () => {
        const { id, method } = JSON.parse(body) as { id: number; method: string };
        const result = method === 'eth_chainId' ? '0x1' : 'slow/1.0';
        const answer = (): unknown => response.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
        if (method === 'eth_call') setTimeout(answer, 4_000);
        else answer();
      });
    });
    await new Promise<void>((resolve) => {
      slow.listen(0, '127.0.0.1', resolve);
    });
    const rpc = createRpc({
      urls: [`http://127.0.0.1:${(slow.address() as AddressInfo).port}`],
      chainId: 1,
    });
    expect(await rpc.call('eth_call', [])).toBe('slow/1.0');
    rpc.close();
    slow.close();
  });
});

describe('the clock of a local chain', () => {
  it('is the pending block, and shows at once that it was moved on', async () => {
    const chain = await connectChain({ rpcUrls: [anvil.url], chainId: null });
    const { nowMs, fresh } = await chain.clock.now();
    expect(fresh).toBe(true);
    expect(nowMs).toBeLessThan((GENESIS_SECONDS + DAY_SECONDS) * 1_000);
    await chain.rpc.call('evm_increaseTime', [3 * DAY_SECONDS]);
    const moved = await chain.clock.now();
    expect(moved.nowMs).toBeGreaterThanOrEqual((GENESIS_SECONDS + 3 * DAY_SECONDS) * 1_000);
    expect(moved.nextBlockMs).toBe(moved.nowMs);
    chain.close();
  });

  it('goes on with the clock on the wall, not fresh, while the chain is gone', async () => {
    const own = await startChain({ genesisTimestamp: GENESIS_SECONDS });
    let wallMs = 1_000_000;
    const wallNowMs = (): number => wallMs;
    const chain = await connectChain({ rpcUrls: [own.url], chainId: null, wallNowMs });
    const before = await chain.clock.now();
    own.kill();
    await own.exited;
    wallMs += 5_000;
    const after = await chain.clock.now();
    expect(after).toMatchObject({ nowMs: before.nowMs + 5_000, fresh: false });
    chain.close();
  });
});
