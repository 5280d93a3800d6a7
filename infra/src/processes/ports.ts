import { createServer } from 'node:net';
import { SetupProblem } from '../setupProblem.ts';
import { notAPort, portInUse } from './preflight.mjs';

export const LOCALHOST = '127.0.0.1';

/** Asks the system rather than connecting: a port can be taken by something that does not answer. */
const listenOnce = (port: number, host: string): Promise<number | NodeJS.ErrnoException> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  });

/** @returns a port on which nothing listens at the moment */
export const freePort = async (): Promise<number> => {
  const port = await listenOnce(0, LOCALHOST);
  if (typeof port !== 'number') throw port;
  return port;
};

export const isPortFree = async (port: number, host = LOCALHOST): Promise<boolean> =>
  typeof (await listenOnce(port, host)) === 'number';

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
