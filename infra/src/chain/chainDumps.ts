import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { saveState } from './chainState.ts';
import { callJsonRpc, NodeSilent } from './jsonRpc.ts';
import type { RunningProcess } from '../processes/processes.ts';

/** A dump stops the chain while it is made: at most a tenth of its time goes there. */
const DUMP_TIME_SHARE = 10;
/** How often a node that makes a dump is asked for a sign of life. */
const LOOK_MS = 1_000;

interface Head {
  hash: string;
  number: string;
}

const gunzipAsync = promisify(gunzip);

export interface Dumper {
  /**
   * Puts the chain on the disk when its head has moved since the last time. Calls wait for each other.
   *
   * @throws NodeSilent when the node stands still
   */
  dump(): Promise<void>;
  /** Settles when no dump is under way. */
  idle(): Promise<void>;
}

/** @param silentAfterMs A node that answers not even the smallest call within this time stands still. */
export const createDumper = (url: string, dir: string, silentAfterMs: number): Dumper => {
  let dumpedHead: string | undefined;
  let queue: Promise<void> = Promise.resolve();

  const ask = (method: string, params: readonly unknown[] = []): Promise<unknown> =>
    callJsonRpc(url, method, params, { timeoutMs: silentAfterMs });

  /** A dump may take minutes, but gives no sign of life by itself. */
  const dumpedState = async (): Promise<string> => {
    const over = new AbortController();
    const silent = new AbortController();
    const watch = async (): Promise<void> => {
      while (!over.signal.aborted) {
        await ask('web3_clientVersion');
        await delay(LOOK_MS, undefined, { signal: over.signal, ref: false });
      }
    };
    watch().catch(() => silent.abort());
    try {
      const options = { signal: silent.signal };
      return (await callJsonRpc(url, 'anvil_dumpState', [], options)) as string;
    } finally {
      over.abort();
    }
  };

  const dumpOnce = async (): Promise<void> => {
    const head = (await ask('eth_getBlockByNumber', ['latest', false])) as Head;
    // In a new chain nothing is worth keeping, and anvil dates a dump of it 1970.
    if (head.hash === dumpedHead || Number(head.number) === 0) return;
    const hex = await dumpedState();
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

export interface DumpReports {
  /** Told in one sentence when the node stops answering, and when it answers again. Nothing is mined in between. */
  onSilence: (line: string) => void;
  /** Told once when the state cannot be kept, which is a broken promise: nothing is dumped any more. */
  onDumpFailed: (error: unknown) => void;
}

/** Dumps again and again until the node ends, or a dump fails. A node that stands still is waited for. */
export const keepDumping = async (
  node: RunningProcess,
  { dump }: Dumper,
  everyMs: number,
  { onSilence, onDumpFailed }: DumpReports,
): Promise<void> => {
  const ended = node.exited.then(() => true);
  let waitMs = everyMs;
  let isSilent = false;
  while (!(await Promise.race([ended, delay(waitMs, false, { ref: false })]))) {
    const startedAt = Date.now();
    try {
      await dump();
      if (isSilent) onSilence('The embedded chain answers again.');
      // A dump that waited for the node to go on says nothing of how long one takes.
      waitMs = isSilent ? everyMs : Math.max(everyMs, (Date.now() - startedAt) * DUMP_TIME_SHARE);
      isSilent = false;
    } catch (error) {
      const graceForExit = delay(everyMs, false, { ref: false });
      if (await Promise.race([ended, graceForExit])) return;
      if (!(error instanceof NodeSilent)) return onDumpFailed(error);
      if (!isSilent) {
        onSilence('The embedded chain does not answer; waiting until it does. Nothing is lost.');
      }
      isSilent = true;
    }
  }
};
