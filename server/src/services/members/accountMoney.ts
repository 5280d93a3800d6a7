import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Permits } from '../../ports/chain/permits.ts';
import type { HolderAccount } from '../../ports/chain/signer.ts';
import type { Actor } from '../../ports/chain/submitter.ts';
import type { MemberRecord } from '../../ports/stores/members.ts';
import type { Allowances } from '../transactions/allowances.ts';
import type { ContractWriter, WriteRequest, Written } from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';

/** How what lies in the account of a member gets out of it. */
export interface AccountMoneyWay {
  /** Who sends the last of its transactions, the one under the key of the request. */
  readonly by: Actor;
  /**
   * Sends an amount on. Repeating it goes on where it was left.
   *
   * @throws ServiceError BUSY while a transaction before the last one is not mined
   */
  send(request: WriteRequest, to: Address, amount: bigint): Promise<Written>;
}

/**
 * Sends money on that was paid into the account of a member: the token knows no forwarder, and the account has no gas. A token
 * that takes approvals by signature has one handed in for the buyback, which passes the money on; from any other the account
 * sends the transfer itself, with gas that the relayer sends it first.
 */
export interface AccountMoney {
  /** Finds the way for the settlement token of a program. */
  wayOf(request: Pick<WriteRequest, 'program'>, member: MemberRecord): Promise<AccountMoneyWay>;
}

export function createAccountMoney(deps: {
  writer: ContractWriter;
  calls: Pick<ProgramCalls, 'sendMoney' | 'transferMoney'>;
  allowances: Allowances;
  permits: Permits;
}): AccountMoney {
  const { writer, calls, allowances, permits } = deps;
  return {
    wayOf: async ({ program }, { id: memberId, account }) => {
      const holder: HolderAccount = { role: 'MEMBER', programId: program.id, memberId };
      if ((await permits.of(program.settlementToken.address, account)) === null) {
        const itself = { role: 'ITSELF', holder } as const;
        return {
          by: itself,
          send: (request, to, amount) =>
            writer.write(request, itself, calls.transferMoney(program, to, amount)),
        };
      }
      const by = { role: 'MEMBER', memberId, account } as const;
      return {
        by,
        send: async (request, to, amount) => {
          await allowances.allow(request, holder, amount);
          return writer.write(request, by, calls.sendMoney(program, to, amount));
        },
      };
    },
  };
}
