/** One transaction: its call, its signed attempts and its state. Pure. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';

/** Call of a transaction. */
export type TransactionCall =
  /** `settle(batch, signature)` of the program at `points`: anybody may send what its recorder signed. */
  | {
      readonly kind: 'settle';
      readonly points: Address;
      readonly batch: Hex;
      readonly signature: Hex;
    }
  /** Any other call of a contract, without value. */
  | { readonly kind: 'call'; readonly to: Address; readonly data: Hex }
  /** Gas money for an account of the service that has to send something by itself. */
  | { readonly kind: 'gas'; readonly to: Address; readonly wei: bigint }
  /** Sends nothing to oneself: uses up a nonce that nothing else will use. */
  | { readonly kind: 'noop' };

/** Per gas, in wei. */
export interface Fees {
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/** One signed form of a transaction. All have the same nonce, so at most one is ever mined. */
export interface Attempt extends Fees {
  readonly hash: Hex;
  /** Dropped (null) once the transaction is final. */
  readonly raw: Hex | null;
  readonly gasLimit: bigint;
  readonly signedAtMs: number;
}

/**
 * - `queued`: has its nonce, nothing is signed for the present call
 * - `signed`: the last attempt is saved and may or may not have reached a node
 * - `broadcast`: a node took it
 * - `mined`: in a block, which may still go away; or displaced by a transaction of another holder of the key
 * - `final`: the indexer has read that block and it is deep enough
 */
export type TransactionStatus = 'queued' | 'signed' | 'broadcast' | 'mined' | 'final';

/** A custom error of one of our contracts, or `Error` / `Panic`. Integers are bigint, and arguments have their names. */
export interface Revert {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Why a transaction had no effect. */
export interface Failure {
  /** Null when the contract gave no known reason. */
  readonly revert: Revert | null;
  /** Text of the node; empty when it said nothing. */
  readonly detail: string;
}

/** States of transactions that are not in a block. */
export const OPEN_STATUSES: readonly TransactionStatus[] = ['queued', 'signed', 'broadcast'];

/** One nonce of one account on one chain. */
export interface TransactionRecord {
  /** `${chainId}:${from}:${nonce}` */
  readonly id: string;
  readonly chainId: number;
  readonly from: Address;
  readonly nonce: number;
  readonly call: TransactionCall;
  /** Null for a noop. */
  readonly programId: string | null;
  /** Organisation whose operator key signed the request or sent the call; null for none. */
  readonly organisationId: string | null;
  /** Statements in the batch: not handed in again while this transaction is open. */
  readonly statementIds: readonly string[];
  /** Unique name of the request for it; null for settlements and noops. */
  readonly requestId: string | null;
  /** Name of the mutation that asked for it; null for settlements and noops. */
  readonly requestKind: string | null;
  /** The member whose key signed the request or sends the call; null for none. */
  readonly memberId: string | null;
  /** The member whom the relayer does it for, of what any account may do; null for none. */
  readonly servedMemberId: string | null;
  /** The account whose signed request it carries; null for none. */
  readonly account: Address | null;
  /** Nonce of that request at the forwarder; null for none. */
  readonly forwardNonce: bigint | null;
  readonly gasLimit: bigint;
  readonly status: TransactionStatus;
  readonly attempts: readonly Attempt[];
  readonly queuedAtMs: number;
  /** Time at which the last attempt was sent to a node; null when none was. */
  readonly sentAtMs: number | null;
  /** Set while `mined` or `final`. */
  readonly mined: {
    /** Null when another transaction used the nonce. */
    readonly hash: Hex | null;
    readonly blockNumber: number;
    readonly gasUsed: bigint;
    readonly succeeded: boolean;
  } | null;
  /** Why it reverted, or why its call was replaced; null where that is not known, and while neither is the case. */
  readonly failure: Failure | null;
}

/** Limits of time and price for sending transactions. Times in milliseconds. */
export interface SendPolicy {
  /** Time after which a transaction that is in no block is sent again; the first in line with higher fees. */
  readonly resendAfterMs: number;
  /** No attempt ever offers more per gas, in wei. */
  readonly feeCeilingWei: bigint;
  /** Blocks on top of a transaction's own after which it is final. */
  readonly confirmations: number;
  /** Time after which a used nonce without a receipt counts as used by another holder of the key. */
  readonly displacedAfterMs: number;
}

/** 500 gwei: several times what congested public chains asked for, and far below what would empty an account at once. */
const FEE_CEILING_WEI = 500_000_000_000n;
/** A development chain mines at once and never takes a block back, except when it is restored, which the indexer sees. */
export const LOCAL_SEND_POLICY: SendPolicy = {
  resendAfterMs: 2_000,
  feeCeilingWei: FEE_CEILING_WEI,
  confirmations: 0,
  displacedAfterMs: 2_000,
};
/** Three to four blocks of a slow chain before the price goes up; deeper reorganisations than 32 blocks are not seen. */
export const PUBLIC_SEND_POLICY: SendPolicy = {
  resendAfterMs: 45_000,
  feeCeilingWei: FEE_CEILING_WEI,
  confirmations: 32,
  displacedAfterMs: 120_000,
};

/** Nodes take a replacement only when both fees are at least 10 % (geth) or 12.5 % (others) higher. */
const BUMP_NUMERATOR = 1_125n;
const BUMP_DENOMINATOR = 1_000n;

const raised = (fee: bigint): bigint =>
  (fee * BUMP_NUMERATOR + BUMP_DENOMINATOR - 1n) / BUMP_DENOMINATOR;
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Computes the fees of a first attempt: the market's price, under the ceiling. */
export function firstFees(market: Fees, ceilingWei: bigint): Fees {
  const maxFeePerGas = smaller(market.maxFeePerGas, ceilingWei);
  const maxPriorityFeePerGas = smaller(market.maxPriorityFeePerGas, maxFeePerGas);
  return { maxFeePerGas, maxPriorityFeePerGas };
}

/**
 * Computes the fees of a replacement: the market's price, and at least 12.5 % more than the last attempt. Null when that is
 * above the ceiling: then only the old attempt can be sent again.
 */
export function bumpedFees(last: Fees, market: Fees, ceilingWei: bigint): Fees | null {
  const maxFeePerGas = larger(raised(last.maxFeePerGas), market.maxFeePerGas);
  const maxPriorityFeePerGas = larger(
    raised(last.maxPriorityFeePerGas),
    market.maxPriorityFeePerGas,
  );
  if (maxFeePerGas > ceilingWei) return null;
  return { maxFeePerGas, maxPriorityFeePerGas: smaller(maxPriorityFeePerGas, maxFeePerGas) };
}

/** Tells whether there is nothing to send: no attempt for the present call, or its bytes were dropped. */
export function needsSigning(transaction: TransactionRecord): boolean {
  return transaction.status === 'queued' || (transaction.attempts.at(-1)?.raw ?? null) === null;
}

/** Tells whether a node has had it for so long that it may have lost it. */
export function isOverdue(
  transaction: TransactionRecord,
  nowMs: number,
  policy: SendPolicy,
): boolean {
  return nowMs - (transaction.sentAtMs ?? 0) >= policy.resendAfterMs;
}

/** Tells whether its outcome is not known yet. */
export function isOpen({ status }: Pick<TransactionRecord, 'status'>): boolean {
  return OPEN_STATUSES.includes(status);
}

/** Gas of an empty transaction; every call of a contract needs more. */
export const NOOP_GAS = 21_000n;

/** What a transaction did. A call that was replaced may be the one that was mined: every attempt has been public. */
export type Effect = 'UNKNOWN' | 'DONE' | 'REVERTED' | 'NOTHING';

const isNoop = ({ gasLimit }: Attempt): boolean => gasLimit === NOOP_GAS;

/** Tells what a transaction did, as far as its block stays. */
export function effectOf({ call, mined, attempts }: TransactionRecord): Effect {
  if (mined === null) {
    return call.kind === 'noop' && attempts.every(isNoop) ? 'NOTHING' : 'UNKNOWN';
  }
  const attempt = attempts.find(({ hash }) => hash === mined.hash);
  if (attempt === undefined || isNoop(attempt)) return 'NOTHING';
  return mined.succeeded ? 'DONE' : 'REVERTED';
}

/**
 * Tells whether what was asked for may be tried by another transaction: this one is final, in a block of its own, and had no
 * effect. A block that may go away could take the failure with it, and a nonce that was used elsewhere proves nothing.
 */
export function mayTryAgain(transaction: TransactionRecord): boolean {
  const { status, mined } = transaction;
  if (status !== 'final' || mined === null || mined.hash === null) return false;
  return effectOf(transaction) !== 'DONE';
}
/** 25 %: what a statement costs can still change between the estimate and the block. */
const GAS_MARGIN = { numerator: 5n, denominator: 4n };
/**
 * An earlier transaction of the same pipeline can turn a statement from the cheapest kind into the dearest: the first
 * spill of an account into its history ring, about 23,000 gas more.
 */
const GAS_PER_STATEMENT_MARGIN = 23_000n;

/** Computes the gas limit for an estimate; null when no block would take it. */
export function gasLimitOf(
  estimate: bigint,
  statements: number,
  blockGasLimit: bigint,
): bigint | null {
  if (estimate > blockGasLimit) return null;
  const withMargin =
    (estimate * GAS_MARGIN.numerator) / GAS_MARGIN.denominator +
    GAS_PER_STATEMENT_MARGIN * BigInt(statements);
  return smaller(withMargin, blockGasLimit);
}

/** Makes the id of the document of a nonce. */
export function transactionId(chainId: number, from: Address, nonce: number): string {
  return `${chainId}:${from}:${nonce}`;
}

/** Makes a queued transaction. */
export function queuedTransaction(
  fields: Pick<
    TransactionRecord,
    'chainId' | 'from' | 'nonce' | 'call' | 'gasLimit' | 'queuedAtMs'
  > &
    Partial<
      Pick<
        TransactionRecord,
        | 'programId'
        | 'organisationId'
        | 'statementIds'
        | 'requestId'
        | 'requestKind'
        | 'memberId'
        | 'servedMemberId'
        | 'account'
        | 'forwardNonce'
      >
    >,
): TransactionRecord {
  return {
    id: transactionId(fields.chainId, fields.from, fields.nonce),
    programId: null,
    organisationId: null,
    statementIds: [],
    requestId: null,
    requestKind: null,
    memberId: null,
    servedMemberId: null,
    account: null,
    forwardNonce: null,
    ...fields,
    status: 'queued',
    attempts: [],
    sentAtMs: null,
    mined: null,
    failure: null,
  };
}
