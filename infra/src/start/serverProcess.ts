import { INFRA_VARIABLES } from '../environment.ts';
import { ROOT_DIR } from '../paths.ts';
import { startProcess, type RunningProcess } from '../processes/processes.ts';
import { SetupProblem } from '../setupProblem.ts';

/**
 * The first start compiles nothing, but deploys the contracts and seeds the demo through the public way in: some seconds, and on a
 * machine with much else to do minutes. A server that ends by itself is told at once.
 */
const READY_TIMEOUT_MS = 300_000;

/** The demo program, ready to be tried. */
export interface DemoAccess {
  programName: string;
  /** Address of its Points contract. */
  programAddress: string;
  /** For the app: everything but the operator's writes. */
  apiKey: string;
  /** For the operator's writes alone. */
  operatorKey: string;
  /** The app's own id of a member who has points already. */
  memberId: string;
  /** Of the owner of its organisation; null where others than the owner of this machine could be served. */
  login: { email: string; password: string } | null;
}

/**
 * What `server/src/main.ts` sends to the process that started it (`process.send`) when it answers requests; the demo is null where
 * none was asked for.
 */
export interface ServerReady {
  type: 'ready';
  url: string;
  /** Whether anybody is billed, in a sentence. */
  payments: string;
  demo: DemoAccess | null;
}

const isReady = (message: unknown): message is ServerReady =>
  typeof message === 'object' &&
  message !== null &&
  (message as Partial<ServerReady>).type === 'ready' &&
  typeof (message as Partial<ServerReady>).url === 'string';

export interface ServerOptions {
  /** Its whole environment. Variables that are for the processes around it are left out. */
  env: NodeJS.ProcessEnv;
  /** Called with each line of its log. */
  onLine: (line: string) => void;
}

export interface ServerProcess {
  process: RunningProcess;
  /** Settles when the server answers requests; rejects with a SetupProblem when it never does. */
  ready: Promise<ServerReady>;
}

/** Starts the server in a process of its own. */
export const startServerProcess = async (options: ServerOptions): Promise<ServerProcess> => {
  // GraphQL checks every value twice outside of production, which costs a fifth of the throughput.
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', ...options.env };
  for (const name of INFRA_VARIABLES) delete env[name];
  let onReady: (ready: ServerReady) => void = () => undefined;
  const answered = new Promise<ServerReady>((resolve) => (onReady = resolve));
  const server = await startProcess({
    command: process.execPath,
    args: ['--import', import.meta.resolve('tsx'), `${ROOT_DIR}server/src/main.ts`],
    cwd: ROOT_DIR,
    env,
    onLine: options.onLine,
    onMessage: (message) => {
      if (isReady(message)) onReady(message);
    },
  });
  return { process: server, ready: firstAnswer(server, answered) };
};

const firstAnswer = async (
  server: RunningProcess,
  answered: Promise<ServerReady>,
): Promise<ServerReady> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), READY_TIMEOUT_MS);
  });
  const outcome = await Promise.race([answered, late, server.exited]);
  clearTimeout(timer);
  if (outcome === 'late') {
    await server.stop();
    throw new SetupProblem(`The server did not answer within ${READY_TIMEOUT_MS / 1_000} s.`);
  }
  if (!('type' in outcome)) {
    throw new SetupProblem('The server ended while starting; what it said stands above.');
  }
  return outcome;
};
