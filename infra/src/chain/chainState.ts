import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The newest state, and the one before it in case the disk holds nonsense where the newest was written. */
const KEPT_STATES = 2;
/** Where a dump says what its newest block is: in its first bytes, so that nobody has to parse the rest. */
const HEAD_SEARCH_BYTES = 4_096;

const FILE_NAME = /^(\d+)-block-(\d+)-at-(\d+)\.json$/;

/** A whole dump of a chain on disk. Its name says what is in it, so both appear in one rename. */
export interface SavedState {
  path: string;
  /** Counts the dumps: a chain can go back, so its newest state need not have the highest block. */
  sequence: number;
  blockNumber: number;
  /** Timestamp of its newest block, in seconds. */
  headTimestamp: number;
}

/** @returns the saved states of a folder, newest first */
export const listStates = async (dir: string): Promise<SavedState[]> => {
  await mkdir(dir, { recursive: true });
  const states: SavedState[] = [];
  for (const name of await readdir(dir)) {
    const match = FILE_NAME.exec(name);
    if (!match) continue;
    states.push({
      path: join(dir, name),
      sequence: Number(match[1]),
      blockNumber: Number(match[2]),
      headTimestamp: Number(match[3]),
    });
  }
  return states.sort((a, b) => b.sequence - a.sequence);
};

const headOf = (dump: Buffer): { blockNumber: number; headTimestamp: number } => {
  const start = dump.toString('latin1', 0, HEAD_SEARCH_BYTES);
  const number = /"number":"(0x[0-9a-f]+)"/.exec(start)?.[1];
  const timestamp = /"timestamp":"(0x[0-9a-f]+)"/.exec(start)?.[1];
  if (number === undefined || timestamp === undefined) {
    throw new Error('The dump of the chain does not begin with its newest block.');
  }
  return { blockNumber: Number(number), headTimestamp: Number(timestamp) };
};

const syncToDisk = async (path: string, content?: Buffer): Promise<void> => {
  const file = await open(path, content ? 'w' : 'r');
  try {
    if (content) await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
};

/**
 * Writes a dump beside the older ones. A crash at any moment leaves at least one whole state: the new one gets its name only when
 * every byte of it is on the disk, and the old ones go after that.
 *
 * @param dump what `anvil --load-state` reads (JSON)
 */
export const saveState = async (dir: string, dump: Buffer): Promise<SavedState> => {
  const head = headOf(dump);
  const older = await listStates(dir);
  const sequence = (older[0]?.sequence ?? 0) + 1;
  const path = join(dir, `${sequence}-block-${head.blockNumber}-at-${head.headTimestamp}.json`);
  const unfinished = join(dir, 'unfinished.json');
  await syncToDisk(unfinished, dump);
  await rename(unfinished, path);
  if (process.platform !== 'win32') await syncToDisk(dir);
  for (const state of older.slice(KEPT_STATES - 1)) await rm(state.path, { force: true });
  return { path, sequence, ...head };
};
