import type { Address } from '@dewpoint/contracts/statement.ts';
import { owedToShare, type Share } from '../../domain/buyback/round.ts';
import { UserError, refuseIfAny } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import { sha256OfJson } from '../sha256.ts';
import { uuidV7 } from '../../lib/uuidV7.ts';
import type { ProgramViews } from '../../ports/chain/programViews.ts';
import type { Actor, SubmittedTransaction, Submitter } from '../../ports/chain/submitter.ts';
import type { RoundStore } from '../../ports/stores/buyback.ts';
import type { IdempotencyStore } from '../../ports/stores/transactions.ts';
import type { AccountMoney } from '../members/accountMoney.ts';
import type { MemberWallets } from '../members/memberWallets.ts';
import {
  checkIdempotencyKey,
  keyWithin,
  type ContractWriter,
  type WriteRequest,
  type Written,
} from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { FindSentMoney } from '../transactions/transactions.ts';
import type { MemberMoney, MoneyView } from './memberMoney.ts';

interface Deps {
  readonly writer: ContractWriter;
  readonly submitter: Pick<Submitter, 'findByKey'>;
  readonly idempotency: IdempotencyStore;
  readonly memberWallets: Pick<MemberWallets, 'find' | 'address'>;
  readonly memberMoney: MemberMoney;
  readonly accountMoney: AccountMoney;
  readonly views: Pick<ProgramViews, 'moneyOf'>;
  readonly calls: Pick<ProgramCalls, 'claimMoneyTo'>;
  readonly rounds: Pick<RoundStore, 'findMany' | 'listSharesOf' | 'listUnpaidOf'>;
  readonly wallNowMs: () => number;
}

export interface SentMoney {
  /** One for each round that owed, and the last one for what lay in the account; oldest first. */
  readonly transactions: readonly SubmittedTransaction[];
  /** What is left. */
  readonly money: MoneyView;
}

/** Name of the mutation. */
export const SEND_MONEY = 'moneySend';
/** As long as idempotency keys are good for. */
const KEY_GOOD_FOR_MS = 86_400_000;
/** Rounds of which a repeated request tells again: years of them. */
const LOOK_BACK = 26;

const claimIdOf = (
  kind: string,
  program: Program,
  memberId: string,
  idempotencyKey: string,
): string => sha256OfJson([kind, program.id, memberId, idempotencyKey]);
const scopeOfRound = (round: number): string => `round ${round}`;
const SCOPE_OF_ACCOUNT = 'account';

/** Has one key send to one account only, however many transactions that takes. @throws UserError */
async function claimKey(
  { idempotency, wallNowMs }: Deps,
  { program, kind, idempotencyKey }: WriteRequest,
  memberId: string,
  to: Address,
): Promise<void> {
  const nowMs = wallNowMs();
  const record = {
    id: claimIdOf(kind, program, memberId, idempotencyKey),
    inputHash: sha256OfJson([to]),
    requestId: uuidV7(nowMs),
    createdAtMs: nowMs,
    replaces: null,
  };
  const claimed = await idempotency.claim(record, nowMs - KEY_GOOD_FOR_MS);
  if (claimed.inputHash === record.inputHash) return;
  throw new UserError({
    code: 'IDEMPOTENCY_KEY_REUSED',
    field: 'idempotencyKey',
    message: 'idempotencyKey was used with another input; give every write a key of its own.',
  });
}

/** The shares of an account that may owe money, and those that the same request may have had paid out; oldest round first. */
async function sharesOf({ rounds }: Deps, program: Program, account: Address): Promise<Share[]> {
  const recent = await rounds.listSharesOf(program.id, [account], {
    after: null,
    limit: LOOK_BACK,
  });
  const unpaid = await rounds.listUnpaidOf(program.id, account);
  const byRound = new Map([...recent, ...unpaid].map((share) => [share.round, share]));
  return [...byRound.values()].sort((a, b) => a.round - b.round);
}

/**
 * Sends all money of a member to an account: what rounds owe straight out of the contract, one round after the other, then
 * what lies in the member's own account. Repeating the request goes on where it was left, and does nothing twice.
 *
 * @param input.to Any account but zero and the buyback.
 * @throws UserError NOTHING_TO_SEND when there is no money
 * @throws ServiceError BUSY while one of its transactions is not mined: the same request goes on
 */
export type SendMoney = (
  request: WriteRequest & { readonly memberId: string },
  input: { readonly to: Address },
) => Promise<SentMoney>;

export function createSendMoney(deps: Deps): SendMoney {
  /** Does a step unless it is done, or under way, under this key. */
  const step = async (
    request: WriteRequest,
    by: Actor,
    send: ((own: WriteRequest) => Promise<Written>) | null,
  ): Promise<SubmittedTransaction[]> => {
    const { program, scope, idempotencyKey: key } = request;
    const idempotencyKey = keyWithin(scope ?? null, key);
    const before = await deps.submitter.findByKey({ program, actor: by, idempotencyKey });
    const stands = before !== null && !['REVERTED', 'DROPPED'].includes(before.status);
    const transaction = stands ? before : ((await send?.(request))?.transaction ?? null);
    return transaction === null ? [] : [transaction];
  };

  return async (request, input) => {
    const { program } = request;
    refuseIfAny([checkIdempotencyKey(request.idempotencyKey)]);
    const wallet = await deps.memberWallets.find({ ...request, ownWallet: null });
    const { member, account, by } = wallet;
    if (member === null || by.role !== 'MEMBER') throw new Error('not the money of a member');
    const to = deps.memberWallets.address('to', input.to);
    await claimKey(deps, request, member.id, to);
    const shares = await sharesOf(deps, program, account);
    const found = await deps.rounds.findMany(
      program.id,
      shares.map(({ round }) => round),
    );
    const rounds = new Map(found.map((round) => [round.round, round]));
    const transactions: SubmittedTransaction[] = [];
    for (const share of shares) {
      const round = rounds.get(share.round);
      const owes = round !== undefined && owedToShare(share, round) > 0n;
      const call = deps.calls.claimMoneyTo(program, share.round, to);
      const claim = (own: WriteRequest): Promise<Written> => deps.writer.write(own, by, call);
      const own = { ...request, scope: scopeOfRound(share.round) };
      transactions.push(...(await step(own, by, owes ? claim : null)));
    }
    const way = await deps.accountMoney.wayOf(request, member);
    const amount = await deps.views.moneyOf(program, account);
    const sendOn = (own: WriteRequest): Promise<Written> => way.send(own, to, amount);
    // Until it is sent the amount may grow: anybody can pay a round out to the account.
    const last = { ...request, scope: SCOPE_OF_ACCOUNT, input: to };
    transactions.push(...(await step(last, way.by, amount > 0n ? sendOn : null)));
    if (transactions.length === 0) {
      const message = `The member has no money: no round owes any, and the account ${account} is empty.`;
      throw new UserError({ code: 'NOTHING_TO_SEND', field: 'memberId', message });
    }
    return { transactions, money: await deps.memberMoney.of(program, member) };
  };
}

/** Creates the finder of the newest transaction that {@link SendMoney} has sent under a key; null for a key of another write. */
export function createFindSentMoney(
  deps: Pick<Deps, 'submitter' | 'idempotency' | 'rounds' | 'wallNowMs'>,
): FindSentMoney {
  return async (program, { id: memberId, account }, key) => {
    const claimId = claimIdOf(SEND_MONEY, program, memberId, key);
    const sinceMs = deps.wallNowMs() - KEY_GOOD_FOR_MS;
    if ((await deps.idempotency.find(claimId, sinceMs)) === null) return null;
    const find = (actor: Actor, scope: string): Promise<SubmittedTransaction | null> =>
      deps.submitter.findByKey({ program, actor, idempotencyKey: keyWithin(scope, key) });
    const member = { role: 'MEMBER', memberId, account } as const;
    const holder = { role: 'MEMBER', programId: program.id, memberId } as const;
    // The last step first; which way it went depends on the token.
    const last =
      (await find(member, SCOPE_OF_ACCOUNT)) ??
      (await find({ role: 'ITSELF', holder }, SCOPE_OF_ACCOUNT));
    if (last !== null) return last;
    const page = { after: null, limit: LOOK_BACK };
    const shares = await deps.rounds.listSharesOf(program.id, [account], page);
    const rounds = shares.map(({ round }) => round).sort((a, b) => b - a);
    for (const round of rounds) {
      const found = await find(member, scopeOfRound(round));
      if (found !== null) return found;
    }
    return null;
  };
}
