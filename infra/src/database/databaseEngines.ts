import { locateMongod } from './mongod.ts';
import { findOnPath } from '../processes/programs.ts';
import { LOCALHOST } from '../processes/ports.ts';
import { installSecantus } from './secantusWheel.ts';

/** A program to run, or what the user could do to get one (nothing worth saying if left out). */
export type EngineSearch = { command: string } | { advice?: string };

/** One way to run a database that speaks MongoDB's protocol. */
export interface DatabaseEngine {
  readonly kind: 'mongod' | 'mongod-download' | 'secantusd-rs' | 'secantusd-py';
  readonly title: string;
  /** What it is called wherever it comes from. */
  readonly name: string;
  /** Name of its folder among the kept files. */
  readonly folder: string;
  /** What brings it back, as an order. */
  readonly toGetIt: string;
  /**
   * May download; gives up within seconds when there is nothing to be had.
   * @param isNeeded whether no other engine will do, so that what failed lately is tried again
   */
  find(onProgress: (line: string) => void, isNeeded?: boolean): Promise<EngineSearch>;
  /** @param isKept whether acknowledged writes must survive a kill */
  args(port: number, dir: string, isKept: boolean): string[];
}

const mongodArgs = (port: number, dir: string): string[] => [
  ...['--dbpath', dir, '--port', `${port}`, '--bind_ip', LOCALHOST],
  // Crash-safe by its journal; the server asks for `j: true`.
  ...['--quiet', '--nounixsocket'],
];

/** Without `--sync-on-commit` it ignores `j: true`, and a kill loses writes that it acknowledged. */
const secantusArgs = (port: number, dir: string, isKept: boolean): string[] => [
  ...(isKept ? ['--sync-on-commit'] : []),
  ...['--host', LOCALHOST, '--port', `${port}`, '--storage-path', dir],
  ...['--log-level', 'WARNING'],
];

const onPath = async (name: string): Promise<EngineSearch> => {
  const command = await findOnPath(name);
  return command === undefined ? {} : { command };
};

/** In order of preference: the real one first, then what is fastest, then what can be had everywhere. */
export const DATABASE_ENGINES: readonly DatabaseEngine[] = [
  {
    kind: 'mongod',
    title: 'the mongod on your PATH',
    name: 'mongod',
    toGetIt: 'put mongod on your PATH',
    folder: 'mongod',
    find: () => onPath('mongod'),
    args: mongodArgs,
  },
  {
    kind: 'mongod-download',
    title: 'a downloaded mongod',
    name: 'a downloaded mongod',
    toGetIt: 'let this machine reach https://fastdl.mongodb.org',
    folder: 'mongod-download',
    find: locateMongod,
    args: mongodArgs,
  },
  {
    kind: 'secantusd-rs',
    title: 'the secantusd-rs on your PATH',
    name: 'secantusd-rs',
    toGetIt: 'put secantusd-rs on your PATH (cargo install secantus-mdb)',
    folder: 'secantusd-rs',
    find: () => onPath('secantusd-rs'),
    args: secantusArgs,
  },
  {
    kind: 'secantusd-py',
    title: 'SecantusDB from its Python wheel',
    name: 'SecantusDB from its Python wheel',
    toGetIt: 'let pip install secantusdb',
    folder: 'secantusd-py',
    find: installSecantus,
    args: secantusArgs,
  },
];
