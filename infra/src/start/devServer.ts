import { ROOT_DIR } from '../paths.ts';
import { SetupProblem } from '../setupProblem.ts';
import {
  startServerProcess,
  type ServerOptions,
  type ServerProcess,
  type ServerReady,
} from './serverProcess.ts';
import { watchSources } from './sourceWatch.ts';

/** What the server runs. */
const SOURCES = [`${ROOT_DIR}server/src`, `${ROOT_DIR}contracts/ts`];

const NEXT_TIME = 'It starts again with the next change.';

/** A server that is started again whenever its sources change. */
export interface DevServer {
  /** Settles when the first start answers; rejects when it does not. */
  readonly ready: Promise<ServerReady>;
  stop(): Promise<void>;
}

/**
 * Starts the server, and starts it again after each change of its sources. One that ends, or that a change keeps from starting, waits
 * for the next change.
 */
export const startDevServer = (options: ServerOptions): DevServer => {
  const say = options.onLine;
  let current: ServerProcess | undefined;
  let stopped = false;
  const start = async (): Promise<ServerReady> => {
    const server = await startServerProcess(options);
    current = server;
    const ready = await server.ready;
    void server.process.exited.then(() => {
      if (server === current) say(`The server has ended. ${NEXT_TIME}`);
    });
    return ready;
  };
  const stop = async (): Promise<void> => {
    const old = current;
    current = undefined;
    await old?.process.stop();
  };
  const restart = async (file: string): Promise<void> => {
    const startedAt = Date.now();
    await stop();
    if (stopped) return;
    try {
      await start();
      say(`Server: started again after a change of ${file}, in ${Date.now() - startedAt} ms.`);
    } catch (error) {
      if (!(error instanceof SetupProblem)) throw error;
      if (!stopped) say(`${error.message} ${NEXT_TIME}`);
    }
  };

  const ready = start();
  // A first start that fails is told by `ready`.
  let turn: Promise<void> = ready.then(
    () => undefined,
    () => undefined,
  );
  const watching = watchSources(SOURCES, (file) => {
    turn = turn.then(() => restart(file));
  });
  return {
    ready,
    stop: async () => {
      stopped = true;
      await (
        await watching
      )();
      await stop();
      await turn;
    },
  };
};
