import { Interface } from 'ethers';
import {
  SHARED_ARTIFACTS,
  SHARED_CONTRACTS,
  constructorArguments,
  type SharedAddresses,
  type SharedContract,
} from '../deploy.ts';
import { compilerInput, type CompilerInput } from './compilerInput.ts';

/** What an explorer asks for to show the source of a contract. */
export interface VerificationInput {
  readonly contract: SharedContract;
  /** As explorers name it: the file and the contract in it. */
  readonly name: string;
  readonly compiler: string;
  /** ABI-encoded, without 0x, as explorers take them. */
  readonly constructorArguments: string;
  readonly input: CompilerInput;
}

/** OpenZeppelin's forwarder is compiled by way of a file of ours. */
const FORWARDER_SOURCE = 'node_modules/@openzeppelin/contracts/metatx/ERC2771Forwarder.sol';

/** Makes what explorers ask for, for each shared contract that is deployed. */
export function sharedInputs(addresses: SharedAddresses): VerificationInput[] {
  return SHARED_CONTRACTS.map((contract) => {
    const { contractName, compiler, abi } = SHARED_ARTIFACTS[contract];
    const own = `contracts/src/${contract === 'forwarder' ? 'Forwarder' : contractName}.sol`;
    const args = Interface.from(abi).encodeDeploy([...constructorArguments(contract, addresses)]);
    return {
      contract,
      name: `${contract === 'forwarder' ? FORWARDER_SOURCE : own}:${contractName}`,
      compiler: `v${compiler.version}`,
      constructorArguments: args.slice(2),
      input: compilerInput(own, compiler),
    };
  });
}
