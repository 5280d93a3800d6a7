import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Fees, TransactionCall } from '../../domain/transactions/transaction.ts';

/** The statement that a recorder signs. */
export interface StatementToSign {
  readonly chainId: number;
  readonly points: Address;
  readonly account: Address;
  readonly epoch: number;
  readonly lines: Hex;
}

/**
 * The service's own accounts: the recorder vouches for actions and settles, the operator runs programs, the relayer pays
 * for what members sign and does what anybody may do. Three, so that no nonce is shared.
 */
export const OWN_KEYS = ['recorder', 'operator', 'relayer'] as const;
export type OwnKey = (typeof OWN_KEYS)[number];

/** An EIP-1559 transaction; it never carries value. */
export interface TransactionToSign extends Fees {
  readonly by: OwnKey;
  readonly chainId: number;
  readonly nonce: number;
  readonly gasLimit: bigint;
  readonly call: TransactionCall;
}

/** A member's request to the ERC-2771 forwarder, which carries no value. */
export interface ForwardRequestToSign {
  readonly chainId: number;
  readonly forwarder: Address;
  readonly to: Address;
  readonly data: Hex;
  /** For the call itself. */
  readonly gas: bigint;
  /** Of the member's account at the forwarder. */
  readonly nonce: bigint;
  /** Unix seconds. */
  readonly deadline: number;
}

/** Keys behind the service: its own accounts, and one per member derived from its internal id. */
export interface Signer {
  addressOf(key: OwnKey): Address;
  /** Address of the recorder key. */
  recorderAddress(): Address;
  /** EIP-712 signature of a statement by the recorder key. */
  signStatement(statement: StatementToSign): Promise<Hex>;
  /** The same transaction always gives the same bytes. */
  signTransaction(
    transaction: TransactionToSign,
  ): Promise<{ readonly raw: Hex; readonly hash: Hex }>;
  /** Signature of the member's gasless account on a forward request. */
  signForwardRequest(
    programId: string,
    memberId: string,
    request: ForwardRequestToSign,
  ): Promise<Hex>;
  /** The gasless account of a member: same ids, same address, for ever; well under a millisecond each. */
  memberAddress(programId: string, memberId: string): Address;
}
