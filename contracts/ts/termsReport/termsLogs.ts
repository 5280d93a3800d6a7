import type { Hex } from '../statement.ts';
import { Anchors } from '../verifier/checks/points/anchors.ts';
import { Announced } from '../verifier/checks/terms/announced.ts';
import { RuleHistory } from '../verifier/checks/terms/ruleHistory.ts';
import { TermsHistory } from '../verifier/checks/terms/termsHistory.ts';
import { decode, type RuleSetPublished } from '../verifier/events/events.ts';
import { decodeModuleLog, type Of } from '../verifier/events/moduleEvents.ts';
import { LogReader, type RawLog } from '../verifier/rpc/logs.ts';
import type { Rpc } from '../verifier/rpc/rpc.ts';
import { epochAt, type SettingsRead } from '../verifier/settings/settingsRead.ts';

/** What the logs of a program say about its terms, in the order of the chain. */
export class TermsLogs {
  readonly rules = new RuleHistory();
  readonly terms: TermsHistory;
  readonly announced = new Announced();
  readonly anchors = new Anchors();
  readonly ruleSets: RuleSetPublished[] = [];
  readonly changes: Of<'ChangeAnnounced'>[] = [];
  readonly published: Of<'TermsPublished'>[] = [];
  readonly #settings: SettingsRead;
  readonly #logs: LogReader;
  #transaction: Hex | null = null;
  #isFirstTransaction = true;

  constructor(rpc: Rpc, settings: SettingsRead) {
    this.#settings = settings;
    this.terms = new TermsHistory(settings);
    // The catalogue says nothing about terms.
    const { program, charter, buyback } = settings;
    this.#logs = new LogReader(rpc, [program, charter, buyback]);
  }

  /** Reads the logs of some blocks. Returns how many of them are about terms. */
  async read(
    fromBlock: number,
    toBlock: number,
    onPage: (upTo: number) => void = () => undefined,
  ): Promise<number> {
    let count = 0;
    for await (const page of this.#logs.pages(fromBlock, toBlock)) {
      for (const log of page.logs) {
        const time = page.timestamps.get(Number(log.blockNumber)) ?? 0;
        if (this.#apply(log, time)) count += 1;
      }
      onPage(page.toBlock);
    }
    this.#turnTo(null);
    return count;
  }

  #apply(log: RawLog, time: number): boolean {
    this.#turnTo(log.transactionHash);
    const { charter, buyback } = this.#settings;
    const address = log.address.toLowerCase();
    if (address === charter) return this.#charter(log);
    if (address === buyback) {
      const event = decodeModuleLog(log, 'buyback');
      if (event.kind !== 'TermsPublished') return false;
      this.terms.published(event, time);
      this.announced.termsPublished(event);
      this.published.push(event);
      return true;
    }
    const event = decode(log);
    const clockEpoch = epochAt(this.#settings, time);
    if (event.kind === 'anchored') this.anchors.anchored(event, clockEpoch);
    if (event.kind !== 'ruleSetPublished') return false;
    const afterNewest = (this.rules.newest?.fromEpoch ?? -1) + 1;
    this.announced.ruleSetPublished(event, Math.max(clockEpoch + 1, afterNewest));
    this.rules.publish(event, clockEpoch);
    this.ruleSets.push(event);
    return true;
  }

  #charter(log: RawLog): boolean {
    const event = decodeModuleLog(log, 'charter');
    if (event.kind === 'ChangeAnnounced') this.changes.push(event);
    if (event.kind === 'ChangeEnacted') {
      const { id, version, at } = event;
      const target = this.#targetOf(event.target);
      const terms = this.changes.find((change) => change.id === id)?.terms ?? null;
      this.announced.enacted({ id, version, at, target, terms });
    }
    // Objections and the rest are read from the contract.
    return event.kind !== 'unreadable';
  }

  #targetOf(address: string): 'rule set' | 'buyback terms' | null {
    const { program, buyback } = this.#settings;
    if (address === program) return 'rule set';
    return address === buyback ? 'buyback terms' : null;
  }

  #turnTo(transaction: Hex | null): void {
    if (transaction === this.#transaction) return;
    if (this.#transaction !== null) {
      this.announced.close(this.#isFirstTransaction);
      this.#isFirstTransaction = false;
    }
    this.#transaction = transaction;
  }
}
