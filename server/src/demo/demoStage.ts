/** Plays scenes of the demo as the operator and the members, through the services of the API. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../domain/program.ts';
import type { MemberRecord } from '../ports/stores/members.ts';
import type { Submitter, Actor, ContractCall } from '../ports/chain/submitter.ts';
import { operatorOf } from '../services/transactions/contractWriter.ts';
import type { ProgramCalls } from '../services/transactions/programCalls.ts';
import type { Catalogue } from '../services/catalogue/catalogue.ts';
import type { Changes } from '../services/terms/changes.ts';
import type { Members } from '../services/members/members.ts';
import type { Programs } from '../services/programs/programs.ts';
import type { Rounds } from '../services/buyback/rounds.ts';

/** Writes and reads of a scene. */
export interface Stage {
  readonly program: Program;
  readonly calls: ProgramCalls;
  readonly changes: Changes;
  readonly rounds: Rounds;
  readonly catalogue: Catalogue;
  /** Sends a call of the operator. @param name Name of this write in the story: a second run of the same one does nothing. */
  operator(name: string, call: ContractCall): Promise<void>;
  member(externalId: string, name: string, call: ContractCall): Promise<void>;
  /** Sends what any account may do. */
  anybody(name: string, call: ContractCall): Promise<void>;
  /** Finds the account of a member. */
  account(externalId: string): Promise<Address>;
  /** Waits for what the worker does by itself. */
  until(what: string, holds: () => Promise<boolean>): Promise<void>;
}

/** Services that the stage uses. */
export interface StageDeps {
  readonly submitter: Submitter;
  readonly calls: ProgramCalls;
  readonly changes: Changes;
  readonly rounds: Rounds;
  readonly catalogue: Catalogue;
  readonly members: Members;
  readonly programs: Programs;
  readonly wallNowMs: () => number;
}

/** Time that a worker may take. It does within a second what is due; one that starts, or a slow database, takes longer. */
const WORKER_WITHIN_MS = 90_000;
const LOOK_AGAIN_MS = 50;

/** Creates the stage of one program. */
export function createStage(deps: StageDeps, program: Program): Stage {
  const { submitter, members, wallNowMs } = deps;

  const until: Stage['until'] = async (what, holds) => {
    const giveUpAtMs = wallNowMs() + WORKER_WITHIN_MS;
    while (!(await holds())) {
      if (wallNowMs() > giveUpAtMs) {
        throw new Error(`The demo waits in vain for this: ${what}. Does a worker run?`);
      }
      await delay(LOOK_AGAIN_MS);
    }
  };

  const write = async (actor: Actor, name: string, call: ContractCall): Promise<void> => {
    const idempotencyKey = `demo-${name}`;
    await until(`"${name}" is taken`, async () => {
      const submission = await submitter.submit({
        program,
        actor,
        call,
        idempotencyKey,
        kind: 'demo',
      });
      // One write of a member at a time.
      if (submission.kind === 'BUSY') return false;
      if (submission.kind !== 'ACCEPTED') {
        throw new Error(
          `The demo's "${name}" was not taken: ${JSON.stringify(submission, bigints)}`,
        );
      }
      const { status } = await submitter.wait(submission.transaction.id, WORKER_WITHIN_MS);
      if (status !== 'MINED') throw new Error(`The demo's "${name}" came to nothing: ${status}`);
      return true;
    });
  };

  const memberOf = async (externalId: string): Promise<MemberRecord> => {
    const member = await members.find(program, externalId);
    if (member === null) throw new Error(`The demo has no member ${externalId}`);
    return member;
  };

  return {
    program,
    calls: deps.calls,
    changes: deps.changes,
    rounds: deps.rounds,
    catalogue: deps.catalogue,
    until,
    operator: (name, call) => write(operatorOf(program), name, call),
    anybody: (name, call) => write({ role: 'RELAYER' }, name, call),
    account: async (externalId) => (await memberOf(externalId)).account,
    member: async (externalId, name, call) => {
      const { id: memberId, account } = await memberOf(externalId);
      await write({ role: 'MEMBER', memberId, account }, name, call);
    },
  };
}

const bigints = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;
