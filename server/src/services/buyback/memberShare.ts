import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../domain/program.ts';
import type { Written } from '../transactions/contractWriter.ts';
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
