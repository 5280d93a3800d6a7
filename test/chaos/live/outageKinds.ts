import { setTimeout as delay } from 'node:timers/promises';
import { JsonRpcProvider } from 'ethers';
import { expect } from 'vitest';
import type { BalanceWatch } from './balanceWatch.ts';
import { askApi, type LiveWorld } from './liveWorld.ts';

/** Something that goes away, and what the API says of it meanwhile. It lasts until the API has said so. */
export interface OutageKind {
  readonly name: string;
  /** @param atLeastMs How long it lasts, or longer. @returns blocks that the chain may have lost */
  run(stage: OutageStage, atLeastMs: number): Promise<void>;
}

export interface OutageStage {
  readonly live: LiveWorld;
  readonly watch: BalanceWatch;
  /** Every hash that a block had before the chain fell back, by number: those that it has no more were lost. */
  readonly before: Map<number, Set<string>>;
  /** Actions that clients were promised by now. */
  recorded(): number;
}

const WAIT = { timeout: 90_000, interval: 100 };
/** An item that does not exist: the chain alone can tell, and nothing is written. */
const UNKNOWN_ITEM = 1_000_000;
/** Blocks that a node lags behind, at least. */
const LAG = 3;
/** Blocks that a chain loses at most when it falls back by some seconds. */
const MOST_LOST = 2_000;
/** Blocks that are mined at most between a look and the death of the chain. */
const MINED_MEANWHILE = 10;

interface Readiness {
  readonly status: number;
  readonly database: boolean;
  readonly chain: boolean;
}

async function readiness({ world }: LiveWorld): Promise<Readiness> {
  const response = await fetch(new URL('/readyz', world.apiUrl()));
  const { database, chain } = (await response.json()) as Omit<Readiness, 'status'>;
  return { status: response.status, database, chain };
}

/** Waits until the service says that all is there again. */
export const allIsBack = (live: LiveWorld): Promise<void> =>
  expect.poll(() => readiness(live), WAIT).toEqual({ status: 200, database: true, chain: true });

let writes = 0;
/** Codes of the errors of a write that the chain has to judge. */
async function codesOfWrite({ world }: LiveWorld): Promise<readonly string[]> {
  writes += 1;
  const { codes } = await askApi(
    world,
    world.program.operatorApiKey,
    `mutation { itemPriceSet(input: { item: ${UNKNOWN_ITEM}, price: "1",
      idempotencyKey: "missed-${writes}" }) { userErrors { code } } }`,
  );
  return codes;
}

/** What the API says while no node of the chain answers: reads are stale, writes are refused, and recording goes on. */
async function chainIsMissed({ live, watch, recorded }: OutageStage): Promise<void> {
  const [before, { stale }] = [recorded(), watch.seen()];
  await expect.poll(() => codesOfWrite(live), WAIT).toContain('CHAIN_UNAVAILABLE');
  await expect
    .poll(() => readiness(live), WAIT)
    .toEqual({ status: 200, database: true, chain: false });
  await expect.poll(() => watch.seen().stale, WAIT).toBeGreaterThan(stale);
  await expect.poll(recorded, WAIT).toBeGreaterThan(before);
}

/** What it says while the database does not answer: that alone. */
async function databaseIsMissed({ live, watch }: OutageStage): Promise<void> {
  const missed = (): number => watch.codes['DATABASE_UNAVAILABLE'] ?? 0;
  const before = missed();
  await expect.poll(() => readiness(live), WAIT).toMatchObject({ status: 503, database: false });
  await expect.poll(missed, WAIT).toBeGreaterThan(before);
}

async function onChain<T>(
  { world }: LiveWorld,
  read: (provider: JsonRpcProvider) => Promise<T>,
): Promise<T> {
  const provider = new JsonRpcProvider(world.rpcUrl, undefined, {
    ...{ staticNetwork: true, cacheTimeout: -1 },
  });
  try {
    return await read(provider);
  } finally {
    provider.destroy();
  }
}
const headOf = (live: LiveWorld): Promise<number> =>
  onChain(live, (provider) => provider.getBlockNumber());

/** Reads the hashes of the newest blocks. */
export const hashesOf = (
  live: LiveWorld,
  numbers: readonly number[],
): Promise<Map<number, string>> =>
  onChain(live, async (provider) => {
    const blocks = await Promise.all(numbers.map((number) => provider.getBlock(number)));
    return new Map(numbers.map((number, at) => [number, blocks[at]?.hash ?? '']));
  });

/** Waits until the read model is where the chain is now. */
async function hasRead({ live, watch }: OutageStage): Promise<void> {
  const head = await headOf(live);
  await expect.poll(() => watch.seen().newest?.asOfBlock ?? 0, WAIT).toBeGreaterThanOrEqual(head);
}

const together = async (...all: Promise<unknown>[]): Promise<void> => {
  await Promise.all(all);
};

export const OUTAGE_KINDS = {
  chainHangs: {
    name: 'the chain hangs',
    run: (stage, atLeastMs) =>
      stage.live.world.hang('chain', () => together(delay(atLeastMs), chainIsMissed(stage))),
  },
  chainDies: {
    name: 'the chain dies and is started again',
    run: (stage, atLeastMs) =>
      stage.watch.doubt(async () => {
        await rememberBlocks(stage);
        await stage.live.world.crashChain({
          keeps: true,
          until: () => together(delay(atLeastMs), chainIsMissed(stage)),
        });
        await hasRead(stage);
      }),
  },
  chainFallsBack: {
    name: 'the chain dies and falls back',
    run: (stage, atLeastMs) =>
      stage.watch.doubt(async () => {
        await rememberBlocks(stage);
        await stage.live.world.crashChain({
          until: () => together(delay(atLeastMs), chainIsMissed(stage)),
        });
        await hasRead(stage);
      }),
  },
  chainLags: {
    name: 'the node answers old heads',
    run: (stage, atLeastMs) =>
      stage.watch.doubt(async () => {
        const { live, watch } = stage;
        const head = await headOf(live);
        await expect.poll(() => headOf(live), WAIT).toBeGreaterThanOrEqual(head + LAG);
        const before = stage.recorded();
        live.node.stayAt(head);
        try {
          const newest = (): number => watch.seen().newest?.asOfBlock ?? head + 1;
          // It says so: as of that block, and of no later one.
          await expect.poll(newest, WAIT).toBeLessThanOrEqual(head);
          await delay(atLeastMs);
          expect(newest()).toBeLessThanOrEqual(head);
          await expect.poll(stage.recorded, WAIT).toBeGreaterThan(before);
        } finally {
          live.node.stayAt(null);
        }
        await hasRead(stage);
      }),
  },
  databaseHangs: {
    name: 'the database hangs',
    run: (stage, atLeastMs) =>
      stage.live.world.hang('database', () => together(delay(atLeastMs), databaseIsMissed(stage))),
  },
  databaseDies: {
    name: 'the database dies and is started again',
    run: (stage, atLeastMs) =>
      stage.live.world.crashDatabase(() => together(delay(atLeastMs), databaseIsMissed(stage))),
  },
} as const satisfies Readonly<Record<string, OutageKind>>;

async function rememberBlocks({ live, before }: OutageStage): Promise<void> {
  const head = await headOf(live);
  const from = Math.max(0, head - MOST_LOST);
  const numbers = Array.from({ length: head - from + 1 }, (_none, at) => from + at);
  const hashes = await hashesOf(live, numbers);
  const add = (number: number, hash: string): void => {
    before.set(number, (before.get(number) ?? new Set()).add(hash));
  };
  for (const [number, hash] of hashes) add(number, hash);
  // Nobody knows the hashes of what is mined before it dies.
  for (let number = head + 1; number <= head + MINED_MEANWHILE; number += 1) add(number, 'unknown');
}
