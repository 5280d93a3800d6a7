import { pointsInterface } from '../../contractInterfaces.ts';
import type { Address, Hex } from '../../statement.ts';
import type { AnchorRead } from '../checks/points/anchors.ts';
import type { RecorderReads, VouchingQuestion } from '../checks/points/recorders.ts';
import type { OpenStatement } from '../checks/points/statements.ts';
import type { RuleSetRead } from '../checks/terms/ruleHistory.ts';
import { shown } from '../events/events.ts';
import { ContractReader } from '../rpc/contractReader.ts';
import { call, CannotVerify, codeAt, type Rpc } from '../rpc/rpc.ts';
import { readModuleSettings } from '../settings/moduleSettings.ts';
import type { SettingsRead } from '../settings/settingsRead.ts';

/** The few values of a program that are not of one account. */
export interface ProgramReads {
  readonly totalSupply: bigint;
  readonly operator: Address;
  readonly ruleSets: readonly RuleSetRead[];
  readonly ruleTextHashes: ReadonlyMap<number, string>;
  readonly recorders: RecorderReads;
  /** By epoch. */
  readonly anchors: ReadonlyMap<number, AnchorRead>;
  /** The epoch of the clock for which `minted` and `left` were read. */
  readonly clockEpoch: number;
  readonly minted: bigint;
  readonly left: bigint;
}

/** What the logs say must be asked for. */
export interface Questions {
  readonly ruleIds: readonly number[];
  readonly recorderKeys: Iterable<Address>;
  readonly vouching: readonly VouchingQuestion[];
  /** Of the logs that may be anchored. */
  readonly anchorEpochs: readonly number[];
}

/** The clock's epoch may turn between two reads, but hardly twice in a row. */
const MAX_CLOCK_READS = 5;

/** Reads the state of one program at the newest block. */
export class ProgramState {
  readonly #rpc: Rpc;
  readonly #program: Address;
  readonly points: ContractReader;

  constructor(rpc: Rpc, program: Address) {
    this.#rpc = rpc;
    this.#program = program;
    this.points = new ContractReader(rpc, program, pointsInterface);
  }

  /** @throws CannotVerify when there is no contract, or it does not answer as a program does. */
  async settings(): Promise<SettingsRead> {
    const code = codeAt(this.#rpc, this.#program);
    try {
      const [settings] = await Promise.all([this.#settings(), code]);
      return settings;
    } catch (error) {
      if ((await code) === '0x') {
        throw new CannotVerify(
          `There is no contract at ${shown(this.#program)} on this chain.`,
          'noContract',
        );
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw new CannotVerify(
        `The contract at ${shown(this.#program)} does not answer as a program does: ${reason}`,
        'noProgram',
        { cause: error },
      );
    }
  }

  async #settings(): Promise<SettingsRead> {
    const points = this.points;
    const [
      startsAt,
      epochLength,
      settlementWindow,
      transferable,
      backed,
      forwarder,
      check,
      ...modules
    ] = await Promise.all([
      points.number('startsAt'),
      points.number('epochLength'),
      points.number('settlementWindow'),
      points.read('transferable'),
      points.read('backed'),
      points.account('trustedForwarder'),
      points.account('termsCheck'),
      points.account('charter'),
      points.account('buyback'),
      points.account('catalogue'),
    ]);
    if (epochLength === 0) throw new RangeError('its epochs have no length.');
    const [charter, buyback, catalogue] = modules;
    return {
      ...(await readModuleSettings(this.#rpc, { charter, buyback, catalogue })),
      program: this.#program.toLowerCase() as Address,
      startsAt,
      epochLength,
      settlementWindow,
      transferable: Boolean(transferable[0]),
      backed: Boolean(backed[0]),
      forwarder,
      termsCheck: check,
      modules: new Set(modules),
    };
  }

  async reads(questions: Questions): Promise<ProgramReads> {
    const [supply, operator, ruleSets, hashes, anchors, ofTheClock] = await Promise.all([
      this.points.read('totalSupply'),
      this.points.account('operator'),
      this.#ruleSets(),
      Promise.all(
        questions.ruleIds.map(
          async (id) => [id, String((await this.points.read('ruleTextHash', id))[0])] as const,
        ),
      ),
      this.#anchors(questions.anchorEpochs),
      this.#ofTheClock(questions),
    ]);
    return {
      totalSupply: supply[0] as bigint,
      operator,
      ruleSets,
      ruleTextHashes: new Map(hashes),
      anchors,
      ...ofTheClock,
    };
  }

  /** Base units. */
  async balanceOf(account: Address): Promise<bigint> {
    return BigInt(await call(this.#rpc, this.#program, callData(BALANCE_OF, account)));
  }

  /** Base units. */
  async mintedFor({ member, epoch }: OpenStatement): Promise<bigint> {
    const data = callData(MINTED_FOR, member) + epoch.toString(16).padStart(64, '0');
    return BigInt(await call(this.#rpc, this.#program, data));
  }

  async #ruleSets(): Promise<RuleSetRead[]> {
    const count = await this.points.number('ruleSetCount');
    return Promise.all(Array.from({ length: count }, (_, version) => this.ruleSet(version)));
  }

  async ruleSet(version: number): Promise<RuleSetRead> {
    const [fromEpoch, budgetPerEpoch, hash, words] = await this.points.read('ruleSet', version);
    return {
      fromEpoch: Number(fromEpoch),
      budgetPerEpoch: budgetPerEpoch as bigint,
      documentHash: hash as Hex,
      words: words as readonly bigint[],
    };
  }

  async #anchors(epochs: readonly number[]): Promise<Map<number, AnchorRead>> {
    const anchors = epochs.map(async (epoch) => {
      const [root, count] = await this.points.read('anchorOf', epoch);
      return [epoch, { root: root as Hex, count: Number(count) }] as const;
    });
    return new Map(await Promise.all(anchors));
  }

  /** What depends on the epoch: it is read before and after, so that everything is surely of one epoch. */
  async #ofTheClock(questions: Questions) {
    for (let attempt = 0; attempt < MAX_CLOCK_READS; attempt++) {
      const before = await this.points.number('currentEpoch');
      const [recorders, [minted, left]] = await Promise.all([
        this.#recorders(questions),
        this.points.read('budget'),
      ]);
      const clockEpoch = await this.points.number('currentEpoch');
      if (before === clockEpoch) {
        return { clockEpoch, recorders, minted: minted as bigint, left: left as bigint };
      }
    }
    throw new CannotVerify('The epoch of the clock changes faster than it can be read.', 'tooFast');
  }

  async #recorders({ recorderKeys, vouching }: Questions): Promise<RecorderReads> {
    const revoked = new Set<Address>();
    const vouches = new Map<string, boolean>();
    const [current, next] = await Promise.all([
      this.points.account('recorder'),
      this.points.account('nextRecorder'),
      ...[...recorderKeys].map(async (key) => {
        if ((await this.points.read('isRevoked', key))[0]) revoked.add(key);
      }),
      ...vouching.map(async ({ key, epoch }) => {
        const [counts] = await this.points.read('vouchesFor', key, epoch);
        vouches.set(`${key}:${epoch}`, Boolean(counts));
      }),
    ]);
    return { current, next, revoked, vouches };
  }
}

const BALANCE_OF = selectorOf('balanceOf');
const MINTED_FOR = selectorOf('mintedFor');

function selectorOf(name: string): string {
  const fragment = pointsInterface.getFunction(name);
  if (fragment === null) throw new Error(`Points has no ${name}`);
  return fragment.selector;
}

/** By hand: it is done once for every account. */
function callData(selector: string, account: Address): string {
  return selector + account.slice(2).padStart(64, '0');
}
