import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { DewpointError, InputRefused, refuseIfAny, type Refusal } from '../../domain/errors.ts';
import { checkId } from '../../domain/ids.ts';
import type { Program } from '../../domain/program.ts';
import type {
  SubmittedTransaction,
  Submitter,
  Actor,
  ContractCall,
  Submission,
} from '../../ports/chain/submitter.ts';
import type { TransactionGateway } from '../../ports/chain/chain.ts';
import { refusalOf, type MutationName } from './revertRefusals.ts';

/** A call for a wallet to send: the service sends nothing itself. */
export interface UnsentCall {
  readonly to: Address;
  readonly data: Hex;
  readonly chainId: number;
}

/** What came of an act: a transaction of ours, or a call for a wallet; neither where nothing was sent. */
export interface Written {
  readonly transaction: SubmittedTransaction | null;
  readonly call: UnsentCall | null;
}

/** Who acts: somebody whose key the service has, or a wallet that sends its own call. */
export type WrittenBy = Actor | { readonly role: 'OWN_WALLET'; readonly account: Address };

/** One business act, its input checked and its call encoded. */
export interface ContractWrite {
  readonly kind: MutationName;
  readonly program: Program;
  readonly by: WrittenBy;
  readonly call: ContractCall;
  /** 1 to 128 printable ASCII characters; the same key with the same call acts once. */
  readonly idempotencyKey: string;
  /** Keeps keys apart: of holders for whom one account acts, and of two steps under one key. */
  readonly scope?: string;
}

export interface ContractWriter {
  /**
   * Tries the call on the chain as it is now, sends it, and waits a moment for it to be mined and read. A wallet's own
   * call is tried and handed back.
   *
   * @throws InputRefused for what the contract would refuse, and for a key that stands for another act
   * @throws DewpointError BUSY, QUOTA_USED_UP, CHAIN_UNAVAILABLE: the same call may work later
   */
  write(write: ContractWrite): Promise<Written>;
  /** Tries a call without sending it. @throws InputRefused for what the contract would refuse */
  simulate(kind: MutationName, program: Program, from: Address, call: ContractCall): Promise<void>;
}

/** A local chain mines at once, a fast one within this; whoever waits for a slow one asks again by the transaction. */
const WAIT_MS = 5_000;

/** Refuses a key that is none. */
export function checkIdempotencyKey(key: string): Refusal | null {
  return checkId('idempotencyKey', key);
}

/** Callers' keys are printable ASCII, so the arrow keeps what is put before them apart from every key of theirs. */
export function keyWithin(scope: string | null, key: string): string {
  return scope === null ? key : `${scope} \u2192 ${key}`;
}

/** What is thrown where the service did not take a submission. */
export function notAccepted(
  submission: Exclude<Submission, { kind: 'ACCEPTED' }>,
  tried: { readonly kind: MutationName; readonly program: Program | null },
): Error {
  switch (submission.kind) {
    case 'REFUSED':
      return new InputRefused([refusalOf(submission.revert, submission.detail, tried)]);
    case 'KEY_REUSED':
      return new InputRefused([
        {
          code: 'IDEMPOTENCY_KEY_REUSED',
          field: 'idempotencyKey',
          message: 'This idempotencyKey stands for another act already; take a new one.',
        },
      ]);
    case 'BUSY':
      return new DewpointError({
        code: 'BUSY',
        message: 'Another act is still under way; repeat the same call soon.',
        retryAfterMs: submission.retryAfterMs,
      });
    case 'QUOTA':
      return new DewpointError({
        code: 'QUOTA_USED_UP',
        message: `This member has used up its ${submission.limit} acts of the hour.`,
        retryAfterMs: submission.retryAfterMs,
      });
  }
}

export function createContractWriter(deps: {
  submitter: Submitter;
  gateway: Pick<TransactionGateway, 'simulate'>;
}): ContractWriter {
  const { submitter, gateway } = deps;
  const writer: ContractWriter = {
    simulate: async (kind, program, from, call) => {
      const tried = await gateway.simulate(from, { kind: 'call', ...call });
      if (tried.ok) return;
      throw new InputRefused([refusalOf(tried.revert, tried.detail, { kind, program })]);
    },
    write: async ({ kind, program, by, call, ...write }) => {
      refuseIfAny([checkIdempotencyKey(write.idempotencyKey)]);
      if (by.role === 'OWN_WALLET') {
        await writer.simulate(kind, program, by.account, call);
        return { transaction: null, call: { ...call, chainId: program.chainId } };
      }
      const idempotencyKey = keyWithin(write.scope ?? null, write.idempotencyKey);
      const submission = await submitter.submit({ program, actor: by, call, idempotencyKey, kind });
      if (submission.kind !== 'ACCEPTED') throw notAccepted(submission, { kind, program });
      return { transaction: await submitter.wait(submission.transaction.id, WAIT_MS), call: null };
    },
  };
  return writer;
}
