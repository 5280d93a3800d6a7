import type { Address } from '@dewpoint/contracts/statement.ts';
import { checkPoints, checkUint32 } from '../../domain/amounts.ts';
import { refuseIfAny } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import type { ProgramCalls } from '../../ports/chain/programCalls.ts';
import type { ActingMember, ActingMembers, MemberInput } from '../members/memberWallets.ts';
import type { Acted, BusinessActs } from '../transactions/contractWriter.ts';
import type { Rounds, RoundView, ShareView } from './rounds.ts';

/** What came of it, and the round as the reader has it by now. */
export interface RoundActed extends Acted {
  readonly round: RoundView | null;
}

/** What came of a member's act, and what the member has in the round by now. */
export interface ShareActed extends RoundActed {
  readonly share: ShareView | null;
  readonly account: Address;
}

/** The two halves of a share. They are independent: a token that does not pay holds no points back. */
export type ClaimedAsset = 'POINTS' | 'MONEY';

/** Acts in buyback rounds. Amounts in base units of points. */
export interface RoundActs {
  /** Computes the results of all rounds that have closed; does nothing when none is due. */
  settle(program: Program, input: { readonly idempotencyKey: string }): Promise<RoundActed>;
  tender(
    program: Program,
    input: MemberInput & { readonly round: number; readonly amount: bigint },
  ): Promise<ShareActed>;
  untender(
    program: Program,
    input: MemberInput & { readonly round: number; readonly amount: bigint },
  ): Promise<ShareActed>;
  /** Hands a member the points that were not bought, or the money for those that were. */
  claim(
    program: Program,
    input: MemberInput & { readonly round: number; readonly asset: ClaimedAsset },
  ): Promise<ShareActed>;
}

export function createRoundActs(deps: {
  acts: BusinessActs;
  actingMembers: ActingMembers;
  calls: ProgramCalls;
  rounds: Pick<Rounds, 'find' | 'current' | 'share'>;
}): RoundActs {
  const { acts, actingMembers, calls, rounds } = deps;

  const shared = async (
    program: Program,
    round: number,
    { account }: ActingMember,
    acted: Acted,
  ): Promise<ShareActed> => ({
    ...acted,
    account,
    round: await rounds.find(program, round),
    share: await rounds.share(program, round, account),
  });

  const trade = async (
    program: Program,
    input: MemberInput & { readonly round: number; readonly amount: bigint },
    kind: 'roundTender' | 'roundUntender',
    encode: (program: Program, round: number, amount: bigint) => ContractCall,
  ): Promise<ShareActed> => {
    const { round, amount, idempotencyKey } = input;
    const acting = await actingMembers.find(program, input);
    refuseIfAny([...checkUint32('round', round), ...checkPoints('amount', amount)]);
    const act = { kind, program, call: encode(program, round, amount), idempotencyKey };
    return shared(program, round, acting, await actingMembers.act(acting, act));
  };

  return {
    settle: async (program, { idempotencyKey }) => {
      const by = { role: 'OPERATOR' } as const;
      const call = calls.settleRounds(program);
      const acted = await acts.act({ kind: 'roundSettle', program, by, call, idempotencyKey });
      return { ...acted, round: await rounds.current(program) };
    },
    tender: (program, input) => trade(program, input, 'roundTender', calls.tender),
    untender: (program, input) => trade(program, input, 'roundUntender', calls.untender),
    claim: async (program, input) => {
      const { round, asset, idempotencyKey } = input;
      const acting = await actingMembers.find(program, input);
      refuseIfAny(checkUint32('round', round));
      const encode = asset === 'POINTS' ? calls.claimPoints : calls.claimMoney;
      const call = encode(program, round, acting.account);
      const act = { kind: 'roundClaim', program, call, idempotencyKey } as const;
      return shared(program, round, acting, await actingMembers.actFor(acting, act));
    },
  };
}
