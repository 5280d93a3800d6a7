import type { Address } from '@dewpoint/contracts/statement.ts';
import { Interface, TypedDataEncoder, id, type Result } from 'ethers';
import type { Permits } from '../../ports/chain/permits.ts';
import type { TokenDomain } from '../../ports/chain/signer.ts';
import { toFailedSimulation } from '../rpc/errors.ts';
import type { Rpc } from '../rpc/rpc.ts';
import { NOT_RECORDER_SELECTOR } from '../transactions/pointsCalls.ts';

/** EIP-2612, with where tokens say the version of their domain: EIP-5267, or a view of that name. */
const token = new Interface([
  'function name() view returns (string)',
  'function version() view returns (string)',
  'function nonces(address owner) view returns (uint256)',
  'function DOMAIN_SEPARATOR() view returns (bytes32)',
  'function PERMIT_TYPEHASH() view returns (bytes32)',
  'function eip712Domain() view returns (bytes1, string name, string version, uint256, address, bytes32, uint256[])',
]);
/** What is signed. Dai, which is older, has the same views and another permit, without an amount. */
const PERMIT_TYPEHASH = id(
  'Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)',
);
/** Of tokens that say none. */
const DEFAULT_VERSION = '1';

const textOf = (said: unknown, otherwise: string): string =>
  typeof said === 'string' ? said : otherwise;

/** Creates the reader of what a token takes approvals by. @param stateTag Block that is read, as for estimates; see gateway.ts. */
export function createPermits(args: {
  rpc: Rpc;
  chainId: number;
  stateTag: 'latest' | 'pending';
}): Permits {
  const { rpc, chainId, stateTag } = args;

  /** Null for a refusal of the contract and for an answer that is none. */
  const view = async (
    to: Address,
    name: string,
    values: readonly unknown[] = [],
  ): Promise<Result | null> => {
    const data = token.encodeFunctionData(name, values);
    let reply: unknown;
    try {
      reply = await rpc.call('eth_call', [{ to, data }, stateTag]);
    } catch (error) {
      toFailedSimulation(error, NOT_RECORDER_SELECTOR); // throws what is no refusal
      return null;
    }
    try {
      return token.decodeFunctionResult(name, String(reply));
    } catch {
      return null; // it has no such function
    }
  };

  /** What the token says of its domain. */
  const domainOf = async (verifyingContract: Address): Promise<TokenDomain> => {
    const said = await view(verifyingContract, 'eip712Domain');
    const name: unknown = said?.getValue('name') ?? (await view(verifyingContract, 'name'))?.[0];
    const version: unknown =
      said?.getValue('version') ?? (await view(verifyingContract, 'version'))?.[0];
    return {
      ...{ name: textOf(name, ''), version: textOf(version, DEFAULT_VERSION) },
      ...{ chainId, verifyingContract },
    };
  };

  return {
    of: async (address, owner) => {
      const separator: unknown = (await view(address, 'DOMAIN_SEPARATOR'))?.[0];
      const nonce: unknown = (await view(address, 'nonces', [owner]))?.[0];
      if (typeof separator !== 'string' || typeof nonce !== 'bigint') return null;
      const typeHash: unknown = (await view(address, 'PERMIT_TYPEHASH'))?.[0];
      if (typeof typeHash === 'string' && typeHash !== PERMIT_TYPEHASH) return null;
      // Whatever it says of itself: a signature counts under this separator and no other.
      const domain = await domainOf(address);
      return TypedDataEncoder.hashDomain(domain) === separator ? { domain, nonce } : null;
    },
  };
}
