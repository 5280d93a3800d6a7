import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { Interface } from 'ethers';
import type { Program } from '../../domain/program.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';

const money = new Interface(localMoneyAbi);

/** Gives somebody money of a program whose settlement token is the local money, which anybody may mint. */
export function mintLocalMoney({
  settlementToken,
}: Pick<Program, 'settlementToken'>): (to: Address, amount: bigint) => ContractCall {
  return (to, amount) => ({
    to: settlementToken.address,
    data: money.encodeFunctionData('mint', [to, amount]) as Hex,
  });
}
