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

/** The root of an epoch's log that a recorder signs. */
export interface AnchorToSign {
  readonly chainId: number;
  readonly points: Address;
  readonly epoch: number;
  /** 32 bytes. */
  readonly root: Hex;
  readonly count: number;
}

/** Lanes that there can be. Each is an account of its own, so that each has nonces of its own. */
export const MAX_LANES = 8;
/** An account that acts by signed requests: it needs no gas and has no nonces to keep. */
export type HolderAccount =
  | { readonly role: 'OPERATOR'; readonly organisation: string }
  | { readonly role: 'MEMBER'; readonly programId: string; readonly memberId: string };

/** The account that holds the settlement token for top-ups by card. Its key is derived, or given by the operator of the service. */
export const TREASURY = { role: 'TREASURY' } as const;

/** An account whose key the service has. The lanes of the relayer are the ones that send and pay. */
export type OwnAccount =
  HolderAccount | { readonly role: 'RELAYER'; readonly lane: number } | typeof TREASURY;

/** Returns the account that runs the programs of an organisation, the same on every chain. */
export const operatorAccount = (organisation: string): HolderAccount => ({
  role: 'OPERATOR',
  organisation,
});

/** An EIP-1559 transaction. */
export interface TransactionToSign extends Fees {
  readonly by: OwnAccount;
  readonly chainId: number;
  readonly nonce: number;
  readonly gasLimit: bigint;
  readonly call: TransactionCall;
}

/** A request to the ERC-2771 forwarder, which carries no value. */
export interface ForwardRequestToSign {
  readonly chainId: number;
  readonly forwarder: Address;
  readonly to: Address;
  readonly data: Hex;
  /** For the call itself. */
  readonly gas: bigint;
  /** Nonce of the account at the forwarder. */
  readonly nonce: bigint;
  /** Unix seconds. */
  readonly deadline: number;
}

/** The EIP-712 domain of a token that takes approvals by signature. */
export interface TokenDomain {
  readonly name: string;
  readonly version: string;
  readonly chainId: number;
  readonly verifyingContract: Address;
}

/** An approval by signature (EIP-2612). */
export interface PermitToSign {
  readonly domain: TokenDomain;
  readonly spender: Address;
  /** Base units. */
  readonly value: bigint;
  /** Nonce of the account at the token. */
  readonly nonce: bigint;
  /** Unix seconds. */
  readonly deadline: number;
}

/** The word of an account that it takes the balance of another one. */
export interface MoveToSign {
  readonly chainId: number;
  readonly points: Address;
  /** Account whose balance moves. */
  readonly from: Address;
  readonly deadlineSeconds: number;
}

/**
 * Keys behind the service, each derived by what it is for: a recorder a program, an operator an organisation, an account a member,
 * and the lanes of the relayer. None says anything about another.
 */
export interface Signer {
  /** Derives an address: the same account always has the same. Takes well under a millisecond. */
  addressOf(account: OwnAccount): Address;
  /** Derives the address of a program's recorder. @param label `recorderLabel` of the program. */
  recorderAddress(label: string): Address;
  /** Signs a statement with a program's recorder key (EIP-712). */
  signStatement(label: string, statement: StatementToSign): Promise<Hex>;
  /** Signs a batch of statements with a program's recorder key (EIP-712). */
  signBatch(label: string, batch: BatchToSign): Promise<Hex>;
  /** Signs the root of an epoch's log with a program's recorder key (EIP-712). */
  signAnchor(label: string, anchor: AnchorToSign): Promise<Hex>;
  /** Signs a request to the forwarder (EIP-712). */
  signForwardRequest(by: HolderAccount, request: ForwardRequestToSign): Promise<Hex>;
  /** Signs an approval (EIP-712). */
  signPermit(by: HolderAccount, permit: PermitToSign): Promise<Hex>;
  /** Signs that an account takes the balance of another one (EIP-712). */
  signMoveAccount(by: HolderAccount, move: MoveToSign): Promise<Hex>;
  /** Signs a transaction; the same transaction always gives the same bytes. */
  signTransaction(
    transaction: TransactionToSign,
  ): Promise<{ readonly raw: Hex; readonly hash: Hex }>;
}
