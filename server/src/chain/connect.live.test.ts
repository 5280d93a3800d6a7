import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startChain, type Chain as Anvil } from '@dewpoint/infra/chain/chain.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectChain } from './connect.ts';
import { RpcError } from './rpc/rpc.ts';

/** Nothing listens here. */
const NOWHERE = 'http://127.0.0.1:1';
const GENESIS_SECONDS = 852_076_800;
const DAY_SECONDS = 86_400;

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
