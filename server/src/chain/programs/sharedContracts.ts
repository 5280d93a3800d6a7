/** The contracts that all programs of a chain share: which of them an account has deployed, found by their code alone. */
import { codeHashes } from '@dewpoint/contracts/codeHashes.ts';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import { programsAbi } from '@dewpoint/contracts/abi/programsAbi.ts';
import {
  SHARED_ARTIFACTS,
  SHARED_CONTRACTS,
  constructorArguments,
  type SharedAddresses,
  type SharedContract,
} from '@dewpoint/contracts/deploy.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { withoutImmutables } from '@dewpoint/contracts/verifier/checks/code.ts';
import { Interface, getCreateAddress, keccak256 } from 'ethers';
import type { Rpc } from '../rpc/rpc.ts';

/** The service looks for its factory among the contracts of so many first nonces of the account that deploys. */
export const SEARCHED_NONCES = 32;

const HASHES = {
  forwarder: codeHashes.ERC2771Forwarder,
  points: codeHashes.Points,
  charter: codeHashes.Charter,
  buyback: codeHashes.Buyback,
  catalogue: codeHashes.Catalogue,
  programs: codeHashes.Programs,
} as const;

const pointsInterface = new Interface(pointsAbi);
const programsInterface = new Interface(programsAbi);
const FORWARDER_OF_PROGRAM = pointsInterface.encodeFunctionData('trustedForwarder');
const IMPLEMENTATIONS = programsInterface.encodeFunctionData('implementations');

/** Makes the data of the transaction that creates a shared contract. */
export function creationData(contract: SharedContract, before: SharedAddresses): Hex {
  const { abi, bytecode } = SHARED_ARTIFACTS[contract];
  const args = Interface.from(abi).encodeDeploy([...constructorArguments(contract, before)]);
  return `${bytecode}${args.slice(2)}` as Hex;
}

/** Tells whether code is that of a contract of this source, whatever its constructor was given. */
export function isCodeOf(contract: SharedContract | 'termsCheck', code: string): boolean {
  const { hash, immutables } = contract === 'termsCheck' ? codeHashes.TermsCheck : HASHES[contract];
  return keccak256(withoutImmutables(code as Hex, immutables)) === hash;
}

/** Reads what is at an address. */
export const codeAt = async (rpc: Rpc, address: Address): Promise<string> =>
  String(await rpc.call('eth_getCode', [address, 'latest']));

/** Whether a contract with the right code was made with these addresses, and not with those of another set. */
async function isOfSet(
  rpc: Rpc,
  contract: SharedContract,
  address: Address,
  before: SharedAddresses,
): Promise<boolean> {
  if (contract === 'forwarder') return true;
  const isFirst =
    contract === 'programs' && SHARED_CONTRACTS.slice(0, -1).some((one) => !before[one]);
  if (isFirst) return false;
  const data = contract === 'programs' ? IMPLEMENTATIONS : FORWARDER_OF_PROGRAM;
  const reply = String(await rpc.call('eth_call', [{ to: address, data }, 'latest']));
  const wanted =
    contract === 'programs'
      ? programsInterface.encodeFunctionResult('implementations', [
          ...constructorArguments(contract, before),
        ])
      : pointsInterface.encodeFunctionResult('trustedForwarder', [before.forwarder]);
  return reply === wanted;
}

/**
 * Finds which shared contracts an account has deployed: in their order, each made for those before it. The address of a
 * contract follows from its deployer and nonce, so nothing has to be written down.
 *
 * @param used Transactions of the account that are in blocks.
 */
export async function findShared(
  rpc: Rpc,
  deployer: Address,
  used: number,
): Promise<SharedAddresses> {
  const addresses = Array.from(
    { length: Math.min(used, SEARCHED_NONCES) },
    (_none, nonce) => getCreateAddress({ from: deployer, nonce }) as Address,
  );
  const calls = addresses.map((address) => ({
    method: 'eth_getCode',
    params: [address, 'latest'],
  }));
  const codes = (await rpc.batch(calls)).map(String);
  const found: Partial<Record<SharedContract, Address>> = {};
  for (const contract of SHARED_CONTRACTS) {
    for (const [index, address] of addresses.entries()) {
      if (!isCodeOf(contract, codes[index] ?? '0x')) continue;
      if (!(await isOfSet(rpc, contract, address, found))) continue;
      found[contract] = address;
      break;
    }
    // What comes after it is made with its address.
    if (found[contract] === undefined && contract === 'forwarder') break;
  }
  return found;
}

/** Reads the contract that Points made for itself. */
export async function termsCheckOf(rpc: Rpc, points: Address): Promise<Address> {
  const data = pointsInterface.encodeFunctionData('termsCheck');
  const reply = await rpc.call('eth_call', [{ to: points, data }, 'latest']);
  return pointsInterface.decodeFunctionResult('termsCheck', String(reply))[0] as Address;
}
