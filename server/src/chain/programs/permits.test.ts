import type { Address } from '@dewpoint/contracts/statement.ts';
import { Interface, TypedDataEncoder, id } from 'ethers';
import { describe, expect, it } from 'vitest';
import type { Permits } from '../../ports/chain/permits.ts';
import { RpcError, type Rpc } from '../rpc/rpc.ts';
import { createPermits } from './permits.ts';

const TOKEN: Address = '0x6b175474e89094c44da98b954eedeac495271d0f';
const OWNER: Address = '0x000000000000000000000000000000000000dead';
const DOMAIN = { name: 'A Stablecoin', version: '1', chainId: 1, verifyingContract: TOKEN };
const VIEWS = new Interface([
  'function name() view returns (string)',
  'function version() view returns (string)',
  'function nonces(address) view returns (uint256)',
  'function DOMAIN_SEPARATOR() view returns (bytes32)',
  'function PERMIT_TYPEHASH() view returns (bytes32)',
]);
const SAID = {
  name: DOMAIN.name,
  version: DOMAIN.version,
  nonces: 7n,
  DOMAIN_SEPARATOR: TypedDataEncoder.hashDomain(DOMAIN),
};
const typeHash = (fields: string): object => ({ PERMIT_TYPEHASH: id(`Permit(${fields})`) });

/** What is found of a token that has these views and reverts else. */
function found(said: Readonly<Record<string, unknown>>): ReturnType<Permits['of']> {
  const rpc: Rpc = {
    call: (_method, [request]) => {
      const { data } = request as { data: string };
      const view = VIEWS.getFunction(data.slice(0, 10));
      if (view === null || !(view.name in said)) {
        return Promise.reject(new RpcError({ code: 3, message: 'execution reverted' }));
      }
      return Promise.resolve(VIEWS.encodeFunctionResult(view, [said[view.name]]));
    },
    batch: () => Promise.reject(new Error('not asked for')),
    close: () => undefined,
  };
  return createPermits({ rpc, chainId: 1, stateTag: 'latest' }).of(TOKEN, OWNER);
}

describe('approvals by signature', () => {
  const eip2612 = 'address owner,address spender,uint256 value,uint256 nonce,uint256 deadline';
  it.each([
    ['says what is signed', { ...SAID, ...typeHash(eip2612) }],
    ['does not say it', SAID],
  ])('are taken by a token of EIP-2612 that %s', async (_what, said) => {
    expect(await found(said)).toEqual({ domain: DOMAIN, nonce: 7n });
  });

  it.each([
    ['has none', { name: 'Plain' }],
    ['signs under another domain', { ...SAID, version: '2' }],
    [
      'has those of Dai',
      {
        ...SAID,
        ...typeHash('address holder,address spender,uint256 nonce,uint256 expiry,bool allowed'),
      },
    ],
  ])('are not handed to a token that %s', async (_what, said) => {
    expect(await found(said)).toBeNull();
  });
});
