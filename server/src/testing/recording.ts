import type { Program } from '../domain/program.ts';
import { statementId } from '../domain/ids.ts';
import type { StatementRecord } from '../domain/statements/statementRecord.ts';
import { RECORDED_PROGRAM } from './builders/program.ts';
import { createSetClock, type SetClock } from './chain.ts';
import { HOUR_MS, STARTS_AT_MS } from './builders/time.ts';
import type { MortalParts } from './deaths.ts';
import {
  startFoundation,
  startProcess,
  type ProcessOverrides,
  type ServerProcess,
  type TestFoundation,
} from './foundation.ts';

/**
 * One process of the server that records actions of an invented program, which no chain has, by a clock that the test sets: noon of
 * epoch 0 at first.
 */
export interface Recording extends TestFoundation, ServerProcess {
  readonly clock: SetClock;
  readonly program: Program;
  /** Another process with the same clock on the same database, or on one that fails. */
  process(overrides?: ProcessOverrides): ServerProcess;
  aggregateAll(): Promise<void>;
  /** The statement of a member, by the app's id; null for none. */
  statementOf(externalId: string, epoch: number): Promise<StatementRecord | null>;
}

/** The stores that recording and aggregating write to. */
export const RECORDING_STORES = {
  actionLog: 'all',
  members: 'all',
  statements: 'all',
} as const satisfies MortalParts;

export async function startRecording(): Promise<Recording> {
  const foundation = await startFoundation();
  const { store } = foundation;
  const clock = createSetClock(STARTS_AT_MS + 12 * HOUR_MS);
  const chain = { ...foundation.chain, clock };
  const process = (overrides: ProcessOverrides = {}): ServerProcess =>
    startProcess(foundation, { chain, ...overrides });
  const first = process();
  const program = await first.programs.register(RECORDED_PROGRAM);
  return {
    ...foundation,
    ...first,
    chain,
    clock,
    program,
    process,
    aggregateAll: async () => {
      while ((await first.aggregator.step(program)) > 0);
    },
    statementOf: async (externalId, epoch) => {
      const member = await store.members.findByExternalId(program.id, externalId);
      if (member === null) return null;
      return store.statements.findById(program.id, statementId(member.id, epoch));
    },
    close: async () => {
      await first.recordActions.close();
      await foundation.close();
    },
  };
}
