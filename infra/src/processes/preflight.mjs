/**
 * What `npm start` needs of this machine's folders and ports, looked at before anything is installed. Uses Node's own modules only,
 * as infra/setup.mjs does.
 */
import { accessSync, constants, existsSync, readFileSync, statSync } from 'fs';
import { createServer } from 'net';
import { dirname, join, resolve } from 'path';
import { fileURLToPath } from 'url';

const KEPT_DIR = resolve(dirname(fileURLToPath(import.meta.url)), '../../../.dewpoint');
const LOCALHOST = '127.0.0.1';
const HIGHEST_PORT = 65535;

export const alreadyRuns = (dir, holder) =>
  `Dewpoint already runs from ${dir} (process ${holder}): stop it first, or give this one a folder of its own with DEWPOINT_DIR.`;

export const notAPort = (variable, text) =>
  `${variable}=${text} is not a port: set it to a number from 1 to 65535.`;

export const portInUse = (port, what, variable) =>
  `Port ${port}, which ${what} needs, is in use: stop what uses it, or choose another with ${variable}=${port + 1}.`;

const folderProblem = (dir) => {
  let place = dir;
  while (!existsSync(place)) place = dirname(place);
  if (!statSync(place).isDirectory()) {
    return `DEWPOINT_DIR is ${dir}, and ${place} is a file: set it to a folder, or move the file away.`;
  }
  try {
    accessSync(place, constants.W_OK);
    return null;
  } catch {
    return `DEWPOINT_DIR is ${dir}, and ${place} can't be written: set it to a folder of your own.`;
  }
};

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM'; // Alive, and another user's.
  }
};

const holderProblem = (dir) => {
  const lock = join(dir, 'running.pid');
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  return holder > 0 && isAlive(holder) ? alreadyRuns(dir, holder) : null;
};

const isFree = (port) =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen({ port, host: LOCALHOST, exclusive: true }, () => server.close(() => done(true)));
  });

const wantedPorts = (environment) => {
  const { MONGODB_URI, RPC_URL, DEWPOINT_DATABASE_PORT } = environment;
  const api = { what: 'the API', variable: 'DEWPOINT_PORT', standard: 4000 };
  const chain = { what: 'the embedded chain', variable: 'DEWPOINT_CHAIN_PORT', standard: 8545 };
  const database = { what: 'the database', variable: 'DEWPOINT_DATABASE_PORT', standard: 0 };
  return [
    api,
    ...(RPC_URL ? [] : [chain]),
    ...(MONGODB_URI || !DEWPOINT_DATABASE_PORT ? [] : [database]),
  ];
};

const portProblem = async (environment) => {
  const taken = new Map();
  for (const { what, variable, standard } of wantedPorts(environment)) {
    const text = environment[variable];
    const port = text ? Number(text) : standard;
    if (!Number.isInteger(port) || port < 1 || port > HIGHEST_PORT) return notAPort(variable, text);
    if (taken.has(port)) {
      return `${variable} and ${taken.get(port)} are both ${port}: give each a port of its own.`;
    }
    taken.set(port, variable);
    if (!(await isFree(port))) return portInUse(port, what, variable);
  }
  return null;
};

export const placeProblem = async (environment) => {
  const dir = environment.DEWPOINT_DIR ? resolve(environment.DEWPOINT_DIR) : KEPT_DIR;
  return folderProblem(dir) || holderProblem(dir) || (await portProblem(environment));
};
