import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from '@dewpoint/contracts/verifier/verify.ts';
import { HttpRpc } from '@dewpoint/contracts/verifier/rpc/httpRpc.ts';
import { NO_BUDGET_CAP } from '@dewpoint/contracts/terms.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi, type DewpointApi } from '../replay/play/api.ts';
import { createLocalClock } from '../replay/play/localClock.ts';
import { byDay, readPurchases } from '../replay/log/purchases.ts';
import { replay } from '../replay/play/replay.ts';
import { readRules } from '../replay/log/rules.ts';
import { pointsOfLog } from '../replay/totals/independent.ts';
import { createWorld, type World } from '../world/world.ts';
import { readEndState, type EndState } from './endState.ts';
import { seededRandom } from './seededRandom.ts';

/** The long form takes the whole sample; `npm test` runs the short one. */
const LONG = process.env.DEWPOINT_CHAOS === 'long';
const ROWS = LONG ? Number.POSITIVE_INFINITY : 40;
const SERVER_KILLS = LONG ? 20 : 4;
const CHAIN_KILLS = LONG ? 5 : 1;
const DATABASE_KILLS = LONG ? 5 : 1;
const TIMEOUT_MS = LONG ? 3_600_000 : 900_000;
const SEED = Number(process.env.DEWPOINT_CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31));

const FIXTURES = join(import.meta.dirname, '../fixtures/purchases');
const LOG = readFileSync(join(FIXTURES, 'purchases-sample.csv'), 'utf8');
const RULES = readFileSync(join(FIXTURES, 'rules.json'), 'utf8');
/** Customers of the first rows only, with all their purchases: the sample is sorted by customer. */
const PURCHASES = readPurchases(LOG, ROWS);
const DAYS = byDay(PURCHASES);
const STARTS_AT = DAYS[0]?.startsAt ?? 0;

const folders: string[] = [];

async function newWorld(options: { keepChain?: boolean; servers?: number }): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), 'dewpoint-chaos-'));
  folders.push(dir);
  return createWorld({
    dir,
    startsAt: STARTS_AT,
    rules: readRules(RULES),
    budgetPerEpoch: NO_BUDGET_CAP,
    logLevel: 'fatal',
    ...options,
  });
}

/** Each call goes to the next server. */
function alternating(apis: readonly DewpointApi[]): Pick<DewpointApi, 'record' | 'settlement'> {
  let calls = 0;
  const next = (): DewpointApi => {
    const api = apis[calls++ % apis.length];
    if (api === undefined) throw new Error('there is no server');
    return api;
  };
  return { record: (actions) => next().record(actions), settlement: () => next().settlement() };
}

interface Accident {
  /** Share of the rows that are reported when it happens. */
  readonly at: number;
  readonly happen: () => Promise<void>;
}

/** Replays the log in this world, with accidents on the way. */
async function replayWith(
  world: World,
  accidents: readonly Accident[],
  servers = 1,
): Promise<EndState> {
  const ahead = [...accidents].sort((a, b) => a.at - b.at);
  let accident = Promise.resolve();
  const common = {
    days: DAYS,
    api: alternating(
      Array.from({ length: servers }, (_, n) => createApi(world.apiUrl(n), world.program)),
    ),
    clock: createLocalClock(world.rpcUrl),
    startsAt: STARTS_AT,
    buyback: null,
  };
  await replay({
    ...common,
    onProgress: ({ rowsDone, rowsTotal }) => {
      // Accidents happen beside the replay, in the middle of whatever is under way, one after the other.
      while (ahead[0] !== undefined && rowsDone / rowsTotal >= ahead[0].at) {
        const { happen } = ahead.shift() ?? ahead[0];
        accident = accident.then(happen);
      }
    },
  });
  await accident;
  expect(ahead, 'every accident happened').toEqual([]);
  // An app that is not sure reports everything again. It also waits for what the last accident undid.
  const again = await replay({ ...common, onProgress: () => undefined });
  const { recorded, duplicates, rejections } = again;
  expect({ recorded, duplicates, rejections }).toEqual({
    recorded: 0,
    duplicates: again.actions,
    rejections: [],
  });
  const report = await verify({
    provider: new HttpRpc(world.rpcUrl),
    program: world.program.address,
  });
  expect(report.checks.filter((check) => !check.ok)).toEqual([]);
  return readEndState(world, readRules(RULES));
}

const moments = (count: number, salt: number): number[] => {
  const random = seededRandom(SEED + salt);
  return Array.from({ length: count }, random);
};

describe(`whatever crashes during a replay, the end is the same (seed ${SEED})`, () => {
  let undisturbed: EndState;

  beforeAll(async () => {
    const world = await newWorld({});
    try {
      await world.startServer();
      undisturbed = await replayWith(world, []);
    } finally {
      await world.stop();
    }
  }, TIMEOUT_MS);

  afterAll(() => {
    for (const dir of folders) rmSync(dir, { recursive: true, force: true });
  });

  it('mints what an independent computation of the log says', () => {
    const rows = LOG.trim()
      .split('\n')
      .slice(0, PURCHASES.length + 1)
      .join('\n');
    expect(undisturbed.supply).toBe(String(pointsOfLog(rows, RULES)));
    expect(Object.keys(undisturbed.actions)).toHaveLength(2 * PURCHASES.length);
  });

  it(
    `${SERVER_KILLS} kills of the server lose nothing and double nothing`,
    async () => {
      const world = await newWorld({});
      try {
        await world.startServer();
        const happen = async (): Promise<void> => {
          await world.killServer();
          await world.startServer();
        };
        const end = await replayWith(
          world,
          moments(SERVER_KILLS, 1).map((at) => ({ at, happen })),
        );
        expect(end).toEqual(undisturbed);
      } finally {
        await world.stop();
      }
    },
    TIMEOUT_MS,
  );

  it(
    `${CHAIN_KILLS} kills of the chain, which falls back to an older state, lose nothing and double nothing`,
    async () => {
      const world = await newWorld({ keepChain: true });
      try {
        await world.startServer();
        const end = await replayWith(
          world,
          moments(CHAIN_KILLS, 2).map((at) => ({ at, happen: () => world.crashChain() })),
        );
        expect(end).toEqual(undisturbed);
      } finally {
        await world.stop();
      }
    },
    TIMEOUT_MS,
  );

  it(
    `${DATABASE_KILLS} kills of the database lose nothing and double nothing`,
    async () => {
      const world = await newWorld({});
      try {
        await world.startServer();
        const end = await replayWith(
          world,
          moments(DATABASE_KILLS, 3).map((at) => ({ at, happen: () => world.crashDatabase() })),
        );
        expect(end).toEqual(undisturbed);
      } finally {
        await world.stop();
      }
    },
    TIMEOUT_MS,
  );

  it(
    'two servers with workers on one database and chain come to the same end',
    async () => {
      const world = await newWorld({ servers: 2 });
      try {
        await Promise.all([world.startServer(0), world.startServer(1)]);
        // The first server, which most likely holds the lease, is killed half-way.
        const end = await replayWith(
          world,
          [
            {
              at: 0.5,
              happen: async () => {
                await world.killServer(0);
                await world.startServer(0);
              },
            },
          ],
          2,
        );
        expect(end).toEqual(undisturbed);
      } finally {
        await world.stop();
      }
    },
    TIMEOUT_MS,
  );
});
