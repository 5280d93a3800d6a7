import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { ServiceError, UserError, refuseIfAny, type Refusal } from '../../domain/errors.ts';
import { checkId } from '../../domain/ids.ts';
import type { Program } from '../../domain/program.ts';
import type {
  SubmittedTransaction,
  Submitter,
  Actor,
  ContractCall,
  SigningRequest,
  NotSigned,
  Submission,
  TransactionRequest,
} from '../../ports/chain/submitter.ts';
import type { ProgramViews } from '../../ports/chain/programViews.ts';
import type { SigningRecord } from '../../domain/transactions/signingRecord.ts';
import type { TransactionGateway } from '../../ports/chain/chain.ts';
import { operatorAccount, type Signer } from '../../ports/chain/signer.ts';
import { DONE_ELSEWHERE, FailedWrite, failuresOf, wasOvertaken } from './failedWrite.ts';
import { refusalOf, type TriedCall } from './revertRefusals.ts';

/** A contract call for a wallet to send. */
export interface UnsentCall {
  readonly to: Address;
  readonly data: Hex;
  readonly chainId: number;
}

/** Result of a write: a transaction of the service, something for a wallet to send or to sign, or nothing when nothing was sent. */
export interface Written {
  readonly transaction: SubmittedTransaction | null;
  readonly call: UnsentCall | null;
  /** Set when an operator's own wallet has to sign first. */
  readonly toSign?: SigningRequest;
}

/** Sender of a write: an account whose key the service has, or a wallet that sends its own call. */
export type WrittenBy = Actor | { readonly role: 'OWN_WALLET'; readonly account: Address };

/** The operator key of the program's organisation signs. */
export const operatorOf = ({
  organisationId,
}: Pick<Program, 'organisationId'>): Extract<Actor, { role: 'OPERATOR' }> => ({
  role: 'OPERATOR',
  organisation: organisationId,
});
/** The relayer sends what any account may do. */
export const ANYBODY = { role: 'RELAYER' } as const;

/** A request for a write: its mutation, its program and its idempotency key. */
export interface WriteRequest<Of extends Program | null = Program> {
  /** Name of the mutation, such as `itemAdd`. */
  readonly kind: string;
  /** Program that the transaction belongs to; null for the creation of one. */
  readonly program: Of;
  /** 1 to 128 characters in NFC, see `checkId`; the same key with the same call is one transaction. */
  readonly idempotencyKey: string;
  /** Separates keys: of holders for whom one account sends, and of two steps under one key. */
  readonly scope?: string;
  /** What the key stands for where the call may be another one with each try; left out, it stands for the call. */
  readonly input?: string;
}

export interface ContractWriter {
  /**
   * Simulates the call, sends it, and waits a moment for it to be mined and read. A wallet's own call is simulated and
   * returned.
   *
   * @throws UserError for a call that the contract would refuse, and for a key of another write
   * @throws FailedWrite for a transaction that was sent and had no effect. Once that is final, the same key tries again
   * @throws ServiceError BUSY, QUOTA_USED_UP, CHAIN_UNAVAILABLE: the same call may work later
   */
  write(request: WriteRequest<Program | null>, by: WrittenBy, call: ContractCall): Promise<Written>;
  /**
   * Sends what a wallet was asked to sign, and waits as {@link write}.
   *
   * @throws UserError INVALID_SIGNATURE, OUTDATED_SIGNATURE besides what `write` throws
   */
  writeSigned(program: Program, asked: SigningRecord, signature: Hex): Promise<Written>;
  /** Finds what {@link write} would answer by the key alone; null when it would try the call. @throws as `write` */
  find(request: WriteRequest, by: Actor, call: ContractCall): Promise<Written | null>;
  /** Simulates a call without sending it. @throws UserError for a call that the contract would refuse */
  simulate(
    request: Pick<WriteRequest<Program | null>, 'kind' | 'program'>,
    from: Extract<Actor, { role: 'OPERATOR' }> | Address,
    call: ContractCall,
  ): Promise<void>;
}

/** A local chain mines at once, a fast one within this; a caller that waits for a slow one asks again by the transaction. */
const WAIT_MS = 5_000;
/** Gives the block of what came first the time to be final. */
const OVERTAKEN_RETRY_MS = 2_000;

/** Stands between a scope and a key, so no key of a caller may have it. */
const SCOPE_ARROW = '\u2192';

/** Refuses a text that is not an idempotency key. */
export function checkIdempotencyKey(key: string): Refusal | null {
  const refusal = checkId('idempotencyKey', key);
  if (refusal !== null || !key.includes(SCOPE_ARROW)) return refusal;
  const message = `idempotencyKey has the character ${SCOPE_ARROW}, which is kept for the service; it must be without it.`;
  return { code: 'MALFORMED', field: 'idempotencyKey', message };
}

/** Puts a scope before a key. The arrow keeps the result apart from all keys of callers, which can not have it. */
export function keyWithin(scope: string | null, key: string): string {
  return scope === null ? key : `${scope} ${SCOPE_ARROW} ${key}`;
}

/** Makes the error for a submission that was not accepted. */
export function notAccepted(
  submission: Exclude<Submission, { kind: 'ACCEPTED' | 'TO_SIGN' }>,
  tried: TriedCall,
): Error {
  switch (submission.kind) {
    case 'REFUSED':
      return new UserError([refusalOf(submission.revert, submission.detail, tried)]);
    case 'KEY_REUSED':
      return new UserError([
        {
          code: 'IDEMPOTENCY_KEY_REUSED',
          field: 'idempotencyKey',
          message: 'idempotencyKey was used with another input; give every write a key of its own.',
        },
      ]);
    case 'BUSY':
      return new ServiceError({
        code: 'BUSY',
        message: 'Another write is not finished; repeat the same request after "retryAfterMs".',
        retryAfterMs: submission.retryAfterMs,
      });
    case 'QUOTA':
      return new ServiceError({
        code: 'QUOTA_USED_UP',
        message: `The member has used up its ${submission.limit} writes of this hour; repeat the request after "retryAfterMs", or use ownWallet.`,
        retryAfterMs: submission.retryAfterMs,
      });
  }
}

const badSignature = ({ kind }: NotSigned, { account }: SigningRecord): Refusal =>
  kind === 'WRONG_SIGNER'
    ? {
        code: 'INVALID_SIGNATURE',
        field: 'signature',
        message: `signature is not one of ${account} over the data of "toSign"; sign it as it is with eth_signTypedData_v4.`,
      }
    : {
        code: 'OUTDATED_SIGNATURE',
        field: 'id',
        message:
          'What was signed can not be carried out any more, as its time is over or another request of the wallet came first; repeat the mutation under its idempotencyKey and sign again.',
      };

export function createContractWriter(deps: {
  chainId: number;
  submitter: Submitter;
  gateway: Pick<TransactionGateway, 'simulate'>;
  signer: Pick<Signer, 'addressOf'>;
  views: Pick<ProgramViews, 'operator'>;
}): ContractWriter {
  const { submitter, gateway, signer } = deps;

  const simulate: ContractWriter['simulate'] = async ({ kind, program }, from, { to, data }) => {
    const account =
      typeof from === 'string' ? from : signer.addressOf(operatorAccount(from.organisation));
    let simulated = await gateway.simulate(account, { kind: 'call', to, data });
    const isElsewhere = !simulated.ok && simulated.revert?.name === 'NotOperator';
    if (isElsewhere && typeof from !== 'string' && program !== null) {
      // The program has been handed over to an own wallet.
      const operator = await deps.views.operator(program);
      simulated = await gateway.simulate(operator, { kind: 'call', to, data });
    }
    if (simulated.ok) return;
    throw new UserError(refusalOf(simulated.revert, simulated.detail, { kind, program }));
  };

  const requestOf = (
    { program, kind, idempotencyKey, scope, input }: WriteRequest<Program | null>,
    actor: Actor,
    call: ContractCall,
  ): TransactionRequest => ({
    ...{ program, actor, call, kind },
    idempotencyKey: keyWithin(scope ?? null, idempotencyKey),
    ...(input !== undefined && { input }),
  });

  /** Waits for an accepted transaction. @throws what the others are */
  const outcomeOf = async (
    { kind, program }: WriteRequest<Program | null>,
    submission: Submission,
  ): Promise<Written> => {
    if (submission.kind === 'TO_SIGN') {
      return { transaction: null, call: null, toSign: submission.toSign };
    }
    if (submission.kind !== 'ACCEPTED') throw notAccepted(submission, { kind, program });
    const transaction = await submitter.wait(submission.transaction.id, WAIT_MS);
    if (submission.isDoneElsewhere === true) throw new FailedWrite([DONE_ELSEWHERE], transaction);
    if (wasOvertaken(transaction)) {
      throw new ServiceError({
        code: 'BUSY',
        message:
          'Another request of the same account came first; repeat the same request after "retryAfterMs".',
        retryAfterMs: OVERTAKEN_RETRY_MS,
      });
    }
    const failures = failuresOf(transaction, program);
    if (failures.length > 0) throw new FailedWrite(failures, transaction);
    return { transaction, call: null };
  };

  return {
    simulate,
    writeSigned: async (program, asked, signature) => {
      const submission = await submitter.submitSigned(program, asked, signature);
      if (submission.kind === 'WRONG_SIGNER' || submission.kind === 'OUTDATED') {
        throw new UserError(badSignature(submission, asked));
      }
      return outcomeOf({ kind: asked.kind, program, idempotencyKey: '' }, submission);
    },
    find: async (request, by, call) => {
      const found = await submitter.find(requestOf(request, by, call));
      return found === null ? null : outcomeOf(request, found);
    },
    write: async (request, by, call) => {
      refuseIfAny([checkIdempotencyKey(request.idempotencyKey)]);
      if (by.role === 'OWN_WALLET') {
        await simulate(request, by.account, call);
        const { to, data } = call;
        return { transaction: null, call: { to, data, chainId: deps.chainId } };
      }
      return outcomeOf(request, await submitter.submit(requestOf(request, by, call)));
    },
  };
}
