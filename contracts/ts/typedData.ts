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

/** The new account signs it: value is `{from, to, deadline}`, deadline in unix seconds. */
export const MOVE_ACCOUNT_TYPES = {
  MoveAccount: [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'deadline', type: 'uint256' },
  ],
};
