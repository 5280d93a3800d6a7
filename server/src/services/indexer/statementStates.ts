import type { Address } from '@dewpoint/contracts/statement.ts';
import {
  UNSETTLED,
  withEvents,
  type SettledState,
  type StatementEvent,
} from '../../domain/statements/settledState.ts';
import { statementKey } from '../../domain/statements/outcomes.ts';
import { epochAt, epochStartMs } from '../../domain/epochs.ts';
import type { Program } from '../../domain/program.ts';
import type { StatementRecord } from '../../domain/statements/statementRecord.ts';
import type { ChainReader } from '../../ports/chain/chain.ts';
import type { SettledStatement, StatementStore } from '../../ports/stores/statements.ts';
import type { ChainEventStore, StatementOnChain, StoredEvent } from '../../ports/stores/indexer.ts';

/** Keeps what the chain says about statements: settled or skipped. */
export interface StatementStates {
  /** Adds events, in chain order. */
  apply(program: Program, events: readonly StoredEvent[]): Promise<void>;
  /** Computes every statement that these events name again, from the events stored up to `throughBlock`. */
  undo(program: Program, events: readonly StoredEvent[], throughBlock: number): Promise<void>;
}

/** Statements that are computed again in one go: a restored chain can take back thousands. */
const STATEMENTS_PER_STEP = 500;
/** Time after which a mint that the reserve did not back is tried again: nobody knows when money comes in. */
const BACKING_RETRY_MS = 3_600_000;

const stateOf = (record: StatementRecord): SettledState => ({
  settledLines: record.settledLines,
  settledPoints: record.settledPoints,
  settledAt: record.settledAt,
  skipped: record.skipped,
  notBeforeMs: null,
});

/** The statements that these events name, each once. */
function statementsOf(events: readonly StoredEvent[]): StatementOnChain[] {
  const named = new Map<string, StatementOnChain>();
  for (const { event } of events) {
    if (event.kind !== 'StatementSettled' && event.kind !== 'StatementSkipped') continue;
    const { account, epoch } = event;
    named.set(statementKey(account, epoch), { account, epoch });
  }
  return [...named.values()];
}

export function createStatementStates(deps: {
  reader: ChainReader;
  statements: StatementStore;
  chainEvents: ChainEventStore;
}): StatementStates {
  /**
   * A used-up budget is full again when the next epoch of the clock begins, and a backing may grow at any time; the others never
   * get better, or by time.
   */
  const notBeforeMs = async (program: Program, stored: StoredEvent): Promise<number | null> => {
    const { event, at } = stored;
    if (event.kind !== 'StatementSkipped') return null;
    if (event.reason === 'FutureEpoch') return epochStartMs(program, event.epoch);
    if (event.reason !== 'BudgetUsedUp' && event.reason !== 'NotBacked') return null;
    const header = await deps.reader.header(at.blockNumber);
    if (header === null) return null; // gone since: the indexer undoes this event
    if (event.reason === 'NotBacked') return header.timestampMs + BACKING_RETRY_MS;
    return epochStartMs(program, epochAt(program, header.timestampMs) + 1);
  };

  /** Events by (account, epoch), in chain order. */
  const byStatement = async (
    program: Program,
    events: readonly StoredEvent[],
  ): Promise<Map<string, { account: Address; epoch: number; events: StatementEvent[] }>> => {
    const statements = new Map<
      string,
      { account: Address; epoch: number; events: StatementEvent[] }
    >();
    const notBeforeByBlock = new Map<string, number | null>();
    for (const stored of events) {
      const { event, at } = stored;
      if (event.kind !== 'StatementSettled' && event.kind !== 'StatementSkipped') continue;
      const { account, epoch, lines } = event;
      const key = statementKey(account, epoch);
      const statement = statements.get(key) ?? { account, epoch, events: [] };
      statements.set(key, statement);
      if (event.kind === 'StatementSettled') {
        statement.events.push({ kind: 'Settled', points: event.points, lines, at });
        continue;
      }
      const blockKey = `${event.reason}:${epoch}:${at.blockNumber}`;
      const known = notBeforeByBlock.get(blockKey);
      const waitMs = known === undefined ? await notBeforeMs(program, stored) : known;
      notBeforeByBlock.set(blockKey, waitMs);
      const { reason } = event;
      statement.events.push({ kind: 'Skipped', reason, lines, at, notBeforeMs: waitMs });
    }
    return statements;
  };

  return {
    apply: async (program, events) => {
      const named = await byStatement(program, events);
      if (named.size === 0) return;
      const records = await deps.statements.findByAccounts(program.id, [...named.values()]);
      const states = records.map((record): SettledStatement => {
        const statement = named.get(statementKey(record.account, record.epoch));
        return { id: record.id, ...withEvents(stateOf(record), statement?.events ?? []) };
      });
      await deps.statements.saveSettled(program.id, states);
    },
    undo: async (program, events, throughBlock) => {
      const named = statementsOf(events);
      for (let at = 0; at < named.length; at += STATEMENTS_PER_STEP) {
        const part = named.slice(at, at + STATEMENTS_PER_STEP);
        const kept = await byStatement(
          program,
          await deps.chainEvents.statementEvents(program.id, part, throughBlock),
        );
        const records = await deps.statements.findByAccounts(program.id, part);
        const states = records.map((record): SettledStatement => {
          const statement = kept.get(statementKey(record.account, record.epoch));
          return { id: record.id, ...withEvents(UNSETTLED, statement?.events ?? []) };
        });
        await deps.statements.saveSettled(program.id, states);
      }
    },
  };
}
