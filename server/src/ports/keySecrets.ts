/** What API keys are derived from. Implemented in `server/src/chain/keys`. */

/** Derives the secrets of API keys, so that they are the same when a call is repeated although none is stored. */
export interface KeySecrets {
  /** Derives 64 bytes for this purpose, the same for ever; they say nothing about those of another. */
  bytesFor(madeFor: readonly string[]): Uint8Array;
}
