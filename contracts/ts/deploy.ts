import {
  ContractFactory,
  ZeroHash,
  type InterfaceAbi,
  type Provider,
  type Result,
  type Signer,
} from 'ethers';
import buybackArtifact from './artifacts/Buyback.json' with { type: 'json' };
import catalogueArtifact from './artifacts/Catalogue.json' with { type: 'json' };
import charterArtifact from './artifacts/Charter.json' with { type: 'json' };
import forwarderArtifact from './artifacts/ERC2771Forwarder.json' with { type: 'json' };
import localMoneyArtifact from './artifacts/LocalMoney.json' with { type: 'json' };
import pointsArtifact from './artifacts/Points.json' with { type: 'json' };
import programsArtifact from './artifacts/Programs.json' with { type: 'json' };
import { programsInterface } from './contractInterfaces.ts';
import { minedReceipt } from './minedReceipt.ts';
import type { Address, Hex } from './statement.ts';
import type { BuybackTerms, RuleSetTerms } from './terms.ts';

/** The contracts of one program, or the implementations behind all of them. */
export interface ProgramContracts {
  /** Also the address by which the program is known. */
  readonly points: Address;
  readonly charter: Address;
  readonly buyback: Address;
  readonly catalogue: Address;
}

/** Addresses of the contracts that all programs of a chain share. */
export interface DeployedPrograms {
  /** The factory. */
  readonly programs: Address;
  readonly implementations: ProgramContracts;
  /** The ERC-2771 forwarder that every program trusts to speak for members and operators. */
  readonly forwarder: Address;
}

/** What a program is created with; see `ProgramSettings` in IPrograms.sol for the bounds. */
export interface ProgramSettings {
  readonly name: string;
  readonly symbol: string;
  readonly operator: Address;
  readonly recorder: Address;
  /** Unix seconds: the start of epoch 0, in which the creation must fall. */
  readonly startsAt: number;
  /** Seconds. */
  readonly epochLength: number;
  /** Epochs, a multiple of 4, at least 7 days. */
  readonly settlementWindow: number;
  readonly transferable: boolean;
  /** Whether no point is ever minted that the reserve could not buy back. */
  readonly backed: boolean;
  /** Seconds. */
  readonly noticePeriod: number;
  /** Basis points of the supply. */
  readonly objectionThresholdBps: number;
  /** Base units of points: no more is ever needed to strike a change down. */
  readonly objectionCap: bigint;
  readonly settlementToken: Address;
  /** Unix seconds: round 0 opens then. */
  readonly firstRoundAt: number;
  /** Seconds from opening to opening. */
  readonly roundPeriod: number;
  /** Seconds for which a round is open. */
  readonly roundWindow: number;
  /** The first buyback terms; a budget of 0 buys nothing for now. */
  readonly buyback: BuybackTerms;
  /** Seconds. */
  readonly orderDeadline: number;
}

/** One rule set for epoch 0 on; or two, for epoch 0 and for epoch 1 on. */
export type Opening = readonly [RuleSetTerms] | readonly [RuleSetTerms, RuleSetTerms];

/** A program and where it was created. */
export interface CreatedProgram extends ProgramContracts {
  readonly block: number;
  readonly tx: Hex;
}

/** What a local settlement token is called, and how it counts. */
export interface LocalMoneySettings {
  readonly name: string;
  readonly symbol: string;
  readonly decimals: number;
}

/** EIP-712 name of the forwarder, the same as of every other contract. */
const FORWARDER_NAME = 'Dewpoint';

/** The contracts that all programs of a chain share, in the order in which they are deployed. */
export const SHARED_CONTRACTS = [
  'forwarder',
  'points',
  'charter',
  'buyback',
  'catalogue',
  'programs',
] as const;
export type SharedContract = (typeof SHARED_CONTRACTS)[number];
/** Where those are that were deployed before. */
export type SharedAddresses = Readonly<Partial<Record<SharedContract, Address>>>;

/** What {@link SHARED_CONTRACTS} are compiled to. */
export const SHARED_ARTIFACTS = {
  forwarder: forwarderArtifact,
  points: pointsArtifact,
  charter: charterArtifact,
  buyback: buybackArtifact,
  catalogue: catalogueArtifact,
  programs: programsArtifact,
} as const;

/** Makes the arguments of a shared contract's constructor. @throws Error when one is missing that has to be there before it */
export function constructorArguments(
  contract: SharedContract,
  before: SharedAddresses,
): readonly unknown[] {
  const at = (name: SharedContract): Address => {
    const address = before[name];
    if (address !== undefined) return address;
    throw new Error(`${contract} needs ${name}, which is not deployed`);
  };
  if (contract === 'forwarder') return [FORWARDER_NAME];
  if (contract !== 'programs') return [at('forwarder')];
  const implementations = ['points', 'charter', 'buyback', 'catalogue'] as const;
  return [Object.fromEntries(implementations.map((name) => [name, at(name)]))];
}

/** Deploys the forwarder, the implementations and the factory, and waits for each to be mined. */
export async function deployPrograms(signer: Signer): Promise<DeployedPrograms> {
  const at = async (name: SharedContract, before: SharedAddresses): Promise<Address> =>
    deploy(signer, SHARED_ARTIFACTS[name], constructorArguments(name, before));
  const forwarder = await at('forwarder', {});
  const implementations = {
    points: await at('points', { forwarder }),
    charter: await at('charter', { forwarder }),
    buyback: await at('buyback', { forwarder }),
    catalogue: await at('catalogue', { forwarder }),
  };
  const programs = await at('programs', { forwarder, ...implementations });
  return { programs, implementations, forwarder };
}

/** Deploys a settlement token that anybody may mint: for local chains and tests only. */
export async function deployLocalMoney(
  signer: Signer,
  { name, symbol, decimals }: LocalMoneySettings,
): Promise<Address> {
  return deploy(signer, localMoneyArtifact, [name, symbol, decimals]);
}

/**
 * Creates a program, its four contracts, through the factory `programs` and waits for it to be mined.
 *
 * @param signer The operator of the settings: the factory lets nobody else create a program in its name.
 * @param salt 32 bytes, to create several programs with the same settings.
 */
export async function createProgram(
  signer: Signer,
  programs: Address,
  settings: ProgramSettings,
  opening: Opening,
  salt: Hex = ZeroHash as Hex,
): Promise<CreatedProgram> {
  const data = programsInterface.encodeFunctionData('create', [settings, opening, salt]);
  const sent = await signer.sendTransaction({ to: programs, data });
  const receipt = await minedReceipt(providerOf(signer), sent.hash);
  if (receipt.status !== 1) throw new Error(`the creation ${sent.hash} reverted`);
  for (const log of receipt.logs) {
    if (log.address !== programs) continue;
    const event = programsInterface.parseLog(log);
    if (event?.name !== 'ProgramCreated') continue;
    const { blockNumber: block, transactionHash } = log;
    return { ...contractsIn(event.args), block, tx: transactionHash as Hex };
  }
  throw new Error(`${programs} created no program: is it the factory?`);
}

/** The addresses that {@link createProgram} would give the program. */
export async function predictProgram(
  provider: Provider,
  programs: Address,
  settings: ProgramSettings,
  opening: Opening,
  salt: Hex = ZeroHash as Hex,
): Promise<ProgramContracts> {
  const data = programsInterface.encodeFunctionData('predict', [settings, opening, salt]);
  const answer = await provider.call({ to: programs, data });
  const [predicted] = programsInterface.decodeFunctionResult('predict', answer);
  return contractsIn(predicted as Result);
}

function contractsIn(named: Result): ProgramContracts {
  const at = (name: keyof ProgramContracts) => String(named.getValue(name)) as Address;
  return {
    points: at('points'),
    charter: at('charter'),
    buyback: at('buyback'),
    catalogue: at('catalogue'),
  };
}

async function deploy(
  signer: Signer,
  artifact: { readonly abi: InterfaceAbi; readonly bytecode: string },
  args: readonly unknown[],
): Promise<Address> {
  const factory = new ContractFactory(artifact.abi, artifact.bytecode, signer);
  const sent = await signer.sendTransaction(await factory.getDeployTransaction(...args));
  const receipt = await minedReceipt(providerOf(signer), sent.hash);
  if (receipt.status !== 1 || receipt.contractAddress === null) {
    throw new Error(`the deployment ${sent.hash} reverted`);
  }
  return receipt.contractAddress as Address;
}

function providerOf({ provider }: Signer): Provider {
  if (provider === null) throw new Error('the signer is not connected to a chain');
  return provider;
}
