import type { Address } from '@dewpoint/contracts/statement.ts';
import { InputRefused, refuseIfAny } from '../../domain/errors.ts';
import { formatMoney } from '../../domain/money.ts';
import type { Program } from '../../domain/program.ts';
import type { ProgramCalls } from '../../ports/chain/programCalls.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import {
  checkIdempotencyKey,
  type Written,
  type ContractWrite,
  type ContractWriter,
  type WrittenBy,
} from '../transactions/contractWriter.ts';
import type { Drops } from '../statements/drops.ts';

/** For whom a member's act is. */
export interface MemberInput {
  /** The app's own id of a member, whose gasless account acts; null with an own wallet. */
  readonly memberId: string | null;
  /** A wallet that sends the call itself; null for a gasless account. */
  readonly ownWallet: Address | null;
  readonly idempotencyKey: string;
}

/** Somebody who holds points, and how this somebody acts. */
export interface MemberWallet {
  readonly by: Extract<WrittenBy, { role: 'MEMBER' | 'OWN_WALLET' }>;
  readonly account: Address;
  /** Null for an own wallet, about which no app need know anything. */
  readonly member: MemberRecord | null;
}

/** What a member wants done, encoded. */
export type MemberWrite = Pick<ContractWrite, 'kind' | 'program' | 'call' | 'idempotencyKey'>;

export interface MemberWallets {
  /** @throws InputRefused when there is no such member, no such wallet, or not exactly one of both */
  find(program: Program, input: MemberInput): Promise<MemberWallet>;
  /** An address with its checksum. @throws InputRefused for a wrong one */
  address(field: string, address: Address): Address;
  /**
   * Acts, with settled points. What a gasless member has earned and is not settled yet is asked to be settled where the
   * settled points are not enough; the same call may then work in a moment.
   *
   * @throws as {@link ContractWriter.write}
   */
  write(wallet: MemberWallet, write: MemberWrite): Promise<Written>;
  /** Does for a holder what anybody may do: the service pays, or the wallet gets the call. */
  writeFor(wallet: MemberWallet, write: MemberWrite): Promise<Written>;
}

const POINT_DECIMALS = 2;

export function createMemberWallets(deps: {
  writer: ContractWriter;
  calls: Pick<ProgramCalls, 'checksummed'>;
  members: Pick<MemberStore, 'findByExternalId'>;
  drops: Pick<Drops, 'collect'>;
}): MemberWallets {
  const { writer, calls, drops } = deps;

  const address = (field: string, given: Address): Address => {
    const checked = calls.checksummed(given);
    if (checked !== null) return checked;
    throw new InputRefused([
      {
        code: 'MALFORMED',
        field,
        message: `${field} is ${given}, whose capital letters are wrong: give its checksum as the wallet shows it, or lower case.`,
      },
    ]);
  };

  const gasless = async (program: Program, memberId: string): Promise<MemberWallet> => {
    const member = await deps.members.findByExternalId(program.id, memberId);
    if (member === null) {
      const message = `The program has no member "${memberId}": no action of it was ever recorded.`;
      throw new InputRefused([{ code: 'NOT_FOUND', field: 'memberId', message }]);
    }
    const { account } = member;
    return { by: { role: 'MEMBER', memberId: member.id, account }, account, member };
  };

  /** What is on its way to the account, asked to be settled now; 0 for nothing. */
  const collect = async (program: Program, { externalId }: MemberRecord): Promise<bigint> => {
    const { drops: onTheirWay } = await drops.collect(program, externalId);
    return onTheirWay.reduce((sum, { points }) => sum + points, 0n);
  };

  return {
    address,
    find: (program, { memberId, ownWallet, idempotencyKey }) => {
      refuseIfAny([checkIdempotencyKey(idempotencyKey)]);
      if ((memberId === null) === (ownWallet === null)) {
        throw new InputRefused([
          {
            code: 'REQUIRED',
            field: 'memberId',
            message: 'Give memberId for a gasless account, or ownWallet for a wallet; one of both.',
          },
        ]);
      }
      if (memberId !== null) return gasless(program, memberId);
      const account = address('ownWallet', ownWallet as Address);
      return Promise.resolve({ by: { role: 'OWN_WALLET', account }, account, member: null });
    },
    write: async ({ by, member }, write) => {
      try {
        return await writer.write({ ...write, by });
      } catch (error) {
        if (!(error instanceof InputRefused) || member === null) throw error;
        const [refusal] = error.refusals;
        if (refusal?.code !== 'INSUFFICIENT_POINTS') throw error;
        const units = await collect(write.program, member);
        if (units === 0n) throw error;
        const more = formatMoney({ units, decimals: POINT_DECIMALS });
        const message = `${refusal.message} ${more} points more are being settled now; repeat the call in a moment.`;
        throw new InputRefused([{ ...refusal, message }]);
      }
    },
    writeFor: ({ by, account }, write) =>
      by.role === 'OWN_WALLET'
        ? writer.write({ ...write, by })
        : writer.write({ ...write, by: { role: 'RELAYER' }, scope: account }),
  };
}
