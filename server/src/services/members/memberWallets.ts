import type { Address } from '@dewpoint/contracts/statement.ts';
import { newestAccount } from '../../domain/members/accounts.ts';
import { mergeOf } from '../../domain/members/merges.ts';
import { UserError, refuseIfAny, type Refusal } from '../../domain/errors.ts';
import { formatMoney } from '../../domain/money.ts';
import { nameForm } from '../../domain/names.ts';
import type { Program } from '../../domain/program.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import {
  checkIdempotencyKey,
  type ContractWriter,
  type WriteRequest,
  type Written,
  type WrittenBy,
} from '../transactions/contractWriter.ts';
import { FailedWrite } from '../transactions/failedWrite.ts';
import type { Drops } from '../statements/drops.ts';

/** A request for a write of a holder, and the holder. */
export interface MemberRequest extends WriteRequest {
  /** The app's own id of a member whose gasless account signs; null with an own wallet. */
  readonly memberId: string | null;
  /** A wallet that sends the call itself; null for a gasless account. */
  readonly ownWallet: Address | null;
}

/** A holder of points, and how its calls are signed. */
export interface MemberWallet {
  readonly by: Extract<WrittenBy, { role: 'MEMBER' | 'OWN_WALLET' }>;
  readonly account: Address;
  /** Null for an own wallet, which no app needs to know. */
  readonly member: MemberRecord | null;
}

export interface MemberWallets {
  /** Finds the wallet of a request. @throws UserError for no such member, no such wallet, or not exactly one of both */
  find(request: MemberRequest): Promise<MemberWallet>;
  /** Gives an address its checksum. @throws UserError for a wrong one */
  address(field: string, address: Address): Address;
  /** Tells whether an account is one of another member of the program, gasless or linked. */
  isOfAnother(program: Program, account: Address, member: MemberRecord): Promise<boolean>;
  /**
   * Writes with settled points of the wallet's account. When these are not enough, the earned points of a gasless member
   * are settled at once, and the same call may work in a moment; one that moved is told of its own wallet.
   *
   * @throws as {@link ContractWriter.write}
   */
  write(wallet: MemberWallet, request: MemberRequest, call: ContractCall): Promise<Written>;
  /** Writes for a holder what any account may write: the service pays, or the wallet gets the call. */
  writeFor(wallet: MemberWallet, request: MemberRequest, call: ContractCall): Promise<Written>;
}

const POINT_DECIMALS = 2;

export function createMemberWallets(deps: {
  writer: ContractWriter;
  calls: Pick<ProgramCalls, 'checksummed'>;
  members: Pick<MemberStore, 'findByExternalId' | 'findById' | 'isLinked'>;
  drops: Pick<Drops, 'collect'>;
}): MemberWallets {
  const { writer, calls, drops } = deps;

  const address = (field: string, given: Address): Address => {
    const checked = calls.checksummed(given);
    if (checked !== null) return checked;
    throw new UserError([
      {
        code: 'MALFORMED',
        field,
        message: `${field} is ${given}, which has a wrong checksum; it must be in lower case or with the capital letters that the wallet shows.`,
      },
    ]);
  };

  const gasless = async (program: Program, memberId: string): Promise<MemberWallet> => {
    const member = await deps.members.findByExternalId(program.id, nameForm(memberId));
    if (member === null) {
      const message = `memberId is "${memberId}"; the program has no member with this id, as none of its actions has been recorded.`;
      throw new UserError([{ code: 'NOT_FOUND', field: 'memberId', message }]);
    }
    const { account } = member;
    return { by: { role: 'MEMBER', memberId: member.id, account }, account, member };
  };

  /** Settles the earned points of a member now. @returns base units on their way to its gasless account */
  const collect = async (
    program: Program,
    { externalId, account }: MemberRecord,
  ): Promise<bigint> => {
    const { drops: onTheirWay } = await drops.collect(program, externalId);
    const usable = onTheirWay.filter((drop) => drop.account === account);
    return usable.reduce((sum, { points }) => sum + points, 0n);
  };

  /** Says what will help a member whose gasless account has too few points. */
  const withWhatHelps = async (
    program: Program,
    member: MemberRecord,
    refusal: Refusal,
  ): Promise<Refusal> => {
    const units = await collect(program, member);
    const more = formatMoney({ units, decimals: POINT_DECIMALS });
    const newest = newestAccount(member);
    const soon =
      units === 0n
        ? ''
        : ` ${more} points more are being settled now; repeat the request in a moment.`;
    const elsewhere =
      newest === member.account
        ? ''
        : ` memberId uses the account ${member.account} alone, which the service signs for; the points of the member's own wallet ${newest} are used with ownWallet.`;
    const merge = mergeOf(member);
    const into = merge === null ? null : await deps.members.findById(program.id, merge.memberId);
    const merged =
      into === null
        ? ''
        : ` memberId was merged into "${into.externalId}", whose account gets its points from epoch ${merge?.fromEpoch} on.`;
    return { ...refusal, message: refusal.message + soon + elsewhere + merged };
  };

  return {
    address,
    isOfAnother: (program, account, member) =>
      deps.members.isLinked(program.id, account, member.id),
    find: ({ program, memberId, ownWallet, idempotencyKey }) => {
      refuseIfAny([checkIdempotencyKey(idempotencyKey)]);
      if ((memberId === null) === (ownWallet === null)) {
        throw new UserError([
          {
            code: 'REQUIRED',
            field: 'memberId',
            message:
              "Exactly one of memberId and ownWallet must be given: memberId for a member's account, ownWallet for a holder's own wallet.",
          },
        ]);
      }
      if (memberId !== null) return gasless(program, memberId);
      const account = address('ownWallet', ownWallet as Address);
      return Promise.resolve({ by: { role: 'OWN_WALLET', account }, account, member: null });
    },
    write: async ({ by, member }, request, call) => {
      try {
        return await writer.write(request, by, call);
      } catch (error) {
        if (!(error instanceof UserError) || member === null) throw error;
        const [refusal] = error.refusals;
        if (refusal?.code !== 'INSUFFICIENT_POINTS') throw error;
        const explained = await withWhatHelps(request.program, member, refusal);
        if (error instanceof FailedWrite) throw new FailedWrite([explained], error.transaction);
        throw new UserError(explained);
      }
    },
    writeFor: ({ by, account }, request, call) =>
      by.role === 'OWN_WALLET'
        ? writer.write(request, by, call)
        : writer.write(
            { ...request, scope: account },
            { role: 'RELAYER', servedMemberId: by.memberId },
            call,
          ),
  };
}
