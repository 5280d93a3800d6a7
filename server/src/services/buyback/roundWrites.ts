import type { Address } from '@dewpoint/contracts/statement.ts';
import { checkPoints, checkUint32 } from '../../domain/amounts.ts';
import { refuseIfAny } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import type { ProgramCalls } from '../../ports/chain/programCalls.ts';
import type { MemberWallet, MemberWallets, MemberInput } from '../members/memberWallets.ts';
import type { Written, ContractWriter } from '../transactions/contractWriter.ts';
import type { Rounds, RoundView, ShareView } from './rounds.ts';

/** What came of it, and the round as the reader has it by now. */
export interface WrittenRound extends Written {
  readonly round: RoundView | null;
}

/** What came of a member's act, and what the member has in the round by now. */
export interface WrittenShare extends WrittenRound {
  readonly share: ShareView | null;
  readonly account: Address;
}

/** The two halves of a share. They are independent: a token that does not pay holds no points back. */
export type ClaimedAsset = 'POINTS' | 'MONEY';

/** Acts in buyback rounds. Amounts in base units of points. */
export interface RoundWrites {
  /** Computes the results of all rounds that have closed; does nothing when none is due. */
  settle(program: Program, input: { readonly idempotencyKey: string }): Promise<WrittenRound>;
  tender(
    program: Program,
    input: MemberInput & { readonly round: number; readonly amount: bigint },
  ): Promise<WrittenShare>;
  untender(
    program: Program,
    input: MemberInput & { readonly round: number; readonly amount: bigint },
  ): Promise<WrittenShare>;
  /** Hands a member the points that were not bought, or the money for those that were. */
  claim(
    program: Program,
    input: MemberInput & { readonly round: number; readonly asset: ClaimedAsset },
  ): Promise<WrittenShare>;
}

export function createRoundWrites(deps: {
  writer: ContractWriter;
  memberWallets: MemberWallets;
  calls: ProgramCalls;
  rounds: Pick<Rounds, 'find' | 'current' | 'share'>;
}): RoundWrites {
  const { writer, memberWallets, calls, rounds } = deps;

  const shared = async (
    program: Program,
    round: number,
    { account }: MemberWallet,
    written: Written,
  ): Promise<WrittenShare> => ({
    ...written,
    account,
    round: await rounds.find(program, round),
    share: await rounds.share(program, round, account),
  });

  const trade = async (
    program: Program,
    input: MemberInput & { readonly round: number; readonly amount: bigint },
    kind: 'roundTender' | 'roundUntender',
    encode: (program: Program, round: number, amount: bigint) => ContractCall,
  ): Promise<WrittenShare> => {
    const { round, amount, idempotencyKey } = input;
    const wallet = await memberWallets.find(program, input);
    refuseIfAny([...checkUint32('round', round), ...checkPoints('amount', amount)]);
    const write = { kind, program, call: encode(program, round, amount), idempotencyKey };
    return shared(program, round, wallet, await memberWallets.write(wallet, write));
  };

  return {
    settle: async (program, { idempotencyKey }) => {
      const by = { role: 'OPERATOR' } as const;
      const call = calls.settleRounds(program);
      const written = await writer.write({
        kind: 'roundSettle',
        program,
        by,
        call,
        idempotencyKey,
      });
      return { ...written, round: await rounds.current(program) };
    },
    tender: (program, input) => trade(program, input, 'roundTender', calls.tender),
    untender: (program, input) => trade(program, input, 'roundUntender', calls.untender),
    claim: async (program, input) => {
      const { round, asset, idempotencyKey } = input;
      const wallet = await memberWallets.find(program, input);
      refuseIfAny(checkUint32('round', round));
      const encode = asset === 'POINTS' ? calls.claimPoints : calls.claimMoney;
      const call = encode(program, round, wallet.account);
      const write = { kind: 'roundClaim', program, call, idempotencyKey } as const;
      return shared(program, round, wallet, await memberWallets.writeFor(wallet, write));
    },
  };
}
