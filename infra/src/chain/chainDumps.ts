import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { saveState } from './chainState.ts';
import { callJsonRpc } from './jsonRpc.ts';
import type { RunningProcess } from '../processes/processes.ts';

/** A dump stops the chain while it is made: at most a tenth of its time goes there. */
const DUMP_TIME_SHARE = 10;

interface Head {
  hash: string;
  number: string;
}

const readHead = async (url: string): Promise<Head> =>
  (await callJsonRpc(url, 'eth_getBlockByNumber', ['latest', false])) as Head;

const gunzipAsync = promisify(gunzip);

export interface Dumper {
  /** Puts the chain on the disk when its head has moved since the last time. Calls wait for each other. */
  dump(): Promise<void>;
  /** Settles when no dump is under way. */
  idle(): Promise<void>;
}

export const createDumper = (url: string, dir: string): Dumper => {
  let dumpedHead: string | undefined;
  let queue: Promise<void> = Promise.resolve();
  const dumpOnce = async (): Promise<void> => {
    const head = await readHead(url);
    // In a new chain nothing is worth keeping, and anvil dates a dump of it 1970.
    if (head.hash === dumpedHead || Number(head.number) === 0) return;
    const hex = (await callJsonRpc(url, 'anvil_dumpState')) as string;
    await saveState(dir, await gunzipAsync(Buffer.from(hex.slice(2), 'hex')));
    // Blocks mined between the two calls are in the dump already; saying so of the older head only costs one more dump.
    dumpedHead = head.hash;
  };
  const dump = (): Promise<void> => {
    const turn = queue.then(dumpOnce);
    queue = turn.catch(() => undefined); // Told to the caller of this turn; the next one tries again.
    return turn;
  };
  return { dump, idle: () => queue };
};

/** Dumps again and again until the node ends. A dump that fails while the node runs is a broken promise: it ends the program. */
export const keepDumping = async (
  node: RunningProcess,
  { dump }: Dumper,
  everyMs: number,
): Promise<void> => {
  const ended = node.exited.then(() => true);
  let waitMs = everyMs;
  while (!(await Promise.race([ended, delay(waitMs, false, { ref: false })]))) {
    const startedAt = Date.now();
    try {
      await dump();
    } catch (error) {
      const graceForExit = delay(everyMs, false, { ref: false });
      if (await Promise.race([ended, graceForExit])) return;
      throw error;
    }
    waitMs = Math.max(everyMs, (Date.now() - startedAt) * DUMP_TIME_SHARE);
  }
};
