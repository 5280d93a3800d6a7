import type { Address } from '../statement.ts';
import { checkCode } from './checks/code.ts';
import type { OpenStatement } from './checks/points/statements.ts';
import { checkSettings } from './checks/settings.ts';
import { decode, shown, type Place } from './events/events.ts';
import { decodeModuleLog, type ModuleEvent } from './events/moduleEvents.ts';
import { History, isCreation, type ProgramEvent } from './history/history.ts';
import type { ProgramFacts } from './facts/facts.ts';
import { factsOf } from './history/facts.ts';
import type { CheckResult } from './report/check.ts';
import type { Progress } from './report/progressLine.ts';
import type { Report } from './report/report.ts';
import { CHECK_IDS } from './report/promises.ts';
import { LogReader, reorganised, type RawLog } from './rpc/logs.ts';
import {
  CannotVerify,
  failingClearly,
  header,
  headNumber,
  unlessAborted,
  type Header,
  type Rpc,
} from './rpc/rpc.ts';
import { nextTurn } from './rpc/turn.ts';
import { epochAt, type SettingsRead } from './settings/settingsRead.ts';
import { ModuleState, type ModuleReads } from './state/moduleState.ts';
import { ProgramState, type ProgramReads } from './state/programState.ts';

export interface VerifyRequest {
  readonly provider: Rpc;
  /** Address of the program's Points contract. */
  readonly program: Address;
  /** Where to begin to look for logs; not after the creation of the program. 0 by default. */
  readonly fromBlock?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Ends it with the signal's reason. To end the request under way too, give it to the provider as well. */
  readonly signal?: AbortSignal;
}

/** What was found, and what it was found about. */
export interface VerifiedProgram extends Report {
  /** What the logs tell of the program: for pages that show it, beside the verdict on it. */
  readonly facts: ProgramFacts;
}

/** So many reads are under way at once: a few batches, so that neither side waits for the other. */
const READS_AT_ONCE = 2_000;
/** On a chain that is in use each round re-reads only what the blocks of the one before touched. */
const MAX_ROUNDS = 100;

/**
 * Recomputes a program from its logs alone and compares the result with what its contract answers, all up to one block. Runs in Node and
 * in browsers, there best in a worker.
 *
 * @throws CannotVerify when there is nothing to verify or the RPC fails.
 * @example const { checks, facts } = await verify({ provider: new HttpRpc(url), program });
 */
export async function verify(request: VerifyRequest): Promise<VerifiedProgram> {
  const verification = new Verification(request);
  return unlessAborted(verification.run(), request.signal);
}

class Verification {
  readonly #rpc: Rpc;
  readonly #program: Address;
  readonly #fromBlock: number;
  readonly #onProgress: (progress: Progress) => void;
  readonly #signal: AbortSignal | undefined;
  readonly #state: ProgramState;
  readonly #balances = new Map<Address, bigint>();
  readonly #minted = new Map<string, bigint>();

  constructor({ provider, program, fromBlock = 0, onProgress, signal }: VerifyRequest) {
    this.#rpc = failingClearly(provider, signal);
    this.#signal = signal;
    this.#program = program;
    this.#fromBlock = fromBlock;
    this.#onProgress = onProgress ?? (() => undefined);
    this.#state = new ProgramState(this.#rpc, program);
  }

  /**
   * State can be read only at the newest block: when the chain has moved on meanwhile, its new logs are judged too and
   * what they touched is read again, until nothing has.
   */
  async run(): Promise<VerifiedProgram> {
    const chainId = Number(await this.#rpc.send('eth_chainId', []));
    let head = await this.#head();
    const settings = await this.#state.settings();
    const history = new History(settings);
    const logs = new LogReader(this.#rpc, [settings.program, ...settings.modules]);
    await this.#follow(logs, history, this.#fromBlock, head.number);
    const { first } = history;
    if (first === null) {
      throw new CannotVerify(
        `The RPC has no logs of ${shown(this.#program)} in blocks ${this.#fromBlock} to ${head.number}.`,
        'noLogs',
      );
    }
    const modules = new ModuleState(this.#rpc, settings);
    let due = [...history.statements.open()];
    history.statements.takeTouched();
    for (let round = 0; round < MAX_ROUNDS; round++) {
      await this.#readAccounts(history.ledger.takeTouched(), due);
      const [reads, moduleReads] = await Promise.all([
        this.#state.reads({
          ruleIds: history.rules.definedIds(),
          recorderKeys: history.recorders.keys,
          vouching: history.recorders.questions(),
          anchorEpochs: history.anchors.questions(epochAt(settings, head.timestamp)),
        }),
        modules.reads(history.modules.questions()),
      ]);
      const next = await this.#head();
      const newLogs = await this.#follow(logs, history, head.number + 1, next.number);
      await this.#stillThere(head);
      const readFrom = head.timestamp;
      head = next;
      if (newLogs === 0) {
        const source = await this.#checkSource(settings, first);
        await this.#judging(0);
        this.#compare(history, reads, moduleReads, readFrom);
        const facts = factsOf(history, settings, head);
        const report = this.#report(history, source, facts, chainId);
        await this.#judging(CHECK_IDS.length);
        return { ...report, facts };
      }
      due = history.statements.takeTouched();
    }
    throw new CannotVerify('The program changes faster than it can be read.', 'tooFast');
  }

  /** Judges the logs of some blocks and says how many there were. */
  async #follow(
    logs: LogReader,
    history: History,
    fromBlock: number,
    toBlock: number,
  ): Promise<number> {
    const total = toBlock - this.#fromBlock + 1;
    const { moduleNames } = history;
    let count = 0;
    for await (const page of logs.pages(fromBlock, toBlock)) {
      for (const log of page.logs) {
        const event = eventIn(log, moduleNames);
        if (history.first === null && this.#fromBlock > 0 && !isCreation(event)) {
          throw new CannotVerify(
            `Block ${this.#fromBlock} is after the creation of the program, and nothing can be recomputed without ` +
              'its start: leave out --from or name an earlier block.',
            'fromTooLate',
          );
        }
        history.apply(event, page.timestamps.get(event.at.block) ?? 0);
      }
      count += page.logs.length;
      this.#onProgress({ stage: 'logs', done: page.toBlock - this.#fromBlock + 1, total });
    }
    return count;
  }

  /** Whether the contracts are those of this source, created within its bounds. */
  async #checkSource(settings: SettingsRead, first: Place): Promise<CheckResult[]> {
    const { timestamp } = await header(this.#rpc, first.block);
    return [await checkCode(this.#rpc, settings, first), checkSettings(settings, first, timestamp)];
  }

  async #readAccounts(
    accounts: Iterable<Address>,
    statements: readonly OpenStatement[],
  ): Promise<void> {
    const reads = [
      ...[...accounts].map((account) => async () => {
        this.#balances.set(account, await this.#state.balanceOf(account));
      }),
      ...statements.map((statement) => async () => {
        const minted = await this.#state.mintedFor(statement);
        this.#minted.set(`${statement.member}:${statement.epoch}`, minted);
      }),
    ];
    for (let done = 0; done < reads.length; done += READS_AT_ONCE) {
      await Promise.all(reads.slice(done, done + READS_AT_ONCE).map((read) => read()));
      const upTo = Math.min(reads.length, done + READS_AT_ONCE);
      this.#onProgress({ stage: 'state', done: upTo, total: reads.length });
    }
  }

  /** Judging takes no request: a page that shows the progress, or a signal, gets a turn before and after. */
  async #judging(done: number): Promise<void> {
    this.#onProgress({ stage: 'judging', done, total: CHECK_IDS.length });
    await nextTurn();
    this.#signal?.throwIfAborted();
  }

  #compare(history: History, reads: ProgramReads, moduleReads: ModuleReads, time: number): void {
    history.compare(reads, moduleReads, time);
    for (const [account, balance] of this.#balances) history.ledger.compare(account, balance);
    for (const statement of history.statements.open()) {
      const read = this.#minted.get(`${statement.member}:${statement.epoch}`);
      history.statements.compareOpen(statement, read ?? 0n);
    }
  }

  #report(
    history: History,
    source: readonly CheckResult[],
    { head, anchors, unanchored }: ProgramFacts,
    chainId: number,
  ): Report {
    const checks = [...source, ...history.results()];
    return {
      program: shown(this.#program),
      chainId,
      fromBlock: this.#fromBlock,
      toBlock: head.block,
      checks,
      totals: {
        statements: history.statements.settledCount,
        skipped: history.statements.skippedCount,
        versions: history.rules.count,
        members: history.statements.memberCount,
        minted: history.ledger.minted,
        burned: history.ledger.burned,
        supply: history.ledger.supply,
        anchors: anchors.length,
        unanchored,
        ...history.modules.totals,
      },
      ok: checks.every(({ ok }) => ok),
    };
  }

  async #head(): Promise<Header> {
    return header(this.#rpc, await headNumber(this.#rpc));
  }

  async #stillThere({ number, hash }: Header): Promise<void> {
    if ((await header(this.#rpc, number)).hash !== hash) throw reorganised(number);
  }
}

/** What a log of one of the four contracts says. */
function eventIn(
  log: RawLog,
  moduleNames: ReadonlyMap<string, ModuleEvent['contract']>,
): ProgramEvent {
  const contract = moduleNames.get(log.address.toLowerCase());
  return contract === undefined ? decode(log) : decodeModuleLog(log, contract);
}
