import type { Address } from '@dewpoint/contracts/statement.ts';
import { checkPoints } from '../../domain/amounts.ts';
import { InputRefused, refuseIfAny } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { ProgramCalls } from '../../ports/chain/programCalls.ts';
import type { MemberWallets, MemberInput } from '../members/memberWallets.ts';
import type { Written, ContractWriter } from '../transactions/contractWriter.ts';
import type { Changes, ChangeView, ObjectionView } from './changes.ts';

/** What came of it, and the change as the reader has it by now. */
export interface WrittenChange extends Written {
  readonly change: ChangeView | null;
}

/** What came of a member's act, and what the member has locked by now. */
export interface WrittenObjection extends WrittenChange {
  readonly objection: ObjectionView | null;
  readonly account: Address;
}

/** Changes on their way; see announcing.ts for how they begin. Changes go by their numbers. */
export interface ChangeWrites {
  /** Applies a change that is due. Anybody may on chain; here the operator's key does. */
  enact(
    program: Program,
    input: { readonly change: number; readonly idempotencyKey: string },
  ): Promise<WrittenChange>;
  withdraw(
    program: Program,
    input: { readonly change: number; readonly idempotencyKey: string },
  ): Promise<WrittenChange>;
  /** Locks points of a member against a change. */
  object(
    program: Program,
    input: MemberInput & { readonly change: number; readonly amount: bigint },
  ): Promise<WrittenObjection>;
  /** Gives a member back what was locked, from the end of the notice on. */
  release(
    program: Program,
    input: MemberInput & { readonly change: number },
  ): Promise<WrittenObjection>;
}

const OPERATOR = { role: 'OPERATOR' } as const;

export function createChangeWrites(deps: {
  writer: ContractWriter;
  memberWallets: MemberWallets;
  calls: ProgramCalls;
  changes: Pick<Changes, 'find' | 'objection'>;
}): ChangeWrites {
  const { writer, memberWallets, calls, changes } = deps;

  const known = async (program: Program, number: number): Promise<ChangeView> => {
    const change = await changes.find(program, number);
    if (change !== null) return change;
    const message = `The program has no change ${number}.`;
    throw new InputRefused([{ code: 'NOT_FOUND', field: 'change', message }]);
  };
  const objected = async (
    program: Program,
    change: number,
    account: Address,
    written: Written,
  ): Promise<WrittenObjection> => ({
    ...written,
    account,
    change: await changes.find(program, change),
    objection: await changes.objection(program, change, account),
  });

  return {
    enact: async (program, { change, idempotencyKey }) => {
      const { terms } = await known(program, change);
      const call = calls.enactChange(program, change, terms);
      const written = await writer.write({
        kind: 'changeEnact',
        program,
        by: OPERATOR,
        call,
        idempotencyKey,
      });
      return { ...written, change: await changes.find(program, change) };
    },
    withdraw: async (program, { change, idempotencyKey }) => {
      const call = calls.withdrawChange(program, change);
      const write = {
        kind: 'changeWithdraw',
        program,
        by: OPERATOR,
        call,
        idempotencyKey,
      } as const;
      const written = await writer.write(write);
      return { ...written, change: await changes.find(program, change) };
    },
    object: async (program, input) => {
      const { change, amount, idempotencyKey } = input;
      const wallet = await memberWallets.find(program, input);
      refuseIfAny(checkPoints('amount', amount));
      const call = calls.object(program, change, amount);
      const write = { kind: 'changeObject', program, call, idempotencyKey } as const;
      return objected(program, change, wallet.account, await memberWallets.write(wallet, write));
    },
    release: async (program, input) => {
      const { change, idempotencyKey } = input;
      const wallet = await memberWallets.find(program, input);
      const call = calls.releaseObjection(program, change, wallet.account);
      const write = { kind: 'objectionRelease', program, call, idempotencyKey } as const;
      return objected(program, change, wallet.account, await memberWallets.writeFor(wallet, write));
    },
  };
}
