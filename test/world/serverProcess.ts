import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import { startProcess } from '@dewpoint/infra/processes.ts';

/** The server of Dewpoint in a process of its own, so that it can be killed like one. */
export interface ServerProcess {
  readonly url: string;
  /** Ends it as a crash would, and settles when it is gone. */
  kill(): Promise<void>;
  /** Ends it in order. */
  stop(): Promise<void>;
}

/** What a server needs to know of its world. */
export interface ServerSettings {
  readonly port: number;
  readonly databaseUri: string;
  readonly rpcUrl: string;
  /** Keystore and password are kept here. */
  readonly stateDir: string;
  readonly logLevel: string;
}

const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 50;
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const MAIN = join(ROOT_DIR, 'server/src/main.ts');

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false; // Not listening yet.
  }
}

/** Starts a server with API and worker, and settles when it is ready. */
export async function startServerProcess(settings: ServerSettings): Promise<ServerProcess> {
  const url = `http://127.0.0.1:${settings.port}`;
  let ended = false;
  const child = await startProcess({
    command: process.execPath,
    args: ['--import', TSX, MAIN],
    cwd: ROOT_DIR,
    env: {
      PATH: process.env.PATH,
      MONGODB_URI: settings.databaseUri,
      RPC_URL: settings.rpcUrl,
      DEWPOINT_PORT: String(settings.port),
      DEWPOINT_STATE_DIR: settings.stateDir,
      DEWPOINT_LOG_LEVEL: settings.logLevel,
    },
    onExit: () => {
      ended = true;
    },
  });
  const giveUpAt = Date.now() + READY_TIMEOUT_MS;
  while (!(await answers(url))) {
    if (ended || Date.now() > giveUpAt) {
      child.kill('SIGKILL');
      throw new Error(`the server did not start:\n${child.output()}`);
    }
    await delay(POLL_MS);
  }
  return {
    url,
    async kill() {
      child.kill('SIGKILL');
      await child.exited;
    },
    stop: () => child.stop(),
  };
}
