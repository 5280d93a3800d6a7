import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import type { Program } from '@dewpoint/server/domain/program.ts';
import type { TestService } from '@dewpoint/server/testing/service.ts';
import { Interface } from 'ethers';

const money = new Interface(localMoneyAbi);

/** Reads what an address has of the money of a program from the chain itself, in base units. */
export async function moneyOf(
  { foundation }: TestService,
  { settlementToken }: Program,
  address: string,
): Promise<bigint> {
  const data = money.encodeFunctionData('balanceOf', [address]);
  const call = { to: settlementToken.address, data };
  const answer = await foundation.chain.rpc.call('eth_call', [call, 'latest']);
  return BigInt(String(answer));
}
