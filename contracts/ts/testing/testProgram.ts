import {
  DEV_KEYS,
  LOCAL_CHAIN_ID,
  type Chain,
  type ChainOptions,
} from '@dewpoint/infra/chain/chain.ts';
import {
  Contract,
  JsonRpcProvider,
  Wallet,
  hexlify,
  randomBytes,
  type TransactionReceipt,
  type ContractTransactionResponse,
} from 'ethers';
import {
  buybackInterface,
  catalogueInterface,
  charterInterface,
  localMoneyInterface,
  pointsInterface,
} from '../contractInterfaces.ts';
import {
  createProgram,
  type CreatedProgram,
  type DeployedPrograms,
  type Opening,
  type ProgramSettings,
} from '../deploy.ts';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP, type Line } from '../formula.ts';
import { minedReceipt } from '../minedReceipt.ts';
import { packBatch, packLines, type Address, type Hex } from '../statement.ts';
import { NO_DOCUMENT, type BuybackTerms, type Rule, type RuleSetTerms } from '../terms.ts';
import {
  ANCHOR_TYPES,
  BATCH_TYPES,
  pointsDomain,
  STATEMENT_TYPES,
  type PointsDomain,
} from '../typedData.ts';
import { startDeployedChain } from './chain/deployedChain.ts';
import { STARTS_AT } from './chain/deployOnce.ts';

export const EPOCH_LENGTH = 86_400;
export const SETTLEMENT_WINDOW = 8;
/** The local chain mines at once; ethers would look again after four seconds. */
const POLLING_MS = 20;
const DAY = 86_400;
const KEY_BYTES = 32;

/** Seconds: the shortest notice that the factory allows. */
export const NOTICE_PERIOD = 7 * DAY;
/** Unix seconds: round 0 opens ten days after the start. */
export const FIRST_ROUND_AT = STARTS_AT + 10 * DAY;
export const ROUND_PERIOD = 14 * DAY;
export const ROUND_WINDOW = 3 * DAY;
export const ORDER_DEADLINE = 3 * DAY;
/** Base units: what strikes a change down, whatever the supply. No test needs so many. */
export const OBJECTION_CAP = 2n ** 71n - 1n;
/** A point costs 0.01 of a money with 6 decimals; a round buys 100 points at most, a tender is of 1 at least. */
export const BUYBACK_TERMS: BuybackTerms = {
  pricePerPoint: 10_000n,
  budgetPerRound: 1_000_000n,
  minTender: 100n,
};

/** The contracts that a test calls. */
const INTERFACES = {
  points: pointsInterface,
  charter: charterInterface,
  buyback: buybackInterface,
  catalogue: catalogueInterface,
  money: localMoneyInterface,
};
export type TestContract = keyof typeof INTERFACES;

/** A rule of 10 points an action, with the given fields instead. */
export function rule(fields: Partial<Rule> & { readonly id: number }): Rule {
  return {
    perAction: 1_000n,
    perUnit: 0n,
    maxCount: NO_COUNT_CAP,
    maxPoints: NO_POINTS_CAP,
    untilEpoch: NO_END,
    name: `rule-${fields.id}`,
    text: `What rule ${fields.id} earns`,
    ...fields,
  };
}

/** Terms as soon as possible, with a budget of 10,000 points and no small print, with the given fields instead. */
export function terms(fields: Partial<RuleSetTerms> & Pick<RuleSetTerms, 'rules'>): RuleSetTerms {
  return { notBefore: 0, budgetPerEpoch: 1_000_000n, documentHash: NO_DOCUMENT, ...fields };
}

/** The address of a wallet, which ethers types as any string. */
export function addressOf(wallet: Wallet): Address {
  return wallet.address as Address;
}

function packed(lines: readonly Line[] | Hex): Hex {
  return typeof lines === 'string' ? lines : packLines(lines);
}

/** A statement as a test writes it. */
export interface TestStatement {
  readonly member: Address;
  readonly epoch: number;
  /** Packed lines are sent as they are. */
  readonly lines: readonly Line[] | Hex;
}

/** A program on a chain of its own, with a money that anybody may mint. The stranger has nothing to do with it. */
export class TestProgram {
  readonly chain: Chain;
  readonly provider: JsonRpcProvider;
  readonly operator: Wallet;
  readonly recorder: Wallet;
  readonly stranger: Wallet;
  readonly deployed: DeployedPrograms;
  readonly created: CreatedProgram;
  readonly settings: ProgramSettings;
  readonly points = INTERFACES.points;

  private constructor(parts: {
    chain: Chain;
    provider: JsonRpcProvider;
    deployed: DeployedPrograms;
    created: CreatedProgram;
    settings: ProgramSettings;
  }) {
    this.chain = parts.chain;
    this.provider = parts.provider;
    this.deployed = parts.deployed;
    this.created = parts.created;
    this.settings = parts.settings;
    this.operator = new Wallet(DEV_KEYS.operator, this.provider);
    this.recorder = new Wallet(DEV_KEYS.recorder, this.provider);
    this.stranger = new Wallet(DEV_KEYS.stranger, this.provider);
  }

  /** @param chainOptions `dir` keeps the chain's state, so that it can be started again. */
  static async start(
    opening: Opening,
    fields: Partial<ProgramSettings> = {},
    chainOptions: Pick<ChainOptions, 'dir'> = {},
  ): Promise<TestProgram> {
    const { chain, programs: deployed, money } = await startDeployedChain(chainOptions);
    const provider = new JsonRpcProvider(chain.url, LOCAL_CHAIN_ID, {
      staticNetwork: true,
      cacheTimeout: -1,
      // Requests of one moment still travel together; ethers would wait 10 ms for more of them each time.
      batchStallTime: 0,
    });
    provider.pollingInterval = POLLING_MS;
    const operator = new Wallet(DEV_KEYS.operator, provider);
    const settings: ProgramSettings = {
      name: 'Dew',
      symbol: 'DEW',
      operator: operator.address as Address,
      recorder: new Wallet(DEV_KEYS.recorder).address as Address,
      startsAt: STARTS_AT,
      epochLength: EPOCH_LENGTH,
      settlementWindow: SETTLEMENT_WINDOW,
      transferable: true,
      backed: false,
      noticePeriod: NOTICE_PERIOD,
      objectionThresholdBps: 1_000,
      objectionCap: OBJECTION_CAP,
      settlementToken: money,
      firstRoundAt: FIRST_ROUND_AT,
      roundPeriod: ROUND_PERIOD,
      roundWindow: ROUND_WINDOW,
      buyback: BUYBACK_TERMS,
      orderDeadline: ORDER_DEADLINE,
      ...fields,
    };
    const created = await createProgram(operator, deployed.programs, settings, opening);
    return new TestProgram({ chain, provider, deployed, created, settings });
  }

  get address(): Address {
    return this.created.points;
  }

  /** Under which the recorder and members sign. */
  get domain(): PointsDomain {
    return pointsDomain(LOCAL_CHAIN_ID, this.address);
  }

  async stop(): Promise<void> {
    this.provider.destroy();
    await this.chain.stop();
  }

  /** Address of a contract. */
  addressOf(contract: TestContract): Address {
    return contract === 'money' ? this.settings.settlementToken : this.created[contract];
  }

  /** Sends a call of Points and waits until it is mined. */
  async send(from: Wallet, name: string, ...values: unknown[]): Promise<TransactionReceipt> {
    return this.sendTo('points', from, name, ...values);
  }

  /** Sends a call of any contract and waits until it is mined. */
  async sendTo(
    contract: TestContract,
    from: Wallet,
    name: string,
    ...values: unknown[]
  ): Promise<TransactionReceipt> {
    const called = new Contract(this.addressOf(contract), INTERFACES[contract], from);
    const sent = (await called.getFunction(name)(...values)) as ContractTransactionResponse;
    const receipt = await minedReceipt(this.provider, sent.hash);
    if (receipt.status !== 1) throw new Error(`${name} reverted`);
    return receipt;
  }

  /** Calldata of a function. */
  encode(contract: TestContract, name: string, ...values: unknown[]): Hex {
    return INTERFACES[contract].encodeFunctionData(name, values) as Hex;
  }

  /** The first value that a function answers. */
  async read(contract: TestContract, name: string, ...values: unknown[]): Promise<unknown> {
    const to = this.addressOf(contract);
    const data = this.encode(contract, name, ...values);
    const answer = await this.provider.call({ to, data });
    return INTERFACES[contract].decodeFunctionResult(name, answer)[0];
  }

  /** Settles a batch that the recorder signed, or another key; sent by the stranger. */
  async settle(
    statements: readonly TestStatement[],
    signer = this.recorder,
  ): Promise<TransactionReceipt> {
    const batch = packBatch(statements.map((s) => ({ ...s, lines: packed(s.lines) })));
    const signature = await signer.signTypedData(this.domain, BATCH_TYPES, { statements: batch });
    return this.send(this.stranger, 'settle', batch, signature);
  }

  /** Settles a statement that `signer` signed, sent by the stranger. */
  async settleSigned(
    statement: TestStatement,
    signer = this.recorder,
  ): Promise<TransactionReceipt> {
    const { member, epoch } = statement;
    const lines = packed(statement.lines);
    const value = { member, epoch, lines };
    const signature = await signer.signTypedData(this.domain, STATEMENT_TYPES, value);
    const { address } = signer;
    return this.send(this.stranger, 'settleSigned', member, epoch, lines, address, signature);
  }

  /** Anchors the log of an epoch that the recorder signed, or another key; sent by the stranger. */
  async anchor(
    epoch: number,
    root: Hex,
    count: number,
    signer = this.recorder,
  ): Promise<TransactionReceipt> {
    const value = { epoch, root, count };
    const signature = await signer.signTypedData(this.domain, ANCHOR_TYPES, value);
    return this.send(this.stranger, 'anchor', epoch, root, count, signature);
  }

  /** Moves the clock to the start of an epoch and mines a block there. */
  async turnTo(epoch: number): Promise<void> {
    await this.moveTo(STARTS_AT + epoch * EPOCH_LENGTH);
  }

  /** Moves the clock to a moment in unix seconds, later than the newest block, and mines a block there. */
  async moveTo(moment: number): Promise<void> {
    await this.provider.send('evm_setNextBlockTimestamp', [moment]);
    await this.provider.send('evm_mine', []);
  }

  /** Keeps the state and the clock of the chain as they are now; the function returned brings them back, any number of times. */
  async keepState(): Promise<() => Promise<void>> {
    const keep = async (): Promise<string> => String(await this.provider.send('evm_snapshot', []));
    let kept = await keep();
    return async () => {
      const isBack: unknown = await this.provider.send('evm_revert', [kept]);
      if (isBack !== true) throw new Error(`the chain did not go back to snapshot ${kept}`);
      // Going back uses a snapshot up.
      kept = await keep();
    };
  }

  /** A new wallet with gas money. */
  async newWallet(): Promise<Wallet> {
    const wallet = new Wallet(hexlify(randomBytes(KEY_BYTES)), this.provider);
    await this.provider.send('anvil_setBalance', [wallet.address, '0xde0b6b3a7640000']);
    return wallet;
  }
}
