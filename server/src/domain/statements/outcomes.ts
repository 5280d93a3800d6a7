/** Tells which statement each mint and each skip of a batch belongs to, as anybody can who has the events alone. Pure. */
import { statementPoints, type RuleTerms } from '@dewpoint/contracts/formula.ts';
import { unpackLines, type Address, type PackedStatement } from '@dewpoint/contracts/statement.ts';
import { ruleSetOf } from '../epochs.ts';
import type { PointsEvent, ReadEvent, StatementOutcome } from '../events.ts';
import type { RuleSet } from '../program.ts';
import type { ChainPosition } from './statementRecord.ts';

/** Names the statement of an account and an epoch. */
export const statementKey = (account: Address, epoch: number): string => `${account}:${epoch}`;

/** What is known of a program before the events begin. */
export interface OutcomeBasis {
  /** Rule sets that were published before, ascending versions. */
  readonly ruleSets: readonly Pick<RuleSet, 'fromEpoch' | 'rules'>[];
  /** Base units minted for each statement before, by {@link statementKey}; left out for none. */
  readonly minted: ReadonlyMap<string, bigint>;
}

/** What events are before they are told apart. */
type AnyEvent = PointsEvent | Exclude<ReadEvent, StatementOutcome>;

/** An event with its place on chain. */
interface Placed<Event> {
  readonly event: Event;
  readonly at: ChainPosition;
}

interface OpenBatch {
  readonly statements: readonly PackedStatement[];
  readonly transactionHash: string;
  /** Place of the first statement without an outcome so far. */
  next: number;
}

const NOBODY = `0x${'0'.repeat(40)}`;

/** Points of statements by the rules in force for their epochs. */
function createFormula(
  ruleSets: readonly Pick<RuleSet, 'fromEpoch' | 'rules'>[],
): (statement: PackedStatement) => bigint {
  const known = { ruleSets: ruleSets as readonly RuleSet[] };
  const byId = new Map<RuleSet, ReadonlyMap<number, RuleTerms>>();
  return ({ epoch, lines }) => {
    const ruleSet = ruleSetOf(known, epoch);
    if (ruleSet === null) return 0n;
    const rules = byId.get(ruleSet) ?? new Map(ruleSet.rules.map((rule) => [rule.id, rule]));
    byId.set(ruleSet, rules);
    return statementPoints(rules, unpackLines(lines), epoch);
  };
}

/**
 * Puts outcomes of statements in the place of the events that say them: a batch, and after it, in the order of its statements,
 * a mint, a skip or nothing for each. Nothing comes of a statement that earns no more than was minted for it before.
 *
 * @param events Of one program, in chain order, transactions whole.
 * @throws Error when a mint belongs to no statement, which the contract does not do
 */
export function withOutcomes<Log extends Placed<AnyEvent>>(
  events: readonly Log[],
  basis: OutcomeBasis,
): (Omit<Log, 'event'> & Placed<ReadEvent>)[] {
  const minted = new Map(basis.minted);
  const ruleSets = [...basis.ruleSets];
  let pointsOf = createFormula(ruleSets);
  let open: OpenBatch | null = null;

  const settled = (batch: OpenBatch, to: Address, amount: bigint): StatementOutcome => {
    for (const [at, statement] of batch.statements.entries()) {
      if (at < batch.next) continue;
      const { member: account, epoch, lines } = statement;
      const key = statementKey(account, epoch);
      const before = minted.get(key) ?? 0n;
      if (pointsOf(statement) <= before) continue;
      if (account !== to) break;
      const points = before + amount;
      minted.set(key, points);
      batch.next = at + 1;
      return { kind: 'StatementSettled', account, epoch, amount, points, lines };
    }
    throw new Error(`the mint of ${amount} to ${to} is for no statement of its batch`);
  };
  const outcomeOf = (event: AnyEvent, batch: OpenBatch): ReadEvent | null => {
    if (event.kind === 'Transfer') {
      return event.from === NOBODY ? settled(batch, event.to, event.amount) : event;
    }
    if (event.kind === 'BatchSettled') return null;
    if (event.kind !== 'Skipped') return event;
    const statement = batch.statements[event.index];
    if (statement === undefined) throw new Error(`no statement ${event.index} in the batch`);
    const { member: account, epoch, lines } = statement;
    batch.next = event.index + 1;
    return { kind: 'StatementSkipped', account, epoch, reason: event.reason, lines };
  };

  return events.flatMap((log) => {
    const { event, at } = log;
    const { transactionHash } = at;
    if (event.kind === 'RuleSetPublished') {
      const version = { ...event.ruleSet, blockNumber: at.blockNumber, transactionHash };
      ruleSets.push(version);
      pointsOf = createFormula(ruleSets);
    }
    if (event.kind === 'BatchSettled') {
      open = { statements: event.statements, transactionHash, next: 0 };
    } else if (open?.transactionHash !== transactionHash) {
      open = null;
    }
    const none: OpenBatch = { statements: [], transactionHash, next: 0 };
    const outcome = outcomeOf(event, open ?? none);
    return outcome === null ? [] : [{ ...log, event: outcome }];
  });
}
