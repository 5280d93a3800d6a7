import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startChain, type Chain, type ChainOptions } from './chain.ts';
import { listStates } from './chainState.ts';
import { callJsonRpc } from './jsonRpc.ts';

/** 00:00 UTC of 1 January 1997. */
const GENESIS = 852_076_800;
const DAY = 86_400;

interface Block {
  hash: string;
  number: string;
  timestamp: string;
}

let dir: string;
let chains: Chain[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dewpoint-chain-'));
  chains = [];
});

afterEach(async () => {
  for (const chain of chains) chain.kill();
  await Promise.all(chains.map((chain) => chain.exited));
  await rm(dir, { recursive: true });
});

const start = async (options: ChainOptions = {}): Promise<Chain> => {
  const chain = await startChain({ dir, ...options });
  chains.push(chain);
  return chain;
};

const block = async (chain: Chain, tag: string): Promise<Block> =>
  (await callJsonRpc(chain.url, 'eth_getBlockByNumber', [tag, false])) as Block;

const mine = (chain: Chain, blocks = 1): Promise<unknown> =>
  callJsonRpc(chain.url, 'anvil_mine', [`0x${blocks.toString(16)}`]);

test('a stopped chain goes on with the same blocks and hashes', async () => {
  const first = await start({ genesisTimestamp: GENESIS });
  expect(first.resumed).toBe(false);
  await mine(first, 5);
  const [genesis, head] = [await block(first, '0x0'), await block(first, 'latest')];
  await first.stop();
  const second = await start({ genesisTimestamp: GENESIS });
  expect(second.resumed).toBe(true);
  expect((await block(second, '0x0')).hash).toBe(genesis.hash);
  expect((await block(second, 'latest')).hash).toBe(head.hash);
});

test('a chain that lives in the past stays there when it is started again', async () => {
  const first = await start({ genesisTimestamp: GENESIS });
  await callJsonRpc(first.url, 'evm_setNextBlockTimestamp', [GENESIS + 40 * DAY]);
  await mine(first);
  await first.stop();
  const second = await start({ genesisTimestamp: GENESIS });
  await mine(second);
  const next = Number((await block(second, 'latest')).timestamp);
  expect(next).toBeGreaterThan(GENESIS + 40 * DAY);
  expect(next).toBeLessThan(GENESIS + 41 * DAY);
});

test('a demo chain catches up with the clock on the wall, unless it is ahead of it', async () => {
  const wall = Math.floor(Date.now() / 1_000);
  const first = await start({ genesisTimestamp: GENESIS, followWallClock: true });
  await mine(first);
  await first.stop();
  const second = await start({ followWallClock: true });
  expect(Number((await block(second, 'pending')).timestamp)).toBeGreaterThanOrEqual(wall);
  await callJsonRpc(second.url, 'evm_setNextBlockTimestamp', [wall + 10 * DAY]);
  await mine(second);
  await second.stop();
  const third = await start({ followWallClock: true });
  await mine(third);
  expect(Number((await block(third, 'latest')).timestamp)).toBeGreaterThan(wall + 10 * DAY);
});

test('what was dumped survives a SIGKILL while the chain works', async () => {
  let chain = await start({ genesisTimestamp: GENESIS, dumpEveryMs: 1 });
  for (let round = 0; round < 3; round += 1) {
    await mine(chain, 10);
    await chain.dump();
    const dumped = await block(chain, 'latest');
    const work = mine(chain, 5_000).catch(() => 'the chain was killed meanwhile');
    chain.kill('SIGKILL');
    await Promise.all([chain.exited, work]);
    chain = await start({ genesisTimestamp: GENESIS, dumpEveryMs: 1 });
    expect(await block(chain, dumped.number)).toMatchObject({ hash: dumped.hash });
  }
});

test('a chain dumps by itself when its head has moved, and only then', async () => {
  const chain = await start({ dumpEveryMs: 10 });
  await mine(chain);
  await expect.poll(async () => (await listStates(dir))[0]?.blockNumber).toBe(1);
  const before = await readdir(dir);
  await chain.dump();
  expect(await readdir(dir)).toEqual(before);
});

test('a chain that stands still is waited for, and kept again when it goes on', async () => {
  const lines: string[] = [];
  const onSilence = (line: string): void => void lines.push(line);
  const chain = await start({ dumpEveryMs: 10, silentAfterMs: 500, onSilence });
  await mine(chain);
  await expect.poll(async () => (await listStates(dir))[0]?.blockNumber).toBe(1);
  chain.kill('SIGSTOP');
  await expect.poll(() => lines).toEqual([expect.stringMatching(/not answer/)]);
  // Asked again and again, and told once.
  await expect(chain.dump()).rejects.toThrow('does not answer');
  chain.kill('SIGCONT');
  await expect.poll(() => lines).toHaveLength(2);
  expect(lines[1]).toMatch(/again/);
  await mine(chain);
  await expect.poll(async () => (await listStates(dir))[0]?.blockNumber).toBe(2);
});

test('a chain that stands still can be stopped, with what it kept before', async () => {
  const lines: string[] = [];
  const onSilence = (line: string): void => void lines.push(line);
  const chain = await start({ dumpEveryMs: 10, silentAfterMs: 500, onSilence });
  await mine(chain);
  // A busy machine may take longer for one answer than this chain is given: it is asked again by itself.
  await expect.poll(async () => (await listStates(dir))[0]?.blockNumber).toBe(1);
  chain.kill('SIGSTOP');
  // Only then does it stand still: it may have answered once more.
  await expect.poll(() => lines).toContainEqual(expect.stringMatching(/waiting until it does/));
  await chain.stop();
  expect(lines).toContainEqual(expect.stringMatching(/it is ended/));
  expect((await listStates(dir))[0]?.blockNumber).toBe(1);
});

test('a state that cannot be kept is told once, and the chain goes on', async () => {
  const failures: unknown[] = [];
  const onDumpFailed = (error: unknown): void => void failures.push(error);
  const chain = await start({ dumpEveryMs: 10, onDumpFailed });
  await rm(dir, { recursive: true });
  await writeFile(dir, 'a file in the place of the folder');
  await mine(chain);
  await expect.poll(() => failures).toHaveLength(1);
  await mine(chain);
  expect(Number((await block(chain, 'latest')).number)).toBe(2);
  expect(failures).toHaveLength(1);
});

test('a state that does not load gives way to the one before it, never to a new chain', async () => {
  const first = await start({ genesisTimestamp: GENESIS });
  await mine(first, 3);
  await first.stop();
  await writeFile(join(dir, `9-block-9-at-${GENESIS + DAY}.json`), '{"block":');
  await writeFile(join(dir, 'unfinished.json'), '{');
  const second = await start({ genesisTimestamp: GENESIS });
  expect(Number((await block(second, 'latest')).number)).toBe(3);
  await second.stop();
  for (const { path } of await listStates(dir)) await writeFile(path, '{"block":');
  await expect(start({ genesisTimestamp: GENESIS })).rejects.toThrow('ended while starting');
});

test('a chain that went back to an earlier block goes on from there', async () => {
  const first = await start({ genesisTimestamp: GENESIS });
  await mine(first, 2);
  const snapshot = await callJsonRpc(first.url, 'evm_snapshot');
  await mine(first, 7);
  await first.dump();
  await callJsonRpc(first.url, 'evm_revert', [snapshot]);
  await first.stop();
  const second = await start({ genesisTimestamp: GENESIS });
  expect(Number((await block(second, 'latest')).number)).toBe(2);
});

test('a new chain that is killed before its first block begins where it should', async () => {
  const first = await start({ genesisTimestamp: GENESIS, dumpEveryMs: 1 });
  await first.stop();
  const second = await start({ genesisTimestamp: GENESIS });
  expect(second.resumed).toBe(false);
  await mine(second);
  expect(Number((await block(second, 'latest')).timestamp)).toBeGreaterThanOrEqual(GENESIS);
  expect(Number((await block(second, 'latest')).timestamp)).toBeLessThan(GENESIS + DAY);
});

test('a new chain goes on from the state that it is given, which stays as it is', async () => {
  const first = await start({ genesisTimestamp: GENESIS });
  await mine(first, 3);
  const head = await block(first, 'latest');
  await first.stop();
  const [initialState] = await listStates(dir);
  if (initialState === undefined) throw new Error('the chain kept no state');
  const before = await readFile(initialState.path);
  for (const kept of [undefined, join(dir, 'second')]) {
    const second = await startChain({
      genesisTimestamp: GENESIS,
      initialState,
      ...(kept !== undefined && { dir: kept }),
    });
    chains.push(second);
    expect((await block(second, 'latest')).hash).toBe(head.hash);
    await mine(second);
    const next = Number((await block(second, 'latest')).timestamp);
    expect(next).toBeGreaterThan(Number(head.timestamp));
    expect(next).toBeLessThan(GENESIS + DAY);
    await second.stop();
  }
  expect(await readFile(initialState.path)).toEqual(before);
  const third = await start({ dir: join(dir, 'second'), initialState });
  expect(Number((await block(third, 'latest')).number)).toBe(4);
});

test('nothing is written without a folder', async () => {
  const chain = await startChain({});
  chains.push(chain);
  await mine(chain);
  await chain.stop();
  expect(await readdir(dir)).toEqual([]);
});
