import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createDumper, keepDumping } from './chainDumps.ts';
import { listStates, type SavedState } from './chainState.ts';
import { callJsonRpc, NodeSilent } from './jsonRpc.ts';
import { LOCALHOST, freePort } from '../processes/ports.ts';
import { startProcess, type ProcessExit, type RunningProcess } from '../processes/processes.ts';
import { SetupProblem } from '../setupProblem.ts';

/** The chain id that wallets and tools know as "a local development chain". */
export const LOCAL_CHAIN_ID = 31_337;
/** The mnemonic of every local development chain: public, so worth nothing anywhere else. */
export const DEV_MNEMONIC = 'test test test test test test test test test test test junk';
/** Private keys of the first three accounts of {@link DEV_MNEMONIC}: operator, recorder, a stranger. All are rich on this chain. */
export const DEV_KEYS = {
  operator: '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
  recorder: '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d',
  stranger: '0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a',
} as const;

/** Mainnet's own order of size: a batch that fits here fits there. */
const BLOCK_GAS_LIMIT = 60_000_000;
/** In ether. The gas of a whole replay must not empty an account. */
const DEV_BALANCE = 1_000_000;
/** anvil is up in 50 ms; loading the state of some 10,000 blocks takes seconds. */
const START_TIMEOUT_MS = 60_000;
const START_POLL_MS = 10;
/** How much work a power cut may cost by default. */
const DUMP_EVERY_MS = 2_000;
/** A node that works answers a small call in milliseconds, on a busy machine in seconds. */
const SILENT_AFTER_MS = 15_000;

export interface ChainOptions {
  /** Where its state is kept between runs. Left out: nothing is kept. */
  dir?: string;
  /** A free one if left out. */
  port?: number;
  /** Where it listens: 127.0.0.1 if left out, so that nobody else reaches a chain whose keys everybody knows. */
  host?: string;
  chainId?: number;
  /** Where a new chain's clock begins, in Unix seconds; now if left out. */
  genesisTimestamp?: number;
  /** What a new chain begins with instead of nothing, its clock one second later. The file itself stays as it is. */
  initialState?: SavedState;
  /**
   * Whether a chain that is started again catches up with the clock on the wall (a demo), or goes on one second after its last block
   * (a replay of the past). Default: only without `genesisTimestamp`.
   */
  followWallClock?: boolean;
  dumpEveryMs?: number;
  /** Time after which a node that does not answer the smallest call counts as standing still; 15 s if left out. */
  silentAfterMs?: number;
  /** Told in one sentence when the node stands still, and when it goes on. */
  onSilence?: (line: string) => void;
  /** Called when its state cannot be kept any more, such as on a full disk. Left out, this process ends with the error. */
  onDumpFailed?: (error: unknown) => void;
  /** Called once when the node has ended, also after `stop` and `kill`. */
  onExit?: (exit: ProcessExit) => void;
}

export interface Chain {
  readonly url: string;
  readonly port: number;
  readonly chainId: number;
  readonly pid: number;
  /** Whether it went on from a kept state. */
  readonly resumed: boolean;
  readonly exited: Promise<ProcessExit>;
  /** Puts everything mined so far on the disk. Does nothing without `dir`. */
  dump(): Promise<void>;
  /** Ends the node without a dump, as a crash would. */
  kill(signal?: NodeJS.Signals): void;
  /** Dumps, then ends the node. One that stands still is ended with what was dumped before. */
  stop(): Promise<void>;
}

/** The real program inside npm's package: killing the package's JavaScript launcher would leave the node running. */
const anvilBinary = (): string => {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const name = `@foundry-rs/anvil-${process.platform}-${arch}`;
  const file = process.platform === 'win32' ? 'anvil.exe' : 'anvil';
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return join(dirname(manifest), 'bin', file);
  } catch (cause) {
    throw new SetupProblem(
      `The embedded chain has no build for ${process.platform} ${process.arch} here (${name}): run npm install again, or set RPC_URL to a node of your own.`,
      { cause },
    );
  }
};

const clockArgs = (options: ChainOptions, saved: SavedState | undefined): string[] => {
  const { genesisTimestamp, followWallClock = genesisTimestamp === undefined } = options;
  if (!saved) return genesisTimestamp === undefined ? [] : ['--timestamp', `${genesisTimestamp}`];
  // Without this the next block would be dated today, whatever year the chain lives in.
  const next = saved.headTimestamp + 1;
  const wall = Math.floor(Date.now() / 1_000);
  return ['--timestamp', `${followWallClock ? Math.max(next, wall) : next}`];
};

const endWith = (error: unknown): void => {
  throw error;
};

/** Waits for the first answer. */
const untilReady = async (node: RunningProcess, url: string): Promise<void> => {
  let ended = false;
  void node.exited.then(() => (ended = true));
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    if (ended) throw new Error(`The embedded chain ended while starting: ${node.output()}`);
    try {
      await callJsonRpc(url, 'eth_chainId', [], { timeoutMs: START_TIMEOUT_MS });
      return;
    } catch (cause) {
      if (Date.now() > deadline) {
        node.kill();
        throw new Error(`The embedded chain did not answer within ${START_TIMEOUT_MS} ms.`, {
          cause,
        });
      }
      await delay(START_POLL_MS);
    }
  }
};

const launch = async (
  options: ChainOptions,
  port: number,
  saved: SavedState | undefined,
): Promise<RunningProcess> => {
  const args = [
    '--host',
    options.host ?? LOCALHOST,
    '--port',
    `${port}`,
    '--quiet',
    '--order',
    'fifo',
  ];
  args.push('--chain-id', `${options.chainId ?? LOCAL_CHAIN_ID}`, '--mnemonic', DEV_MNEMONIC);
  args.push('--balance', `${DEV_BALANCE}`, '--gas-limit', `${BLOCK_GAS_LIMIT}`);
  args.push('--no-request-size-limit', ...clockArgs(options, saved));
  if (saved) args.push('--load-state', saved.path);
  const node = await startProcess({ command: anvilBinary(), args });
  await untilReady(node, `http://${LOCALHOST}:${port}`);
  return node;
};

/**
 * Starts from the newest state that loads: an older one is better than none, but a new chain in place of a kept one never is.
 */
const launchFromNewest = async (
  options: ChainOptions,
  port: number,
): Promise<{ node: RunningProcess; resumed: boolean }> => {
  const states = options.dir === undefined ? [] : await listStates(options.dir);
  if (states.length === 0) {
    return { node: await launch(options, port, options.initialState), resumed: false };
  }
  let failure: unknown;
  for (const saved of states) {
    try {
      return { node: await launch(options, port, saved), resumed: true };
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
};

/**
 * Starts a local chain (anvil). Transactions are mined at once, in the order in which they arrive. With `dir` its state
 * survives: a SIGKILL of the node or of this process costs the last moments at most, never the state as a whole.
 *
 * @throws SetupProblem when there is no anvil for this machine
 */
export const startChain = async (options: ChainOptions = {}): Promise<Chain> => {
  const port = options.port ?? (await freePort());
  const url = `http://${LOCALHOST}:${port}`;
  const { node, resumed } = await launchFromNewest(options, port);
  const { dir, dumpEveryMs = DUMP_EVERY_MS, silentAfterMs = SILENT_AFTER_MS } = options;
  const { onSilence = () => undefined, onDumpFailed = endWith } = options;
  const dumper = dir === undefined ? undefined : createDumper(url, dir, silentAfterMs);
  if (dumper) void keepDumping(node, dumper, dumpEveryMs, { onSilence, onDumpFailed });
  // A dump that outlived its chain must be on the disk before the next chain looks for the newest one.
  const exited = node.exited.then(async (exit) => {
    await dumper?.idle();
    return exit;
  });
  if (options.onExit) void exited.then(options.onExit);
  const dump = async (): Promise<void> => dumper?.dump();
  return {
    url,
    port,
    chainId: options.chainId ?? LOCAL_CHAIN_ID,
    pid: node.pid,
    resumed,
    exited,
    dump,
    kill: (signal) => node.kill(signal),
    stop: async () => {
      try {
        if (node.isRunning()) await dump();
      } catch (error) {
        if (!(error instanceof NodeSilent)) throw error;
        onSilence('The embedded chain does not answer; it is ended with what it kept before.');
        node.kill(); // It would not hear that it shall stop.
      } finally {
        await node.stop();
        await exited;
      }
    },
  };
};
