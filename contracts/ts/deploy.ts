import {
  ContractFactory,
  Interface,
  ZeroAddress,
  ZeroHash,
  type Provider,
  type Signer,
} from 'ethers';
import { programsAbi } from './abi/programsAbi.ts';
import forwarderArtifact from './artifacts/ERC2771Forwarder.json' with { type: 'json' };
import pointsArtifact from './artifacts/Points.json' with { type: 'json' };
import programsArtifact from './artifacts/Programs.json' with { type: 'json' };
import { minedReceipt } from './minedReceipt.ts';
import type { Address, Hex } from './statement.ts';
import type { RuleSetTerms } from './terms.ts';

/** Addresses of the contracts that all programs of a chain share. */
export interface DeployedPrograms {
  /** The factory. */
  readonly programs: Address;
  readonly pointsImplementation: Address;
  readonly forwarder: Address;
}

/** What a program is created with; see `PointsSettings` in IPoints.sol for the bounds. */
export interface ProgramSettings {
  readonly name: string;
  readonly symbol: string;
  readonly operator: Address;
  readonly recorder: Address;
  readonly charter: Address;
  /** Null: the program has none. */
  readonly buyback: Address | null;
  /** Null: the program has none. */
  readonly catalogue: Address | null;
  /** Unix seconds: the start of epoch 0, in which the creation must fall. */
  readonly startsAt: number;
  /** Seconds. */
  readonly epochLength: number;
  /** Epochs, a multiple of 4. */
  readonly settlementWindow: number;
  readonly transferable: boolean;
}

/** One rule set for epoch 0 on; or two, for epoch 0 and for epoch 1 on. */
export type Opening = readonly [RuleSetTerms] | readonly [RuleSetTerms, RuleSetTerms];

/** Where a program was created. */
export interface CreatedProgram {
  readonly points: Address;
  readonly block: number;
  readonly tx: Hex;
}

/** EIP-712 name of the forwarder, the same as of every other contract. */
const FORWARDER_NAME = 'Dewpoint';
const programsInterface = new Interface(programsAbi);

/** Deploys the forwarder, the implementation of Points and the factory, and waits for each to be mined. */
export async function deployPrograms(signer: Signer): Promise<DeployedPrograms> {
  const forwarder = await deploy(signer, forwarderArtifact, [FORWARDER_NAME]);
  const pointsImplementation = await deploy(signer, pointsArtifact, [forwarder]);
  const programs = await deploy(signer, programsArtifact, [pointsImplementation]);
  return { programs, pointsImplementation, forwarder };
}

/**
 * Creates a program through the factory `programs` and waits for it to be mined.
 *
 * @param salt 32 bytes, to create several programs with the same settings.
 */
export async function createProgram(
  signer: Signer,
  programs: Address,
  settings: ProgramSettings,
  opening: Opening,
  salt: Hex = ZeroHash as Hex,
): Promise<CreatedProgram> {
  const data = programsInterface.encodeFunctionData('create', [onChain(settings), opening, salt]);
  const sent = await signer.sendTransaction({ to: programs, data });
  const receipt = await minedReceipt(providerOf(signer), sent.hash);
  if (receipt.status !== 1) throw new Error(`the creation ${sent.hash} reverted`);
  for (const log of receipt.logs) {
    if (log.address !== programs) continue;
    const event = programsInterface.parseLog(log);
    if (event?.name !== 'ProgramCreated') continue;
    const points = String(event.args[0]) as Address;
    return { points, block: log.blockNumber, tx: log.transactionHash as Hex };
  }
  throw new Error(`${programs} created no program: is it the factory?`);
}

/** The address that {@link createProgram} would give the program. */
export async function predictProgram(
  signer: Signer,
  programs: Address,
  settings: ProgramSettings,
  opening: Opening,
  salt: Hex = ZeroHash as Hex,
): Promise<Address> {
  const creator = await signer.getAddress();
  const data = programsInterface.encodeFunctionData('predict', [
    creator,
    onChain(settings),
    opening,
    salt,
  ]);
  const result = await signer.call({ to: programs, data });
  return String(programsInterface.decodeFunctionResult('predict', result)[0]) as Address;
}

function onChain(settings: ProgramSettings) {
  return {
    ...settings,
    buyback: settings.buyback ?? ZeroAddress,
    catalogue: settings.catalogue ?? ZeroAddress,
  };
}

async function deploy(
  signer: Signer,
  artifact: Pick<typeof pointsArtifact, 'abi' | 'bytecode'>,
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
