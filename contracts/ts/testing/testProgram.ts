import {
  DEV_KEYS,
  DEV_MNEMONIC,
  LOCAL_CHAIN_ID,
  startChain,
  type Chain,
  type ChainOptions,
} from '@dewpoint/infra/chain.ts';
import {
  Contract,
  HDNodeWallet,
  Interface,
  JsonRpcProvider,
  Wallet,
  type TransactionReceipt,
  type ContractTransactionResponse,
} from 'ethers';
import { pointsAbi } from '../abi/pointsAbi.ts';
import {
  createProgram,
  deployPrograms,
  type CreatedProgram,
  type DeployedPrograms,
  type Opening,
  type ProgramSettings,
} from '../deploy.ts';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP, type Line } from '../formula.ts';
import { minedReceipt } from '../minedReceipt.ts';
import { packBatch, packLines, type Address, type Hex } from '../statement.ts';
import { encodeTerms, type Rule, type RuleSetTerms } from '../terms.ts';
import { pointsDomain, STATEMENT_TYPES } from '../typedData.ts';

/** 2026-01-01, 00:00 UTC. */
export const STARTS_AT = 1_767_225_600;
export const EPOCH_LENGTH = 86_400;
export const SETTLEMENT_WINDOW = 8;
/** The local chain mines at once; ethers would look again after four seconds. */
const POLLING_MS = 20;
/** The fourth account of the local chain: a module can be neither operator nor recorder. */
const CHARTER_KEY = HDNodeWallet.fromPhrase(DEV_MNEMONIC, '', "m/44'/60'/0'/0/3").privateKey;

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

/** Terms as soon as possible, with a budget of 10,000 points, with the given fields instead. */
export function terms(fields: Partial<RuleSetTerms> & Pick<RuleSetTerms, 'rules'>): RuleSetTerms {
  return { notBefore: 0, budgetPerEpoch: 1_000_000n, ...fields };
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

/** A program on a chain of its own. The charter is a plain account; the stranger has nothing to do with it. */
export class TestProgram {
  readonly chain: Chain;
  readonly provider: JsonRpcProvider;
  readonly operator: Wallet;
  readonly recorder: Wallet;
  readonly stranger: Wallet;
  readonly charter: Wallet;
  readonly deployed: DeployedPrograms;
  readonly created: CreatedProgram;
  readonly settings: ProgramSettings;
  readonly points = new Interface(pointsAbi);

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
    this.charter = new Wallet(CHARTER_KEY, this.provider);
  }

  /** @param chainOptions `dir` keeps the chain's state, so that it can be started again. */
  static async start(
    opening: Opening,
    fields: Partial<ProgramSettings> = {},
    chainOptions: ChainOptions = {},
  ): Promise<TestProgram> {
    const chain = await startChain({ genesisTimestamp: STARTS_AT, ...chainOptions });
    const provider = new JsonRpcProvider(chain.url, LOCAL_CHAIN_ID, {
      staticNetwork: true,
      cacheTimeout: -1,
    });
    provider.pollingInterval = POLLING_MS;
    const operator = new Wallet(DEV_KEYS.operator, provider);
    const settings: ProgramSettings = {
      name: 'Dew',
      symbol: 'DEW',
      operator: operator.address as Address,
      recorder: new Wallet(DEV_KEYS.recorder).address as Address,
      charter: new Wallet(CHARTER_KEY).address as Address,
      buyback: null,
      catalogue: null,
      startsAt: STARTS_AT,
      epochLength: EPOCH_LENGTH,
      settlementWindow: SETTLEMENT_WINDOW,
      transferable: true,
      ...fields,
    };
    const deployed = await deployPrograms(operator);
    const created = await createProgram(operator, deployed.programs, settings, opening);
    return new TestProgram({ chain, provider, deployed, created, settings });
  }

  get address(): Address {
    return this.created.points;
  }

  async stop(): Promise<void> {
    this.provider.destroy();
    await this.chain.stop();
  }

  /** Sends a call of the contract and waits until it is mined. */
  async send(from: Wallet, name: string, ...values: unknown[]): Promise<TransactionReceipt> {
    const contract = new Contract(this.address, this.points, from);
    const sent = (await contract.getFunction(name)(...values)) as ContractTransactionResponse;
    const receipt = await minedReceipt(this.provider, sent.hash);
    if (receipt.status !== 1) throw new Error(`${name} reverted`);
    return receipt;
  }

  /** Settles a batch by the recorder, or by another key. */
  async settle(
    statements: readonly TestStatement[],
    from = this.recorder,
  ): Promise<TransactionReceipt> {
    const batch = statements.map((s) => ({ ...s, lines: packed(s.lines) }));
    return this.send(from, 'settle', packBatch(batch));
  }

  /** Settles a statement that `signer` signed, sent by the stranger. */
  async settleSigned(
    statement: TestStatement,
    signer = this.recorder,
  ): Promise<TransactionReceipt> {
    const { member, epoch } = statement;
    const lines = packed(statement.lines);
    const domain = pointsDomain(LOCAL_CHAIN_ID, this.address);
    const signature = await signer.signTypedData(domain, STATEMENT_TYPES, { member, epoch, lines });
    return this.send(this.stranger, 'settleSigned', member, epoch, lines, signature);
  }

  async applyTerms(next: RuleSetTerms): Promise<TransactionReceipt> {
    return this.send(this.charter, 'applyTerms', encodeTerms(next));
  }

  /** Moves the clock to the start of an epoch and mines a block there. */
  async turnTo(epoch: number): Promise<void> {
    await this.provider.send('evm_setNextBlockTimestamp', [STARTS_AT + epoch * EPOCH_LENGTH]);
    await this.provider.send('evm_mine', []);
  }

  /** A new wallet with gas money. */
  async newWallet(): Promise<Wallet> {
    const wallet = new Wallet(Wallet.createRandom().privateKey, this.provider);
    await this.provider.send('anvil_setBalance', [wallet.address, '0xde0b6b3a7640000']);
    return wallet;
  }
}
