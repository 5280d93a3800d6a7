import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { SetupProblem } from '../setupProblem.ts';
import { notAPort, portInUse } from './preflight.mjs';

export const LOCALHOST = '127.0.0.1';

/** Asks the system rather than connecting: a port can be taken by something that does not answer. */
export const isPortFree = (port: number, host = LOCALHOST): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });

/** Below those that systems give to whom asks for any port, so that none of these is taken before it is used. */
const [FIRST_PORT, PORTS] = [15_000, 17_000] as const;
const MOST_TRIES = 100;

/** Chooses a port by chance on which nothing listens at the moment. */
export const freePort = async (): Promise<number> => {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const port = randomInt(FIRST_PORT, FIRST_PORT + PORTS);
    if (await isPortFree(port)) return port;
  }
  throw new Error(`no port from ${FIRST_PORT} on is free`);
};

export interface PortRequest {
  /** What wants to listen there, as a user would call it: "the API". */
  what: string;
  /** Name of the environment variable that chooses another port. */
  variable: string;
  defaultPort: number;
  /** Address to listen on; 127.0.0.1 if left out. */
  host?: string;
}

const HIGHEST_PORT = 65_535;

/**
 * @returns the port that the environment names, or the default one
 * @throws SetupProblem when it is not a port number, or in use
 */
export const choosePort = async (
  { what, variable, defaultPort, host }: PortRequest,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> => {
  const text = environment[variable];
  const port = text === undefined || text === '' ? defaultPort : Number(text);
  if (!Number.isInteger(port) || port < 1 || port > HIGHEST_PORT) {
    throw new SetupProblem(notAPort(variable, String(text)));
  }
  if (!(await isPortFree(port, host))) {
    throw new SetupProblem(portInUse(port, what, variable));
  }
  return port;
};
