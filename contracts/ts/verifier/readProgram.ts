import { keccak256, toBeHex, type Interface } from 'ethers';
import { charterInterface, pointsInterface } from '../contractInterfaces.ts';
import type { Address, Hex } from '../statement.ts';
import type { Rule } from '../terms.ts';
import { announcedTermsIn, targetOf } from './checks/terms/change.ts';
import { HURTS_HOLDERS, HURTS_MEMBERS } from './checks/terms/impact.ts';
import { ruleInWord, ruleTextHash } from './checks/terms/ruleHistory.ts';
import { decode } from './events/events.ts';
import { decodeModuleLog } from './events/moduleEvents.ts';
import { settingsFact } from './facts/facts.ts';
import type { PendingChange, ProgramNow, RoundNow, RuleSetNow } from './facts/programNow.ts';
import type { RawLog } from './rpc/logs.ts';
import {
  failingClearly,
  newestHeader,
  quantity,
  RequestFailed,
  unlessAborted,
  type Rpc,
} from './rpc/rpc.ts';
import { closesAt, nextRound, opensAt, openRound } from './settings/roundClock.ts';
import type { SettingsRead } from './settings/settingsRead.ts';
import { ModuleState } from './state/moduleState.ts';
import { ProgramState } from './state/programState.ts';

export interface ReadOptions {
  /** Where to begin to look for the logs that hold the words; not after the creation of the program. 0 by default. */
  readonly fromBlock?: number;
  readonly signal?: AbortSignal;
}

/**
 * Reads what a program is now, for answers before it is verified: some 50 reads, which `HttpRpc` sends in five requests.
 *
 * @throws CannotVerify when there is no program, or the node does not answer.
 * @example const { ruleSets, pendingChange } = await readProgram(new HttpRpc(url), points);
 */
export async function readProgram(
  provider: Rpc,
  points: Address,
  { fromBlock = 0, signal }: ReadOptions = {},
): Promise<ProgramNow> {
  const reader = new ProgramReader(failingClearly(provider, signal), points, fromBlock);
  return unlessAborted(reader.read(), signal);
}

class ProgramReader {
  readonly #rpc: Rpc;
  readonly #program: Address;
  readonly #fromBlock: number;
  readonly #state: ProgramState;

  constructor(rpc: Rpc, program: Address, fromBlock: number) {
    this.#rpc = rpc;
    this.#program = program;
    this.#fromBlock = fromBlock;
    this.#state = new ProgramState(rpc, program);
  }

  async read(): Promise<ProgramNow> {
    const others = Promise.all([
      newestHeader(this.#rpc),
      this.#chainId(),
      this.#ofPoints(),
      this.#words(),
    ]);
    // The settings say it best when there is no program.
    others.catch(() => undefined);
    const settings = await this.#state.settings();
    const [head, chainId, { ruleSetCount, ...ofPoints }, words] = await others;
    const modules = new ModuleState(this.#rpc, settings);
    const now = await this.#ofModules(modules, ofPoints.epoch);
    const open = openRound(settings, head.timestamp);
    const [ruleSets, ofOpenRound, ofNextRound, pendingChange] = await Promise.all([
      this.#ruleSets(now.ruleSetInForce, ruleSetCount, words),
      open === null ? null : this.#round(modules, settings, open),
      this.#round(modules, settings, nextRound(settings, head.timestamp)),
      now.pendingId === 0 ? null : this.#pendingChange(modules, settings, now.pendingId),
    ]);
    return {
      chainId,
      head: { block: head.number, time: head.timestamp },
      settings: settingsFact(settings),
      ...ofPoints,
      ruleSets,
      openRound: ofOpenRound,
      nextRound: ofNextRound,
      ...now.answers,
      pendingChange,
    };
  }

  async #chainId(): Promise<number> {
    return Number(await this.#rpc.send('eth_chainId', []));
  }

  async #ofPoints() {
    const { points } = this.#state;
    const [
      name,
      symbol,
      operator,
      recorder,
      nextRecorder,
      supply,
      epoch,
      [minted, left],
      ruleSetCount,
    ] = await Promise.all([
      points.read('name'),
      points.read('symbol'),
      points.account('operator'),
      points.account('recorder'),
      points.account('nextRecorder'),
      points.amount('totalSupply'),
      points.number('currentEpoch'),
      points.read('budget'),
      points.number('ruleSetCount'),
    ]);
    return {
      name: String(name[0]),
      symbol: String(symbol[0]),
      ...{ operator, recorder, nextRecorder, supply, epoch, ruleSetCount },
      minted: minted as bigint,
      left: left as bigint,
    };
  }

  async #ofModules(modules: ModuleState, epoch: number) {
    const { charter, buyback, catalogue } = modules;
    const [ruleSetInForce, pendingId, changes, cooldownUntil, ...others] = await Promise.all([
      this.#state.points.number('ruleSetOf', epoch),
      charter.number('pendingChange'),
      charter.number('changeCount'),
      charter.number('cooldownUntil'),
      buyback.amount('reserve'),
      buyback.amount('owed'),
      buyback.amount('withdrawable'),
      buyback.amount('backing'),
      charter.number('strikesInARow'),
      catalogue.number('itemCount'),
      modules.orderCounts(),
    ]);
    const [reserve, owed, withdrawable, backing, strikesInARow, items, orders] = others;
    const money = { reserve, owed, withdrawable, backing };
    const answers = { ...money, changes, cooldownUntil, strikesInARow, items, orders };
    return { ruleSetInForce, pendingId, answers };
  }

  /** The version in force and all later ones. */
  async #ruleSets(inForce: number, count: number, words: readonly Rule[]): Promise<RuleSetNow[]> {
    const versions = Array.from({ length: count - inForce }, (_, i) => inForce + i);
    const sets = await Promise.all(versions.map((version) => this.#state.ruleSet(version)));
    const ids = new Set(sets.flatMap((set) => set.words.map((word) => ruleInWord(word).id)));
    const hashes = new Map<number, string>();
    await Promise.all(
      [...ids].map(async (id) => {
        hashes.set(id, String((await this.#state.points.read('ruleTextHash', id))[0]));
      }),
    );
    return sets.map(({ words: packed, ...set }, i) => ({
      version: inForce + i,
      ...set,
      rules: packed.map(ruleInWord).map((rule) => {
        const told = words.find(
          (candidate) =>
            candidate.id === rule.id && ruleTextHash(candidate) === hashes.get(rule.id),
        );
        return { ...rule, name: told?.name ?? null, text: told?.text ?? null };
      }),
    }));
  }

  async #round(modules: ModuleState, settings: SettingsRead, round: number): Promise<RoundNow> {
    const { tendered, version } = await modules.round(round);
    const { fromRound: _, ...terms } = await modules.termsVersion(version);
    return {
      round,
      opensAt: opensAt(settings, round),
      closesAt: closesAt(settings, round),
      terms,
      tendered,
    };
  }

  async #pendingChange(
    modules: ModuleState,
    settings: SettingsRead,
    id: number,
  ): Promise<PendingChange> {
    const [change, objectionsNeeded, earliestEnactment, told] = await Promise.all([
      modules.change(id),
      modules.charter.amount('objectionsNeeded', id),
      modules.charter.number('earliestEnactment', id),
      this.#announcedTerms(settings, id),
    ]);
    const { announcedAt, noticeEndsAt, diesAt, objections, impact } = change;
    const isTold = told !== null && keccak256(told) === change.termsHash;
    return {
      id,
      terms: isTold ? announcedTermsIn(targetOf(settings, change.target), told) : null,
      hurtsMembers: (impact & HURTS_MEMBERS) !== 0,
      hurtsHolders: (impact & HURTS_HOLDERS) !== 0,
      ...{ announcedAt, noticeEndsAt, diesAt, objections, objectionsNeeded, earliestEnactment },
      lastRoundFrom: change.lastRoundOwed ? change.firstEligibleRound : null,
    };
  }

  /** Every rule that was ever published, the newest first; none where the node does not give the logs. */
  async #words(): Promise<Rule[]> {
    const logs = await this.#logs(this.#program, [topicOf(pointsInterface, 'RuleSetPublished')]);
    return logs
      .map(decode)
      .flatMap((event) => (event.kind === 'ruleSetPublished' ? event.rules : []))
      .reverse();
  }

  async #announcedTerms({ charter }: SettingsRead, id: number): Promise<Hex | null> {
    const topics = [topicOf(charterInterface, 'ChangeAnnounced'), toBeHex(id, WORD_BYTES)];
    const [log] = await this.#logs(charter, topics);
    const event = log === undefined ? null : decodeModuleLog(log, 'charter');
    return event?.kind === 'ChangeAnnounced' ? event.terms : null;
  }

  /** None where the node refuses so many blocks at once: verifying reads them page by page. */
  async #logs(address: Address, topics: readonly string[]): Promise<readonly RawLog[]> {
    const blocks = { fromBlock: quantity(this.#fromBlock), toBlock: 'latest' };
    try {
      const filter = { address, topics, ...blocks };
      return (await this.#rpc.send('eth_getLogs', [filter])) as readonly RawLog[];
    } catch (error) {
      if (error instanceof RequestFailed) return [];
      throw error;
    }
  }
}

const WORD_BYTES = 32;

function topicOf(contract: Interface, event: string): string {
  return contract.getEvent(event)?.topicHash ?? '';
}
