/** A program on a fresh local chain, at addresses that are the same in every run, for measuring gas. */
import {
  ContractFactory,
  Interface,
  JsonRpcProvider,
  ZeroHash,
  type InterfaceAbi,
  type JsonRpcSigner,
} from 'ethers';
import mintTokenArtifact from '../artifacts/MintToken.json' with { type: 'json' };
import {
  createProgram,
  deployLocalMoney,
  deployPrograms,
  type Opening,
  type ProgramContracts,
  type ProgramSettings,
} from '../deploy.ts';
import { pointsInterface } from '../contractInterfaces.ts';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '../formula.ts';
import { minedReceipt } from '../minedReceipt.ts';
import type { Address, Hex } from '../statement.ts';
import { NO_BUDGET_CAP, type BuybackTerms, type RuleSetTerms } from '../terms.ts';
import { BATCH_TYPES, pointsDomain } from '../typedData.ts';

/** Where the clock of the measured chain begins. */
export const GENESIS_TIMESTAMP = 1_800_000_000;
export const EPOCH_SECONDS = 86_400;
const SETTLEMENT_WINDOW = 40;

export const DAY_SECONDS = 86_400;
/** Seconds; also the notice and the deadline of orders. */
export const WEEK_SECONDS = 7 * DAY_SECONDS;
/** Unix seconds: round 0 opens then. */
export const MEASURED_FIRST_ROUND_AT = GENESIS_TIMESTAMP + 3 * DAY_SECONDS;
export const ROUND_PERIOD_SECONDS = 28 * DAY_SECONDS;
/** A round buys 10,000 points for a hundredth of a unit each. */
export const BUYBACK: BuybackTerms = {
  pricePerPoint: 10_000n,
  budgetPerRound: 100_000_000n,
  minTender: 100n,
};

const RULE_COUNT = 3;
/** Base units: the threshold is the share of the supply alone. */
const NO_OBJECTION_CAP = 2n ** 71n - 1n;

export interface MeasuredProgram extends ProgramContracts {
  readonly forwarder: Address;
  readonly money: Address;
  readonly mintToken: Address;
  readonly chainId: bigint;
  readonly operator: JsonRpcSigner;
  readonly recorder: JsonRpcSigner;
  /** Neither of the two, like the others. */
  readonly holder: JsonRpcSigner;
  readonly others: readonly [JsonRpcSigner, JsonRpcSigner, JsonRpcSigner];
  /** Sends what the recorder signed, as anybody may. Gas of the whole transaction. */
  readonly settle: (batch: Hex) => Promise<bigint>;
  /** Gas of the transaction that created the program, its four contracts. */
  readonly gasOfCreation: bigint;
  /** Gas of the whole transaction. */
  readonly call: (from: JsonRpcSigner, to: Address, data: string) => Promise<bigint>;
  readonly goToEpoch: (epoch: number) => Promise<void>;
  /** Moves the clock to a moment in unix seconds. */
  readonly goTo: (moment: number) => Promise<void>;
  /** Makes the chain forget everything since the creation of the program, once. */
  readonly startOver: () => Promise<void>;
  readonly close: () => void;
}

interface Artifact {
  readonly abi: InterfaceAbi;
  readonly bytecode: string;
}

export const mintTokenInterface = new Interface(mintTokenArtifact.abi);

/** Deploys everything to the chain at `url`, whose genesis must be at {@link GENESIS_TIMESTAMP}. */
export async function createMeasuredProgram(url: string): Promise<MeasuredProgram> {
  // Polls fast: a local chain mines at once.
  const provider = new JsonRpcProvider(url, undefined, {
    cacheTimeout: -1,
    pollingInterval: 5,
    batchStallTime: 0,
  });
  const signers = await Promise.all([0, 1, 2, 3, 4, 5].map((index) => provider.getSigner(index)));
  const [operator, recorder, holder, ...others] = signers as [
    JsonRpcSigner,
    JsonRpcSigner,
    JsonRpcSigner,
    JsonRpcSigner,
    JsonRpcSigner,
    JsonRpcSigner,
  ];

  const call = async (from: JsonRpcSigner, to: Address, data: string): Promise<bigint> => {
    const sent = await from.sendTransaction({ to, data });
    const receipt = await minedReceipt(provider, sent.hash);
    if (receipt.status !== 1) throw new Error(`Transaction ${sent.hash} failed`);
    return receipt.gasUsed;
  };
  const settle = async (points: Address, batch: Hex): Promise<bigint> => {
    const domain = pointsDomain((await provider.getNetwork()).chainId, points);
    const signature = await recorder.signTypedData(domain, BATCH_TYPES, { statements: batch });
    const data = pointsInterface.encodeFunctionData('settle', [batch, signature]);
    return call(holder, points, data);
  };
  const goTo = async (moment: number): Promise<void> => {
    await provider.send('evm_setNextBlockTimestamp', [moment]);
    await provider.send('evm_mine', []);
  };

  const deployed = await deployPrograms(operator);
  const mintToken = await deploy(operator, mintTokenArtifact);
  const money = await deployLocalMoney(operator, { name: 'Money', symbol: 'MON', decimals: 6 });
  const settings = settingsOf(operator.address as Address, recorder.address as Address, money);
  const created = await createProgram(operator, deployed.programs, settings, OPENING);
  const kept: unknown = await provider.send('evm_snapshot', []);

  return {
    ...created,
    forwarder: deployed.forwarder,
    money,
    mintToken,
    chainId: (await provider.getNetwork()).chainId,
    operator,
    recorder,
    holder,
    others,
    gasOfCreation: (await minedReceipt(provider, created.tx)).gasUsed,
    call,
    settle: (batch) => settle(created.points, batch),
    goToEpoch: (epoch) => goTo(GENESIS_TIMESTAMP + epoch * EPOCH_SECONDS + 1),
    goTo,
    startOver: async () => {
      const isBack: unknown = await provider.send('evm_revert', [kept]);
      if (isBack !== true) throw new Error('The chain did not go back');
    },
    close: () => provider.destroy(),
  };
}

async function deploy(signer: JsonRpcSigner, artifact: Artifact): Promise<Address> {
  const contract = await new ContractFactory(artifact.abi, artifact.bytecode, signer).deploy();
  await minedReceipt(signer.provider, contract.deploymentTransaction()?.hash ?? '');
  return (await contract.getAddress()) as Address;
}

const settingsOf = (
  operator: Address,
  recorder: Address,
  settlementToken: Address,
): ProgramSettings => ({
  name: 'Measured drops',
  symbol: 'DROP',
  operator,
  recorder,
  startsAt: GENESIS_TIMESTAMP,
  epochLength: EPOCH_SECONDS,
  settlementWindow: SETTLEMENT_WINDOW,
  transferable: true,
  backed: false,
  noticePeriod: WEEK_SECONDS,
  objectionThresholdBps: 1_000,
  objectionCap: NO_OBJECTION_CAP,
  settlementToken,
  firstRoundAt: MEASURED_FIRST_ROUND_AT,
  roundPeriod: ROUND_PERIOD_SECONDS,
  roundWindow: WEEK_SECONDS,
  buyback: BUYBACK,
  orderDeadline: WEEK_SECONDS,
});

/** The opening rule set: a hundred base units an action, and one a unit of amount. */
export const OPENING_RULES: RuleSetTerms = {
  notBefore: 0,
  budgetPerEpoch: NO_BUDGET_CAP,
  documentHash: ZeroHash as Hex,
  rules: Array.from({ length: RULE_COUNT }, (_, index) => ({
    id: index + 1,
    perAction: 100n,
    perUnit: 1_000_000n,
    maxCount: NO_COUNT_CAP,
    maxPoints: NO_POINTS_CAP,
    untilEpoch: NO_END,
    name: `rule-${index + 1}`,
    text: `Rule ${index + 1}`,
  })),
};
const OPENING: Opening = [OPENING_RULES];
