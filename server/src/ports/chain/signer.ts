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

/** The packed batch of statements that a recorder signs. */
export interface BatchToSign {
  readonly chainId: number;
  readonly points: Address;
  readonly statements: Hex;
}

/**
 * The service's own accounts: the recorder signs and settles statements, the operator runs programs, the relayer pays for
 * members' requests and the keeper's calls. Three, so that no nonce is shared.
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
  /** Nonce of the member's account at the forwarder. */
  readonly nonce: bigint;
  /** Unix seconds. */
  readonly deadline: number;
}

/** Keys behind the service: its own accounts, and one per member derived from its internal id. */
export interface Signer {
  addressOf(key: OwnKey): Address;
  /** Returns the address of the recorder key. */
  recorderAddress(): Address;
  /** Signs a statement with the recorder key (EIP-712). */
  signStatement(statement: StatementToSign): Promise<Hex>;
  /** Signs a batch of statements with the recorder key (EIP-712). */
  signBatch(batch: BatchToSign): Promise<Hex>;
  /** Signs a transaction; the same transaction always gives the same bytes. */
  signTransaction(
    transaction: TransactionToSign,
  ): Promise<{ readonly raw: Hex; readonly hash: Hex }>;
  /** Signs a forward request with the key of the member's gasless account. */
  signForwardRequest(
    programId: string,
    memberId: string,
    request: ForwardRequestToSign,
  ): Promise<Hex>;
  /** Derives the gasless account of a member: the same ids always give the same address. Takes well under a millisecond. */
  memberAddress(programId: string, memberId: string): Address;
}
