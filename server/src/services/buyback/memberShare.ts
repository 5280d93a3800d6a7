import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../domain/program.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import type { MemberRequest, MemberWallets } from '../members/memberWallets.ts';
import type { Written } from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import { checkPoints, checkUint32 } from '../../domain/amounts.ts';
import { refuseIfAny } from '../../domain/errors.ts';
import type { Rounds, RoundView, ShareView } from './rounds.ts';

/** A write of a member in a round, with the round and the member's share as the indexer has them. */
export interface WrittenShare extends Written {
  readonly round: RoundView | null;
  readonly share: ShareView | null;
  readonly account: Address;
}

/** Joins a write to the round and the share that it changed. */
export async function withShare(
  { rounds }: { rounds: Pick<Rounds, 'find' | 'share'> },
  program: Program,
  round: number,
  account: Address,
  written: Written,
): Promise<WrittenShare> {
  return {
    ...written,
    account,
    round: await rounds.find(program, round),
    share: await rounds.share(program, round, account),
  };
}

/** What a write on a share needs. */
export interface ShareWriteDeps {
  readonly memberWallets: MemberWallets;
  readonly calls: ProgramCalls;
  readonly rounds: Pick<Rounds, 'find' | 'share'>;
}

/** Writes a call that moves points of a member into a round or out of it. */
export async function writeOnShare(
  deps: ShareWriteDeps,
  request: MemberRequest,
  { round, amount }: { readonly round: number; readonly amount: bigint },
  encode: (program: Program, round: number, amount: bigint) => ContractCall,
): Promise<WrittenShare> {
  const { program } = request;
  const wallet = await deps.memberWallets.find(request);
  refuseIfAny([...checkUint32('round', round), ...checkPoints('amount', amount)]);
  const call = encode(program, round, amount);
  const written = await deps.memberWallets.write(wallet, request, call);
  return withShare(deps, program, round, wallet.account, written);
}
