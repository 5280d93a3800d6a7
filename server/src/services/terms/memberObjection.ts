import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../domain/program.ts';
import type { MemberWallets } from '../members/memberWallets.ts';
import type { Written } from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { Changes, ObjectionView } from './changes.ts';
import type { WrittenChange } from './withdrawChange.ts';

/** Services of writes on objections. */
export interface ObjectionWriteDeps {
  readonly memberWallets: MemberWallets;
  readonly calls: ProgramCalls;
  readonly changes: Pick<Changes, 'find' | 'objection'>;
}

/** A write of a member on a change, with the member's objection as the indexer has it. */
export interface WrittenObjection extends WrittenChange {
  readonly objection: ObjectionView | null;
  readonly account: Address;
}

/** Joins a write to the change and the objection that it changed. */
export async function withObjection(
  { changes }: Pick<ObjectionWriteDeps, 'changes'>,
  program: Program,
  change: number,
  account: Address,
  written: Written,
): Promise<WrittenObjection> {
  return {
    ...written,
    account,
    change: await changes.find(program, change),
    objection: await changes.objection(program, change, account),
  };
}
