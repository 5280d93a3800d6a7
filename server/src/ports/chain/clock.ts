/** Time of the service, from one clock. */
export interface ChainTime {
  /** Local chains: timestamp of the pending block. Elsewhere the later of head and wall time. While no RPC answers, or
   *  one takes too long: the last time read, moved on by the clock on the wall (elsewhere than on a local chain: wall time). */
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
  /**
   * Reads the time. On a local chain the blocks are read after the call, so that it sees a clock that was moved on; calls
   * at the same time share a read. It waits half a second at most for a chain that does not answer.
   */
  now(): Promise<ChainTime>;
  /**
   * Gives a time that was read at most 100 ms ago (1 s elsewhere than on a local chain), for recording, which asks
   * with each call. It waits a fifth of a second at most for a chain that does not answer.
   *
   * A clock that was moved on is seen that much later: judge again by {@link now} before refusing anything as too early.
   */
  recent(): Promise<ChainTime>;
}

/** The clock of a local chain, which can be moved on. */
export interface MovableClock {
  /**
   * Moves the clock on to a time, or leaves it where it is later: it never goes back. When it is done, no server of the service takes
   * the time before for the time now.
   *
   * @param ms Unix milliseconds, in whole seconds.
   * @returns false when the node can't move its clock
   * @throws ServiceError CHAIN_UNAVAILABLE
   */
  moveTo(ms: number): Promise<boolean>;
}
