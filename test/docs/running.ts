import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChain } from '@dewpoint/infra/chain/chain.ts';
import { startDatabase } from '@dewpoint/infra/database/database.ts';
import { demoStart } from '@dewpoint/infra/start/demoStart.ts';
import { startServerProcess, type DemoAccess } from '@dewpoint/infra/start/serverProcess.ts';

/** What `npm start` starts, in parts that can be stopped one by one. */
export interface RunningDemo {
  readonly url: string;
  readonly rpcUrl: string;
  readonly access: DemoAccess;
  /** Folder for files that a reader makes. */
  readonly dir: string;
  /** Where the server keeps what its commands look for. */
  readonly stateDir: string;
  /** All that the server has logged, with the letters that nobody mails. */
  logged(): string;
  stopServer(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the demo, with its story behind it. */
export async function startDemo(): Promise<RunningDemo> {
  const dir = await mkdtemp(join(tmpdir(), 'dewpoint-docs-'));
  const stateDir = join(dir, 'server');
  const [chain, database] = await Promise.all([
    startChain({ genesisTimestamp: demoStart() }),
    startDatabase({ dir: join(dir, 'database'), environment: { ...process.env, MONGODB_URI: '' } }),
  ]);
  const lines: string[] = [];
  const server = await startServerProcess({
    env: {
      PATH: process.env.PATH,
      MONGODB_URI: database.uri,
      RPC_URL: chain.url,
      DEWPOINT_PORT: '0',
      DEWPOINT_DEMO: 'true',
      DEWPOINT_STATE_DIR: stateDir,
      DEWPOINT_LOG_LEVEL: 'warn',
    },
    onLine: (line) => lines.push(line),
  });
  const stop = async (): Promise<void> => {
    await server.process.stop();
    await Promise.all([chain.stop(), database.stop()]);
    await rm(dir, { recursive: true, force: true, maxRetries: 20 });
  };
  const { url, demo } = await server.ready.catch(async (error: unknown) => {
    await stop();
    throw new Error(lines.join('\n'), { cause: error });
  });
  if (demo === null) throw new Error('the server has no demo');
  return {
    url,
    rpcUrl: chain.url,
    access: demo,
    dir,
    stateDir,
    logged: () => lines.join('\n'),
    stopServer: () => server.process.stop(),
    stop,
  };
}
