import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { Interface } from 'ethers';
import type { Program } from '../../domain/program.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';

const money = new Interface(localMoneyAbi);

/** Makes the call that mints local money, the settlement token of local programs, to an account. */
export function mintLocalMoney({
  settlementToken,
}: Pick<Program, 'settlementToken'>): (to: Address, amount: bigint) => ContractCall {
  return (to, amount) => ({
    to: settlementToken.address,
    data: money.encodeFunctionData('mint', [to, amount]) as Hex,
  });
}
