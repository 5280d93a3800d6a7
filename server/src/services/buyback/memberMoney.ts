import type { Program } from '../../domain/program.ts';
import { owedToShare } from '../../domain/buyback/round.ts';
import { ServiceError } from '../../domain/errors.ts';
import type { ProgramViews } from '../../ports/chain/programViews.ts';
import type { RoundStore } from '../../ports/stores/buyback.ts';
import type { TotalsStore } from '../../ports/stores/indexer.ts';
import type { MemberRecord } from '../../ports/stores/members.ts';
import { asOfNow, type AsOf } from '../page.ts';

/** Money of a member, in base units of the settlement token. */
export interface MoneyView extends AsOf {
  /** Owed by settled rounds, in the contract, until the member says where to. */
  readonly owed: bigint;
  /** In the account that the service signs for; null while no node of the chain answers. */
  readonly account: bigint | null;
}

/** Reads the money of members in the gasless accounts and of the rounds that these tendered in. */
export interface MemberMoney {
  of(program: Program, member: Pick<MemberRecord, 'account'>): Promise<MoneyView>;
}

export function createMemberMoney(deps: {
  rounds: Pick<RoundStore, 'findMany' | 'listUnpaidOf'>;
  totals: Pick<TotalsStore, 'asOf'>;
  views: Pick<ProgramViews, 'moneyOf'>;
}): MemberMoney {
  const { rounds, totals, views } = deps;

  const inAccount = async (program: Program, member: { account: MemberRecord['account'] }) => {
    try {
      return await views.moneyOf(program, member.account);
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'CHAIN_UNAVAILABLE') return null;
      throw error;
    }
  };

  return {
    of: async (program, member) => {
      const asOf = await asOfNow(totals, program);
      const shares = await rounds.listUnpaidOf(program.id, member.account);
      const found = await rounds.findMany(
        program.id,
        shares.map(({ round }) => round),
      );
      const byNumber = new Map(found.map((round) => [round.round, round]));
      const owed = shares.reduce((sum, share) => {
        const round = byNumber.get(share.round);
        return round === undefined ? sum : sum + owedToShare(share, round);
      }, 0n);
      const account = await inAccount(program, member);
      return { ...asOf, owed, account, stale: asOf.stale || account === null };
    },
  };
}
