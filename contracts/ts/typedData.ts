/** What is signed off chain for a program, in the shape that ethers' `signTypedData` and `verifyTypedData` take. */
import type { Address } from './statement.ts';

/** EIP-712 domain of one program. */
export interface PointsDomain {
  readonly name: 'Dewpoint';
  readonly version: '1';
  readonly chainId: bigint;
  /** Address of the program's Points contract. */
  readonly verifyingContract: Address;
}

/** The domain of the program at `points` on the chain `chainId`. */
export function pointsDomain(chainId: bigint | number, points: Address): PointsDomain {
  return { name: 'Dewpoint', version: '1', chainId: BigInt(chainId), verifyingContract: points };
}

/** A recorder signs it: value is `{member, epoch, lines}` with packed lines. No nonce and no deadline. */
export const STATEMENT_TYPES = {
  Statement: [
    { name: 'member', type: 'address' },
    { name: 'epoch', type: 'uint32' },
    { name: 'lines', type: 'bytes' },
  ],
};

/** The recorder signs it: value is `{statements}`, a batch as `settle` takes it. Anybody sends it. No nonce and no deadline. */
export const BATCH_TYPES = {
  Batch: [{ name: 'statements', type: 'bytes' }],
};

/** The recorder signs it: value is `{epoch, root, count}` of the log entries that were recorded in the epoch. */
export const ANCHOR_TYPES = {
  Anchor: [
    { name: 'epoch', type: 'uint32' },
    { name: 'root', type: 'bytes32' },
    { name: 'count', type: 'uint32' },
  ],
};

/** The new account signs it: value is `{from, to, deadline}`, deadline in unix seconds. */
export const MOVE_ACCOUNT_TYPES = {
  MoveAccount: [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'deadline', type: 'uint256' },
  ],
};

/** EIP-712 domain of the forwarder. */
export interface ForwarderDomain {
  readonly name: 'Dewpoint';
  readonly version: '1';
  readonly chainId: bigint;
  readonly verifyingContract: Address;
}

/** The domain of the ERC-2771 forwarder on the chain `chainId`. */
export function forwarderDomain(chainId: bigint | number, forwarder: Address): ForwarderDomain {
  return { name: 'Dewpoint', version: '1', chainId: BigInt(chainId), verifyingContract: forwarder };
}

/**
 * A member or an operator signs it and anybody sends it through the forwarder: value is
 * `{from, to, value, gas, nonce, deadline, data}`, deadline in unix seconds, nonce from `forwarder.nonces(from)`.
 */
export const FORWARD_REQUEST_TYPES = {
  ForwardRequest: [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'gas', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint48' },
    { name: 'data', type: 'bytes' },
  ],
};

/** The part of EIP-712 that wallets want spelled out and libraries add by themselves. */
export const EIP712_DOMAIN_TYPE = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
];
