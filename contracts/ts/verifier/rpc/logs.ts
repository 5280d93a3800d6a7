import type { Address, Hex } from '../../statement.ts';
import { CannotVerify, header, quantity, RequestFailed, type Rpc } from './rpc.ts';

/** A log as JSON-RPC answers it. */
export interface RawLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly blockNumber: Hex;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  readonly logIndex: Hex;
}

/** The logs of some blocks, in the order of the chain. */
export interface LogPage {
  readonly fromBlock: number;
  readonly toBlock: number;
  readonly logs: readonly RawLog[];
  /** Unix seconds of every block that has a log. */
  readonly timestamps: ReadonlyMap<number, number>;
}

/** Small enough that the first answer is small even where every block is full of settlements. */
const FIRST_SPAN = 64;
/** No node that is known allows more; a chain of 20 million blocks takes 20 requests. */
const MAX_SPAN = 1_000_000;
/** Blocks are asked for so that an answer stays near 10,000 logs: about 8 MB of JSON. */
const MANY_LOGS = 10_000;
const FEW_LOGS = 2_500;
/** After a refusal so many pages of the same size come before a larger one is tried again. */
const PATIENCE = 8;

/** Reads all logs of some addresses in pages whose size adapts to what the node allows. */
export class LogReader {
  readonly #rpc: Rpc;
  readonly #addresses: readonly Address[];
  #span = FIRST_SPAN;
  #patience = 0;

  constructor(rpc: Rpc, addresses: readonly Address[]) {
    this.#rpc = rpc;
    this.#addresses = addresses;
  }

  /**
   * Pages of logs of the blocks `fromBlock` to `toBlock`, both included.
   *
   * @throws CannotVerify when the node refuses even a single block, or its chain changed between two requests.
   */
  async *pages(fromBlock: number, toBlock: number): AsyncGenerator<LogPage> {
    let at = fromBlock;
    while (at <= toBlock) {
      const page = await this.#page(at, toBlock);
      yield page;
      at = page.toBlock + 1;
    }
  }

  async #page(fromBlock: number, lastBlock: number): Promise<LogPage> {
    for (;;) {
      const toBlock = Math.min(lastBlock, fromBlock + this.#span - 1);
      const logs = await this.#logs(fromBlock, toBlock);
      if (logs === null) continue;
      this.#adapt(logs.length);
      return { fromBlock, toBlock, logs, timestamps: await this.#timestamps(logs) };
    }
  }

  /** Null when the node refused so many blocks at once; there is no common error code for it. */
  async #logs(fromBlock: number, toBlock: number): Promise<RawLog[] | null> {
    const filter = {
      address: this.#addresses,
      fromBlock: quantity(fromBlock),
      toBlock: quantity(toBlock),
    };
    try {
      return (await this.#rpc.send('eth_getLogs', [filter])) as RawLog[];
    } catch (error) {
      const span = toBlock - fromBlock + 1;
      if (span === 1 || !(error instanceof RequestFailed)) throw error;
      this.#span = Math.ceil(span / 2);
      this.#patience = PATIENCE;
      return null;
    }
  }

  #adapt(logCount: number): void {
    if (logCount > MANY_LOGS) this.#span = Math.max(1, Math.floor(this.#span / 2));
    else if (this.#patience > 0) this.#patience--;
    else if (logCount === 0) this.#span = Math.min(MAX_SPAN, this.#span * 8);
    else if (logCount < FEW_LOGS) this.#span = Math.min(MAX_SPAN, this.#span * 2);
  }

  async #timestamps(logs: readonly RawLog[]): Promise<Map<number, number>> {
    const hashes = new Map<number, Hex>();
    for (const log of logs) {
      const block = parseInt(log.blockNumber, 16);
      const hash = hashes.get(block);
      if (hash === undefined) hashes.set(block, log.blockHash);
      else if (hash !== log.blockHash) throw reorganised(block);
    }
    const timestamps = new Map<number, number>();
    await Promise.all(
      [...hashes].map(async ([block, hash]) => {
        const found = await header(this.#rpc, block);
        if (found.hash !== hash) throw reorganised(block);
        timestamps.set(block, found.timestamp);
      }),
    );
    return timestamps;
  }
}

/** What to say when a block that was read is no longer part of the chain. */
export function reorganised(block: number): CannotVerify {
  const message = `The chain replaced block ${block} while it was read: run it again.`;
  return new CannotVerify(message, 'reorganised');
}
