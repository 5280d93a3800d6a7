import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { mongo } from 'mongoose';
import type {
  Attempt,
  Failure,
  TransactionCall,
  TransactionRecord,
  TransactionStatus,
} from '../../domain/transactions/transaction.ts';

/** A call as it is stored. */
export type StoredCall =
  | { kind: 'settle'; points: Address; batch: mongo.Binary; signature: mongo.Binary }
  | { kind: 'call'; to: Address; data: mongo.Binary }
  | { kind: 'gas'; to: Address; wei: string }
  | { kind: 'noop' };

interface StoredAttempt {
  hash: Hex;
  maxFeePerGas: string;
  maxPriorityFeePerGas: string;
  gasLimit: string;
  signedAtMs: number;
}

interface StoredFailure {
  /** Arguments in their order; integers as decimal text. */
  revert: { name: string; args: { name: string; value: string; integer: boolean }[] } | null;
  detail: string;
}

/** A transaction as it is stored. */
export interface TransactionDocument {
  _id: string;
  chainId: number;
  from: Address;
  nonce: number;
  call: StoredCall;
  programId: string | null;
  /** Left out where there is none. */
  organisationId?: string;
  statementIds: string[];
  /** The five below are left out where there is none: their indexes are sparse. */
  requestId?: string;
  requestKind?: string;
  memberId?: string;
  servedMemberId?: string;
  account?: Address;
  forwardNonce?: string;
  gasLimit: string;
  status: TransactionStatus;
  attempts: StoredAttempt[];
  /** Signed bytes of attempts, dropped as a whole when the transaction is final. */
  raws: { hash: Hex; bytes: mongo.Binary }[];
  queuedAtMs: number;
  sentAtMs: number | null;
  mined: { hash: Hex | null; blockNumber: number; gasUsed: string; succeeded: boolean } | null;
  failure?: StoredFailure | null;
}

const toBinary = (hex: Hex): mongo.Binary => new mongo.Binary(Buffer.from(hex.slice(2), 'hex'));
const fromBinary = (binary: mongo.Binary): Hex =>
  `0x${Buffer.from(binary.buffer).subarray(0, binary.position).toString('hex')}`;

/** Makes what is stored of a call. */
export function toStoredCall(call: TransactionCall): StoredCall {
  if (call.kind === 'settle') {
    return { ...call, batch: toBinary(call.batch), signature: toBinary(call.signature) };
  }
  if (call.kind === 'call') return { ...call, data: toBinary(call.data) };
  if (call.kind === 'gas') return { ...call, wei: call.wei.toString() };
  return { kind: 'noop' };
}

function fromStoredCall(call: StoredCall): TransactionCall {
  if (call.kind === 'settle') {
    return { ...call, batch: fromBinary(call.batch), signature: fromBinary(call.signature) };
  }
  if (call.kind === 'call') return { ...call, data: fromBinary(call.data) };
  if (call.kind === 'gas') return { ...call, wei: BigInt(call.wei) };
  return { kind: 'noop' };
}

/** Makes what is stored of an attempt; its bytes are stored beside it. */
export const toStoredAttempt = ({ raw: _, ...attempt }: Attempt): StoredAttempt => ({
  ...attempt,
  maxFeePerGas: attempt.maxFeePerGas.toString(),
  maxPriorityFeePerGas: attempt.maxPriorityFeePerGas.toString(),
  gasLimit: attempt.gasLimit.toString(),
});
/** Takes the signed bytes out of attempts. */
export const rawsOf = (attempts: readonly Attempt[]): TransactionDocument['raws'] =>
  attempts.flatMap(({ hash, raw }) => (raw === null ? [] : [{ hash, bytes: toBinary(raw) }]));

/** Makes what is stored of a failure. */
export function toStoredFailure({ revert, detail }: Failure): StoredFailure {
  if (revert === null) return { revert, detail };
  const args = Object.entries(revert.args).map(([name, value]) => ({
    name,
    value: String(value),
    integer: typeof value === 'bigint',
  }));
  return { revert: { name: revert.name, args }, detail };
}

function fromStoredFailure({ revert, detail }: StoredFailure): Failure {
  if (revert === null) return { revert, detail };
  const args: Record<string, unknown> = {};
  for (const { name, value, integer } of revert.args) args[name] = integer ? BigInt(value) : value;
  return { revert: { name: revert.name, args }, detail };
}

/** Makes the document of a transaction. */
export function toDocument(record: TransactionRecord): TransactionDocument {
  const { id, organisationId, requestId, requestKind, memberId, ...others } = record;
  const { servedMemberId, account, forwardNonce, failure, ...transaction } = others;
  return {
    ...transaction,
    ...(organisationId !== null && { organisationId }),
    ...(requestId !== null && { requestId }),
    ...(requestKind !== null && { requestKind }),
    ...(memberId !== null && { memberId }),
    ...(servedMemberId !== null && { servedMemberId }),
    ...(account !== null && { account }),
    ...(forwardNonce !== null && { forwardNonce: forwardNonce.toString() }),
    _id: id,
    call: toStoredCall(transaction.call),
    statementIds: [...transaction.statementIds],
    gasLimit: transaction.gasLimit.toString(),
    attempts: transaction.attempts.map(toStoredAttempt),
    raws: rawsOf(transaction.attempts),
    mined:
      transaction.mined === null
        ? null
        : { ...transaction.mined, gasUsed: transaction.mined.gasUsed.toString() },
    failure: failure === null ? null : toStoredFailure(failure),
  };
}

/** Reads a transaction from its document. */
export function fromDocument({ _id, raws, ...document }: TransactionDocument): TransactionRecord {
  const rawByHash = new Map(raws.map(({ hash, bytes }) => [hash, bytes]));
  return {
    ...document,
    id: _id,
    organisationId: document.organisationId ?? null,
    requestId: document.requestId ?? null,
    requestKind: document.requestKind ?? null,
    memberId: document.memberId ?? null,
    servedMemberId: document.servedMemberId ?? null,
    account: document.account ?? null,
    forwardNonce: document.forwardNonce === undefined ? null : BigInt(document.forwardNonce),
    call: fromStoredCall(document.call),
    gasLimit: BigInt(document.gasLimit),
    attempts: document.attempts.map((attempt) => {
      const bytes = rawByHash.get(attempt.hash);
      return {
        ...attempt,
        raw: bytes === undefined ? null : fromBinary(bytes),
        maxFeePerGas: BigInt(attempt.maxFeePerGas),
        maxPriorityFeePerGas: BigInt(attempt.maxPriorityFeePerGas),
        gasLimit: BigInt(attempt.gasLimit),
      };
    }),
    mined:
      document.mined === null
        ? null
        : { ...document.mined, gasUsed: BigInt(document.mined.gasUsed) },
    failure: document.failure ? fromStoredFailure(document.failure) : null,
  };
}
