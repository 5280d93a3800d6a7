import { Anchors } from '../checks/points/anchors.ts';
import { Batches } from '../checks/points/batches.ts';
import { Ledger, ZERO_ADDRESS } from '../checks/points/ledger.ts';
import { Operators } from '../checks/points/operators.ts';
import { Recorders } from '../checks/points/recorders.ts';
import { Statements } from '../checks/points/statements.ts';
import { RuleHistory } from '../checks/terms/ruleHistory.ts';
import type { PointsEvent, RuleSetPublished, Transfer, Place } from '../events/events.ts';
import type { ModuleEvent } from '../events/moduleEvents.ts';
import type { LoggedAt } from '../facts/facts.ts';
import { Check, type CheckResult } from '../report/check.ts';
import { epochAt, type SettingsRead } from '../settings/settingsRead.ts';
import type { ModuleReads } from '../state/moduleState.ts';
import type { ProgramReads } from '../state/programState.ts';
import { ModuleHistory } from './moduleHistory.ts';

/** A log of one of the four contracts of a program. */
export type ProgramEvent = PointsEvent | ModuleEvent;

/** Nearly all events of a large program: memory must not grow with them. */
const ONLY_ADD_UP: ReadonlySet<ProgramEvent['kind']> = new Set([
  'transfer',
  'batchSettled',
  'skipped',
]);

/** Everything that a program's logs say, judged one by one in the order of the chain. */
export class History {
  readonly ledger: Ledger;
  readonly statements: Statements;
  readonly rules = new RuleHistory();
  readonly recorders = new Recorders();
  readonly operators = new Operators();
  /** The charter, the buyback and the catalogue. */
  readonly modules: ModuleHistory;
  readonly anchors = new Anchors();
  readonly #batches: Batches;
  readonly #logsCheck = new Check('logs');
  readonly #supplyCheck = new Check('supply');
  readonly #settings: SettingsRead;
  /** Unix seconds of the blocks with events that are told of one by one. */
  readonly #times = new Map<number, number>();
  /** Base units minted for statements, rather than all that were transferred from zero. */
  #settled = 0n;
  #first: Place | null = null;
  #last: Place | null = null;
  #lastTime = 0;

  constructor(settings: SettingsRead) {
    this.#settings = settings;
    this.ledger = new Ledger(settings);
    this.modules = new ModuleHistory(settings, this.rules, this.ledger);
    this.statements = new Statements(settings, this.rules, () => ({
      supply: this.ledger.supply,
      backing: settings.backed ? this.modules.backing(this.#lastTime) : null,
    }));
    this.#batches = new Batches(this.statements);
  }

  /** Which module is at which address. */
  get moduleNames(): ReadonlyMap<string, ModuleEvent['contract']> {
    const { charter, buyback, catalogue } = this.#settings;
    return new Map([
      [charter, 'charter'],
      [buyback, 'buyback'],
      [catalogue, 'catalogue'],
    ]);
  }

  /** Where the first log is; null before any was seen. */
  get first(): Place | null {
    return this.#first;
  }

  /** Adds the time to the place of an event, unless it is one of the many that only add up. */
  readonly loggedAt: LoggedAt = (at) => ({ ...at, time: this.#times.get(at.block) ?? 0 });

  /** @param timestamp Unix seconds of the block that holds the event. */
  apply(event: ProgramEvent, timestamp: number): void {
    this.#turnTo(event, timestamp);
    if (!isOutcome(event)) this.#batches.close();
    if (!ONLY_ADD_UP.has(event.kind)) this.#times.set(event.at.block, timestamp);
    const clockEpoch = epochAt(this.#settings, timestamp);
    this.statements.clock(clockEpoch);
    if (!('contract' in event)) return this.#points(event, clockEpoch);
    this.ledger.anythingElse();
    this.modules.apply(event, { time: timestamp, clockEpoch, supply: this.ledger.supply });
  }

  #points(event: PointsEvent, clockEpoch: number): void {
    if (event.kind === 'transfer') return this.#transfer(event, clockEpoch);
    if (event.kind === 'accountMoved') return this.ledger.accountMoved(event);
    this.ledger.anythingElse();
    switch (event.kind) {
      case 'batchSettled':
        return this.#batches.begins(event);
      case 'skipped':
        return this.#batches.skipped(event);
      case 'anchored':
        return this.anchors.anchored(event, clockEpoch);
      case 'ruleSetPublished':
        return this.#ruleSet(event, clockEpoch);
      case 'recorderRotated':
        return this.recorders.rotated(event, clockEpoch);
      case 'recorderRevoked':
        return this.recorders.revoked(event, clockEpoch);
      case 'operatorOffered':
        return this.operators.offered(event);
      case 'operatorChanged':
        return this.operators.changed(event);
      case 'unreadable':
        return this.#logsCheck.differ('a log', 'an event of its contract', event.why, event.at);
      case 'other':
        return;
    }
  }

  /**
   * Compares the end of the history with what the contracts answer. Balances and open epochs are compared apart.
   *
   * @param time Unix seconds of the newest block before they were read.
   */
  compare(reads: ProgramReads, modules: ModuleReads, time: number): void {
    this.#closeTransaction();
    this.ledger.anythingElse();
    this.statements.clock(reads.clockEpoch);
    this.statements.compareBudget(reads.minted, reads.left);
    this.rules.compare(reads.ruleSets, reads.ruleTextHashes);
    this.recorders.compare(reads.recorders, reads.clockEpoch);
    this.anchors.compare(reads.anchors);
    this.operators.compare(reads.operator);
    this.modules.compare(modules, time);
    const supply = this.#settled - this.ledger.burned;
    const sum = this.ledger.sumOfBalances();
    this.#supplyCheck.equal(supply, sum, () => 'the sum of all balances', null);
    this.#supplyCheck.equal(supply, reads.totalSupply, () => 'the supply (totalSupply)', null);
  }

  results(): CheckResult[] {
    const points = [
      this.#logsCheck,
      this.rules.check,
      this.recorders.check,
      this.operators.check,
      this.anchors.check,
      this.statements.acceptedCheck,
      this.statements.pointsCheck,
      this.#batches.check,
      this.statements.budgetsCheck,
      this.statements.backedCheck,
      this.statements.skipsCheck,
      this.ledger.movesCheck,
      this.ledger.balancesCheck,
      this.statements.openCheck,
      this.#supplyCheck,
    ].map((check) => check.result());
    return [...points, ...this.modules.results()];
  }

  #ruleSet(event: RuleSetPublished, clockEpoch: number): void {
    const afterNewest = (this.rules.newest?.fromEpoch ?? -1) + 1;
    this.modules.ruleSetPublished(event, Math.max(clockEpoch + 1, afterNewest));
    this.rules.publish(event, clockEpoch);
  }

  #transfer(event: Transfer, clockEpoch: number): void {
    if (event.from === ZERO_ADDRESS) {
      this.ledger.minting(clockEpoch);
      this.#settled += this.#batches.minted(event);
    }
    this.ledger.transfer(event);
    this.modules.escrows.moved(event);
  }

  /** Keeps the order of the logs, and closes the transaction before when another begins. */
  #turnTo(event: ProgramEvent, timestamp: number): void {
    const { kind, at } = event;
    const last = this.#last;
    if (last === null) {
      this.#first = at;
      const what = () => 'the first log';
      const expected = 'the first operator, with whom a program begins';
      this.#logsCheck.holds(isCreation(event), what, expected, kind, at);
    } else {
      if (last.transactionHash !== at.transactionHash) this.#closeTransaction();
      this.#logsCheck.holds(
        at.block > last.block || (at.block === last.block && at.logIndex > last.logIndex),
        () => 'the order of a log',
        `after log ${last.logIndex} of block ${last.block}`,
        `log ${at.logIndex} of block ${at.block}`,
        at,
      );
      const before = this.#lastTime;
      const time = () => 'the time of a log';
      this.#logsCheck.holds(timestamp >= before, time, `from ${before} on`, timestamp, at);
    }
    this.#last = at;
    this.#lastTime = timestamp;
  }

  #closeTransaction(): void {
    this.#batches.close();
    this.modules.close(this.#last?.transactionHash === this.#first?.transactionHash);
  }
}

/** What comes, or may come, of a statement of the batch before. */
function isOutcome(event: ProgramEvent): boolean {
  if (event.kind === 'transfer') return event.from === ZERO_ADDRESS;
  return event.kind === 'skipped' || event.kind === 'unreadable';
}

/** A program begins with its first operator, who takes over from nobody. */
export function isCreation(event: ProgramEvent): boolean {
  return event.kind === 'operatorChanged' && event.previous === ZERO_ADDRESS;
}
