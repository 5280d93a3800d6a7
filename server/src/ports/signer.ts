import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Fees, TransactionCall } from '../domain/transactions.ts';

/** The statement that a recorder signs. */
export interface StatementToSign {
  readonly chainId: number;
  readonly points: Address;
  readonly account: Address;
  readonly epoch: number;
  readonly lines: Hex;
}

/** An EIP-1559 transaction of the recorder; it never carries value. */
export interface TransactionToSign extends Fees {
  readonly chainId: number;
  readonly nonce: number;
  readonly gasLimit: bigint;
  readonly call: TransactionCall;
}

/** Keys behind the service: the recorder, and one account per member derived from its internal id. */
export interface Signer {
  /** Address of the recorder key. */
  recorderAddress(): Address;
  /** EIP-712 signature of a statement by the recorder key. */
  signStatement(statement: StatementToSign): Promise<Hex>;
  /** The same transaction always gives the same bytes. */
  signTransaction(
    transaction: TransactionToSign,
  ): Promise<{ readonly raw: Hex; readonly hash: Hex }>;
  /** The gasless account of a member: same ids, same address, for ever; well under a millisecond each. */
  memberAddress(programId: string, memberId: string): Address;
}
