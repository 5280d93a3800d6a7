import type { Hex } from '@dewpoint/contracts/statement.ts';
import { z } from 'zod';
import type { BlockHeader } from '../../ports/chain/chain.ts';

/** A quantity as JSON-RPC writes it. */
export const quantity = z.string().regex(/^0x[0-9a-f]+$/i);
export const hash = z.custom<Hex>(
  (value) => typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value),
);

const blockShape = z.object({
  // Null in the pending block of some nodes.
  number: quantity.nullable(),
  hash: hash.nullable(),
  parentHash: hash,
  timestamp: quantity,
  gasLimit: quantity,
  baseFeePerGas: quantity.optional(),
});

const MS_PER_SECOND = 1_000;

export interface Block extends BlockHeader {
  readonly gasLimit: bigint;
  /** 0 on chains without EIP-1559. */
  readonly baseFeePerGas: bigint;
}

/** Reads `eth_getBlockByNumber`. @throws ZodError when a node answers with something else. */
export function parseHeader(reply: unknown): Block {
  const block = blockShape.parse(reply);
  return {
    number: Number(block.number ?? -1),
    hash: block.hash ?? '0x',
    parentHash: block.parentHash,
    timestampMs: Number(block.timestamp) * MS_PER_SECOND,
    gasLimit: BigInt(block.gasLimit),
    baseFeePerGas: BigInt(block.baseFeePerGas ?? 0),
  };
}
