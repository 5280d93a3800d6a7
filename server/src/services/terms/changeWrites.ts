import type { Address } from '@dewpoint/contracts/statement.ts';
import { checkPoints } from '../../domain/amounts.ts';
import { InputRefused, refuseIfAny } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { ProgramCalls } from '../../ports/chain/programCalls.ts';
import type { ActingMembers, MemberInput } from '../members/memberWallets.ts';
import type { Acted, BusinessActs } from '../transactions/contractWriter.ts';
import type { Changes, ChangeView, ObjectionView } from './changes.ts';

/** What came of it, and the change as the reader has it by now. */
export interface ChangeActed extends Acted {
  readonly change: ChangeView | null;
}

/** What came of a member's act, and what the member has locked by now. */
export interface ObjectionActed extends ChangeActed {
  readonly objection: ObjectionView | null;
  readonly account: Address;
}

/** Changes on their way; see announcing.ts for how they begin. Changes go by their numbers. */
export interface ChangeActs {
  /** Applies a change that is due. Anybody may on chain; here the operator's key does. */
  enact(
    program: Program,
    input: { readonly change: number; readonly idempotencyKey: string },
  ): Promise<ChangeActed>;
  withdraw(
    program: Program,
    input: { readonly change: number; readonly idempotencyKey: string },
  ): Promise<ChangeActed>;
  /** Locks points of a member against a change. */
  object(
    program: Program,
    input: MemberInput & { readonly change: number; readonly amount: bigint },
  ): Promise<ObjectionActed>;
  /** Gives a member back what was locked, from the end of the notice on. */
  release(
    program: Program,
    input: MemberInput & { readonly change: number },
  ): Promise<ObjectionActed>;
}

const OPERATOR = { role: 'OPERATOR' } as const;

export function createChangeActs(deps: {
  acts: BusinessActs;
  actingMembers: ActingMembers;
  calls: ProgramCalls;
  changes: Pick<Changes, 'find' | 'objection'>;
}): ChangeActs {
  const { acts, actingMembers, calls, changes } = deps;

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
    acted: Acted,
  ): Promise<ObjectionActed> => ({
    ...acted,
    account,
    change: await changes.find(program, change),
    objection: await changes.objection(program, change, account),
  });

  return {
    enact: async (program, { change, idempotencyKey }) => {
      const { terms } = await known(program, change);
      const call = calls.enactChange(program, change, terms);
      const acted = await acts.act({
        kind: 'changeEnact',
        program,
        by: OPERATOR,
        call,
        idempotencyKey,
      });
      return { ...acted, change: await changes.find(program, change) };
    },
    withdraw: async (program, { change, idempotencyKey }) => {
      const call = calls.withdrawChange(program, change);
      const act = { kind: 'changeWithdraw', program, by: OPERATOR, call, idempotencyKey } as const;
      const acted = await acts.act(act);
      return { ...acted, change: await changes.find(program, change) };
    },
    object: async (program, input) => {
      const { change, amount, idempotencyKey } = input;
      const acting = await actingMembers.find(program, input);
      refuseIfAny(checkPoints('amount', amount));
      const call = calls.object(program, change, amount);
      const act = { kind: 'changeObject', program, call, idempotencyKey } as const;
      return objected(program, change, acting.account, await actingMembers.act(acting, act));
    },
    release: async (program, input) => {
      const { change, idempotencyKey } = input;
      const acting = await actingMembers.find(program, input);
      const call = calls.releaseObjection(program, change, acting.account);
      const act = { kind: 'objectionRelease', program, call, idempotencyKey } as const;
      return objected(program, change, acting.account, await actingMembers.actFor(acting, act));
    },
  };
}
