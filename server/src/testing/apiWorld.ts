import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { startChain } from '@dewpoint/infra/chain/chain.ts';
import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import request, { type Response } from 'supertest';
import { moveClockTo } from '../chain/local/localClock.ts';
import type { NewProgram } from '../chain/programs/newProgram.ts';
import {
  connectFoundation,
  composeServices,
  type Foundation,
  type Services,
} from '../composition/composeServices.ts';
import { readConfig, type Config, type Role } from '../config/config.ts';
import type { Program } from '../domain/program.ts';
import { startServer, type RunningServer } from '../main.ts';
import { SCOPES } from '../ports/stores/access.ts';

export const STARTS_AT_MS = Date.UTC(2026, 0, 1);
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** A field's answer, or an error, as GraphQL gives it. */
export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: {
    readonly message: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

/** A whole service on a real chain and a real database, with two programs of two apps. */
export interface ApiWorld {
  /** Of the first server. */
  readonly url: string;
  readonly servers: readonly RunningServer[];
  readonly config: Config;
  readonly foundation: Foundation;
  readonly services: Services;
  readonly mine: { readonly program: Program; readonly key: string };
  readonly theirs: { readonly program: Program; readonly key: string };
  /** Sends a query with a key, or without one, and gives the response as it came. */
  send(key: string | null, query: string, variables?: object): Promise<Response>;
  /** The same, as the body of the answer. */
  ask(key: string | null, query: string, variables?: object): Promise<Answer>;
  moveClockTo(ms: number): Promise<void>;
  /** Waits until everything of a program is settled that can be. */
  settled(program: Program): Promise<void>;
  close(): Promise<void>;
}

const RULES = [
  { id: 1, name: 'purchase', text: '1 point a dollar', perAction: 0n, perUnit: 1_000_000n },
  { id: 2, name: 'visit', text: '2 points a visit', perAction: 200n, perUnit: 0n },
].map((rule) => ({
  ...rule,
  maxCount: NO_COUNT_CAP,
  maxPoints: NO_POINTS_CAP,
  untilEpoch: NO_END,
}));

const WAIT_MS = 20;
const PATIENCE_MS = 30_000;

/** Waits for a condition; fails when it is long overdue. */
export async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const giveUpAtMs = Date.now() + PATIENCE_MS;
  while (!(await isTrue())) {
    if (Date.now() > giveUpAtMs) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

async function createProgram(
  { deployment, keystore }: Foundation,
  services: Services,
  name: string,
  settings: Partial<NewProgram>,
): Promise<{ program: Program; key: string }> {
  const { id: _id, ...created } = await deployment.createProgram({
    name,
    symbol: 'DEW',
    startsAtMs: STARTS_AT_MS,
    epochLengthMs: DAY_MS,
    settlementWindow: 40,
    transferable: true,
    opening: [{ notBefore: 0, budgetPerEpoch: 2n ** 96n - 1n, rules: RULES }],
    recorder: keystore.signer.recorderAddress(),
    ...settings,
  });
  const program = await services.programs.register(created);
  const { key } = await services.apiKeys.create(program, 'test', SCOPES);
  return { program, key };
}

/**
 * Starts the world; its clock stands at the start of its programs.
 *
 * @param roles One server for each, on the same chain and database.
 * @param settings Of both programs, over those of a plain one.
 */
export async function startApiWorld(
  roles: readonly Role[] = ['both'],
  settings: Partial<NewProgram> = {},
): Promise<ApiWorld> {
  const dir = await mkdtemp(join(tmpdir(), 'dewpoint-api-'));
  const anvil = await startChain({ genesisTimestamp: STARTS_AT_MS / 1_000 });
  const config = readConfig({
    MONGODB_URI: testDatabaseUri(),
    RPC_URL: anvil.url,
    DEWPOINT_PORT: '0',
    DEWPOINT_STATE_DIR: dir,
    DEWPOINT_LOG_LEVEL: 'fatal',
  });
  const servers: RunningServer[] = [];
  for (const role of roles) servers.push(await startServer({ ...config, role }));
  const url = servers[0]?.url ?? '';
  const foundation = await connectFoundation(config);
  const services = composeServices(foundation, { wake: () => undefined });
  const mine = await createProgram(foundation, services, 'Mine', settings);
  const theirs = await createProgram(foundation, services, 'Theirs', settings);
  for (const { program } of [mine, theirs]) {
    await until('the rules are read', async () => {
      const known = (await services.programs.list()).find(({ id }) => id === program.id);
      return known !== undefined && known.ruleSets.length > 0;
    });
  }
  const send: ApiWorld['send'] = async (key, query, variables) => {
    const call = request(url).post('/graphql');
    if (key !== null) call.set('authorization', `Bearer ${key}`);
    return call.send({ query, ...(variables !== undefined && { variables }) });
  };
  return {
    url,
    servers,
    config,
    foundation,
    services,
    mine,
    theirs,
    send,
    ask: async (...call) => (await send(...call)).body as Answer,
    moveClockTo: (ms) => moveClockTo(foundation.chain, ms),
    settled: (program) =>
      until('everything is settled', async () => {
        const { open } = await services.programs.settlementProgress(program);
        return open === 0;
      }),
    async close() {
      for (const server of servers) await server.close();
      await foundation.close();
      await anvil.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
