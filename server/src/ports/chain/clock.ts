/** Time of the service, from one clock. */
export interface ChainTime {
  /** Local chains: timestamp of the pending block. Elsewhere the later of head and wall time; wall time while no RPC
   *  answers. */
  readonly nowMs: number;
  /** Timestamp and number of the newest block known. */
  readonly headMs: number;
  readonly headBlock: number;
  /** The next block is not dated before this: the pending block's timestamp on a local chain (an idle one stands still),
   *  the head's elsewhere. A statement is sent only when the epoch of this moment has reached its own. */
  readonly nextBlockMs: number;
  /** False when the head is over 60 s old (never on a local chain that answers): then nothing is voided and nothing
   *  newly matured is counted. */
  readonly fresh: boolean;
}

export interface ChainClock {
  /** Reads the time; never from a cache on a local chain, so that the next call sees a clock that was moved on. */
  now(): Promise<ChainTime>;
}
