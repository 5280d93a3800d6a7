/** A program on a fresh local chain, at addresses that are the same in every run, for measuring gas. */
import {
  ContractFactory,
  Interface,
  JsonRpcProvider,
  type InterfaceAbi,
  type JsonRpcSigner,
} from 'ethers';
import forwarderArtifact from '../artifacts/ERC2771Forwarder.json' with { type: 'json' };
import mintTokenArtifact from '../artifacts/MintToken.json' with { type: 'json' };
import pointsArtifact from '../artifacts/Points.json' with { type: 'json' };
import programsArtifact from '../artifacts/Programs.json' with { type: 'json' };
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '../formula.ts';
import { minedReceipt } from '../minedReceipt.ts';
import type { Address, Hex } from '../statement.ts';

/** Where the clock of the measured chain begins. */
export const GENESIS_TIMESTAMP = 1_800_000_000;
export const EPOCH_SECONDS = 86_400;
export const SETTLEMENT_WINDOW = 40;

const RULE_COUNT = 3;
const NO_BUDGET = 2n ** 96n - 1n;

export interface MeasuredProgram {
  readonly points: Address;
  readonly mintToken: Address;
  readonly chainId: bigint;
  /** Operator, recorder, and somebody who is neither. */
  readonly recorder: JsonRpcSigner;
  readonly holder: JsonRpcSigner;
  /** Gas of the whole transaction. */
  readonly call: (from: JsonRpcSigner, to: Address, data: string) => Promise<bigint>;
  readonly goToEpoch: (epoch: number) => Promise<void>;
  readonly close: () => void;
}

interface Artifact {
  readonly abi: InterfaceAbi;
  readonly bytecode: string;
}

export const pointsInterface = new Interface(pointsArtifact.abi);
export const mintTokenInterface = new Interface(mintTokenArtifact.abi);

/** Deploys everything to the chain at `url`, whose genesis must be at {@link GENESIS_TIMESTAMP}. */
export async function createMeasuredProgram(url: string): Promise<MeasuredProgram> {
  // Polls fast: a local chain mines at once.
  const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1, pollingInterval: 5 });
  const [operator, recorder, holder] = await Promise.all(
    [0, 1, 2].map((index) => provider.getSigner(index)),
  );
  if (!operator || !recorder || !holder) throw new Error('The chain has too few accounts');

  const deploy = async (artifact: Artifact, ...args: unknown[]): Promise<Address> => {
    const contract = await new ContractFactory(artifact.abi, artifact.bytecode, operator).deploy(
      ...args,
    );
    await minedReceipt(provider, contract.deploymentTransaction()?.hash ?? '');
    return (await contract.getAddress()) as Address;
  };
  const call = async (from: JsonRpcSigner, to: Address, data: string): Promise<bigint> => {
    const sent = await from.sendTransaction({ to, data });
    const receipt = await minedReceipt(provider, sent.hash);
    if (receipt.status !== 1) throw new Error(`Transaction ${sent.hash} failed`);
    return receipt.gasUsed;
  };

  const forwarder = await deploy(forwarderArtifact, 'Dewpoint');
  const implementation = await deploy(pointsArtifact, forwarder);
  const programs = await deploy(programsArtifact, implementation);
  const mintToken = await deploy(mintTokenArtifact);
  const programsInterface = new Interface(programsArtifact.abi);
  const settings = settingsOf(operator.address as Address, recorder.address as Address);
  const data = programsInterface.encodeFunctionData('create', [settings, [openingRules()], SALT]);
  const predicted = await provider.call({ from: operator.address, to: programs, data });
  await call(operator, programs, data);
  const [points] = programsInterface.decodeFunctionResult('create', predicted);

  return {
    points: points as Address,
    mintToken,
    chainId: (await provider.getNetwork()).chainId,
    recorder,
    holder,
    call,
    goToEpoch: async (epoch) => {
      await provider.send('evm_setNextBlockTimestamp', [
        GENESIS_TIMESTAMP + epoch * EPOCH_SECONDS + 1,
      ]);
      await provider.send('evm_mine', []);
    },
    close: () => provider.destroy(),
  };
}

const SALT: Hex = `0x${'00'.repeat(32)}`;

/** Addresses for the modules, which take no part in what is measured. */
const CHARTER: Address = '0x0000000000000000000000000000000000c4a47e';
const BUYBACK: Address = '0x000000000000000000000000000000000000b0b0';
const CATALOGUE: Address = '0x000000000000000000000000000000000000ca7a';

const settingsOf = (operator: Address, recorder: Address): Record<string, unknown> => ({
  name: 'Measured drops',
  symbol: 'DROP',
  operator,
  recorder,
  charter: CHARTER,
  buyback: BUYBACK,
  catalogue: CATALOGUE,
  startsAt: GENESIS_TIMESTAMP,
  epochLength: EPOCH_SECONDS,
  settlementWindow: SETTLEMENT_WINDOW,
  transferable: true,
});

const openingRules = (): Record<string, unknown> => ({
  notBefore: 0,
  budgetPerEpoch: NO_BUDGET,
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
});
