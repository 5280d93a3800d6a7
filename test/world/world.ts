import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { NO_DOCUMENT, type RuleSetTerms } from '@dewpoint/contracts/terms.ts';
import { startChain, type Chain } from '@dewpoint/infra/chain/chain.ts';
import { startDatabase, type Database } from '@dewpoint/infra/database/database.ts';
import type { ProcessExit } from '@dewpoint/infra/processes/processes.ts';
import { freePort } from '@dewpoint/infra/processes/ports.ts';
import { startServerProcess, type ServerProcess } from '@dewpoint/infra/start/serverProcess.ts';
import { createProgramForWorld, type WorldBuyback, type WorldProgram } from './program.ts';

/** A fresh chain, a fresh database, a program on them, and servers that can be started and killed. */
export interface World {
  readonly rpcUrl: string;
  readonly databaseUri: string;
  readonly databaseKind: Database['kind'];
  readonly program: WorldProgram;
  /** URL of the GraphQL endpoint of the n-th server. */
  apiUrl(server?: number): string;
  /** @param options Lanes of the relayer; one if left out. */
  startServer(server?: number, options?: { readonly lanes?: number }): Promise<void>;
  /** Ends a server in order. @returns how it ended; null for one that does not run */
  stopServer(server?: number): Promise<ProcessExit | null>;
  /** Ends a server as a crash would. */
  killServer(server?: number): Promise<void>;
  /**
   * Ends the chain as a crash would and starts it from what it kept, once what is awaited has happened.
   *
   * @param options.keeps Whether it kept everything: otherwise it falls back to a state that is a little old.
   */
  crashChain(options?: {
    readonly keeps?: boolean;
    readonly until?: () => Promise<void>;
  }): Promise<void>;
  /** Ends the database as a crash would and starts it from what it kept, after a while or once what is awaited has happened. */
  crashDatabase(until?: number | (() => Promise<void>)): Promise<void>;
  /**
   * Lets the chain or the database stand still, which takes connections and answers nothing, and go on after a while, or
   * once what is awaited has happened.
   */
  hang(what: 'chain' | 'database', until: number | (() => Promise<void>)): Promise<void>;
  /** Stops everything, in order. */
  stop(): Promise<void>;
}

export interface WorldOptions {
  /** A folder of its own, empty. */
  readonly dir: string;
  /** Start of epoch 0 and of the chain's clock, unix seconds. */
  readonly startsAt: number;
  readonly rules: RuleSetTerms['rules'];
  readonly budgetPerEpoch: bigint;
  /** Points are bought back on this clock and these terms; the operator has money for it. */
  readonly buyback?: WorldBuyback;
  /** Several servers share the chain and the database. */
  readonly servers?: number;
  /** Keep the chain's state on disk while it runs; needed to crash it. */
  readonly keepChain?: boolean;
  readonly logLevel?: string;
  /** Of the program; `test` if left out. Servers of a live one need a chain of their own for tests, by their environment. */
  readonly environment?: 'test' | 'live';
  /** That of a local chain if left out. */
  readonly chainId?: number;
  /** Variables of the servers' environment besides. @param rpcUrl Of the chain that has the program. */
  readonly env?: (rpcUrl: string) => Readonly<Record<string, string>>;
  /** Told each line that a server logs. */
  readonly onLog?: (line: string) => void;
  /** Told which database runs. */
  readonly onProgress?: (line: string) => void;
}

/** A crash must find the chain with a state that is a little old. */
const DUMP_EVERY_MS = 1_000;
/** A port that was just in use may take a moment. */
const RESTART_ATTEMPTS = 20;
const RESTART_PAUSE_MS = 250;

async function withRetries<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (attempt >= RESTART_ATTEMPTS) throw error;
      await delay(RESTART_PAUSE_MS);
    }
  }
}

/** Starts a world without servers. What fails on the way is stopped again. */
export async function createWorld(options: WorldOptions): Promise<World> {
  const { dir, startsAt, onLog = () => undefined, onProgress = () => undefined } = options;
  const stateDir = join(dir, 'server');
  const startAnvil = async (port?: number): Promise<Chain> =>
    startChain({
      genesisTimestamp: startsAt,
      dumpEveryMs: DUMP_EVERY_MS,
      ...(options.chainId !== undefined && { chainId: options.chainId }),
      ...(options.keepChain === true && { dir: join(dir, 'chain') }),
      ...(port !== undefined && { port }),
    });
  const startMongo = async (port?: number): Promise<Database> =>
    startDatabase({
      dir: join(dir, 'database'),
      onProgress,
      ...(port !== undefined && { port }),
    });

  let chain = await startAnvil();
  let database = await startMongo();
  const servers = new Map<number, ServerProcess>();
  const ports = await Promise.all(Array.from({ length: options.servers ?? 1 }, () => freePort()));
  const portOf = (server: number): number => {
    const port = ports[server];
    if (port === undefined) throw new RangeError(`there is no server ${server}`);
    return port;
  };
  const stop = async (): Promise<void> => {
    await Promise.all([...servers.values()].map((server) => server.process.stop()));
    await Promise.all([chain.stop(), database.stop()]);
  };

  try {
    const program = await createProgramForWorld({
      rpcUrl: chain.url,
      databaseUri: database.uri,
      stateDir,
      startsAt,
      environment: options.environment ?? 'test',
      terms: {
        notBefore: 0,
        budgetPerEpoch: options.budgetPerEpoch,
        documentHash: NO_DOCUMENT,
        rules: options.rules,
      },
      buyback: options.buyback ?? null,
    });
    await chain.dump();
    return {
      rpcUrl: chain.url,
      databaseUri: database.uri,
      databaseKind: database.kind,
      program,
      apiUrl: (server = 0) => `http://127.0.0.1:${portOf(server)}/graphql`,
      async startServer(server = 0, { lanes = 1 } = {}) {
        const started = await startServerProcess({
          env: {
            PATH: process.env.PATH,
            MONGODB_URI: database.uri,
            RPC_URL: chain.url,
            DEWPOINT_PORT: String(portOf(server)),
            DEWPOINT_STATE_DIR: stateDir,
            DEWPOINT_RELAYER_LANES: String(lanes),
            DEWPOINT_LOG_LEVEL: options.logLevel ?? 'warn',
            ...options.env?.(chain.url),
          },
          onLine: onLog,
        });
        servers.set(server, started);
        await started.ready;
      },
      async stopServer(server = 0) {
        const running = servers.get(server);
        await running?.process.stop();
        servers.delete(server);
        return (await running?.process.exited) ?? null;
      },
      async killServer(server = 0) {
        const running = servers.get(server);
        running?.process.kill('SIGKILL');
        await running?.process.exited;
        servers.delete(server);
      },
      async crashChain({ keeps = false, until } = {}) {
        if (keeps) await chain.dump();
        chain.kill('SIGKILL');
        await chain.exited;
        await until?.();
        chain = await withRetries(() => startAnvil(chain.port));
      },
      async crashDatabase(until = 0) {
        database.kill('SIGKILL');
        await database.exited;
        await (typeof until === 'number' ? delay(until) : until());
        const port = Number(new URL(database.uri).port);
        database = await withRetries(() => startMongo(port));
      },
      async hang(what, until) {
        const process = what === 'chain' ? chain : database;
        process.kill('SIGSTOP');
        try {
          await (typeof until === 'number' ? delay(until) : until());
        } finally {
          process.kill('SIGCONT');
        }
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
