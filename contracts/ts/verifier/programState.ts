import type { Address } from '../statement.ts';
import { shown } from './events.ts';
import { pointsInterface } from './pointsInterface.ts';
import { call, CannotVerify, type Rpc } from './rpc.ts';
import type { OpenStatement } from './statements.ts';

/** What never changes about a program. Addresses are in lower case. */
export interface ProgramSettings {
  readonly program: Address;
  /** Unix seconds: the start of epoch 0. */
  readonly startsAt: number;
  /** Seconds. */
  readonly epochLength: number;
  /** Epochs. */
  readonly settlementWindow: number;
  readonly transferable: boolean;
  /** Charter, buyback and catalogue, as far as the program has them. */
  readonly modules: ReadonlySet<Address>;
  readonly forwarder: Address;
}

/** A version of the rule set as the contract computes with it. */
export interface RuleSetRead {
  readonly fromEpoch: number;
  readonly budgetPerEpoch: bigint;
  readonly words: readonly bigint[];
}

/** What the contract says of its recorders. */
export interface RecorderReads {
  readonly byEpoch: ReadonlyMap<number, Address>;
  readonly revoked: ReadonlySet<Address>;
}

/** The few values of a program that are not of one account. */
export interface ProgramReads {
  readonly totalSupply: bigint;
  readonly operator: Address;
  readonly ruleSets: readonly RuleSetRead[];
  readonly ruleTextHashes: ReadonlyMap<number, string>;
  readonly recorders: RecorderReads;
  /** The epoch of the clock for which `minted` and `left` were read. */
  readonly clockEpoch: number;
  readonly minted: bigint;
  readonly left: bigint;
}

/** What the logs say must be asked for. */
export interface Questions {
  readonly ruleIds: readonly number[];
  readonly recorderEpochs: readonly number[];
  readonly recorderKeys: Iterable<Address>;
}

const ZERO = /^0x0{40}$/;
/** The clock's epoch may turn between two reads, but hardly twice in a row. */
const MAX_CLOCK_READS = 5;

/** Reads the state of one program at the newest block. */
export class ProgramState {
  readonly #rpc: Rpc;
  readonly #program: Address;

  constructor(rpc: Rpc, program: Address) {
    this.#rpc = rpc;
    this.#program = program;
  }

  /** @throws CannotVerify when the contract does not answer as a program does. */
  async settings(): Promise<ProgramSettings> {
    try {
      return await this.#settings();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new CannotVerify(
        `The contract at ${shown(this.#program)} does not answer as a program does: ${reason}`,
      );
    }
  }

  async #settings(): Promise<ProgramSettings> {
    const [startsAt, epochLength, settlementWindow, transferable, ...addresses] = await Promise.all(
      [
        this.#number('startsAt'),
        this.#number('epochLength'),
        this.#number('settlementWindow'),
        this.#read('transferable'),
        this.#address('trustedForwarder'),
        this.#address('charter'),
        this.#address('buyback'),
        this.#address('catalogue'),
      ],
    );
    const [forwarder, ...modules] = addresses;
    if (epochLength === 0) throw new RangeError('its epochs have no length.');
    return {
      program: this.#program.toLowerCase() as Address,
      startsAt,
      epochLength,
      settlementWindow,
      transferable: Boolean(transferable[0]),
      forwarder,
      modules: new Set(modules.filter((module) => !ZERO.test(module))),
    };
  }

  async reads(questions: Questions): Promise<ProgramReads> {
    const [supply, operator, ruleSets, hashes, recorders, budget] = await Promise.all([
      this.#read('totalSupply'),
      this.#address('operator'),
      this.#ruleSets(),
      Promise.all(
        questions.ruleIds.map(
          async (id) => [id, String((await this.#read('ruleTextHash', id))[0])] as const,
        ),
      ),
      this.#recorders(questions),
      this.#budget(),
    ]);
    return {
      totalSupply: supply[0] as bigint,
      operator,
      ruleSets,
      ruleTextHashes: new Map(hashes),
      recorders,
      ...budget,
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
    const count = await this.#number('ruleSetCount');
    return Promise.all(
      Array.from({ length: count }, async (_, version) => {
        const [fromEpoch, budgetPerEpoch, words] = await this.#read('ruleSet', version);
        return {
          fromEpoch: Number(fromEpoch),
          budgetPerEpoch: budgetPerEpoch as bigint,
          words: words as readonly bigint[],
        };
      }),
    );
  }

  async #recorders({ recorderEpochs, recorderKeys }: Questions): Promise<RecorderReads> {
    const byEpoch = new Map<number, Address>();
    const revoked = new Set<Address>();
    await Promise.all([
      ...recorderEpochs.map(async (epoch) => {
        byEpoch.set(epoch, await this.#address('recorderOf', epoch));
      }),
      ...[...recorderKeys].map(async (key) => {
        if ((await this.#read('isRevoked', key))[0]) revoked.add(key);
      }),
    ]);
    return { byEpoch, revoked };
  }

  /** The epoch is read before and after, so that both values are surely of that epoch. */
  async #budget(): Promise<Pick<ProgramReads, 'clockEpoch' | 'minted' | 'left'>> {
    for (let attempt = 0; attempt < MAX_CLOCK_READS; attempt++) {
      const before = await this.#number('currentEpoch');
      const [minted, left] = await this.#read('budget');
      const clockEpoch = await this.#number('currentEpoch');
      if (before === clockEpoch) {
        return { clockEpoch, minted: minted as bigint, left: left as bigint };
      }
    }
    throw new CannotVerify('The epoch of the clock changes faster than it can be read.');
  }

  async #number(name: string): Promise<number> {
    return Number((await this.#read(name))[0]);
  }

  async #address(name: string, ...values: unknown[]): Promise<Address> {
    return String((await this.#read(name, ...values))[0]).toLowerCase() as Address;
  }

  async #read(name: string, ...values: unknown[]): Promise<readonly unknown[]> {
    const data = pointsInterface.encodeFunctionData(name, values);
    const answer = await call(this.#rpc, this.#program, data);
    // Deep: ethers' own results throw where an array has undefined.
    return pointsInterface.decodeFunctionResult(name, answer).toArray(true) as readonly unknown[];
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
