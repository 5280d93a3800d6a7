import { setTimeout as delay } from 'node:timers/promises';
import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { Interface } from 'ethers';
import type { Program } from '../../domain/program.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import type { Chain } from '../connect.ts';
import { RpcError } from '../rpc/rpc.ts';
import { sendFromNode } from './nodeAccount.ts';

const money = new Interface(localMoneyAbi);
const points = new Interface(pointsAbi);
const buyback = new Interface(buybackAbi);

/** Makes the call that mints local money, the settlement token of local programs, to an account. */
export function mintLocalMoney({
  settlementToken,
}: Pick<Program, 'settlementToken'>): (to: Address, amount: bigint) => ContractCall {
  return (to, amount) => ({
    to: settlementToken.address,
    data: money.encodeFunctionData('mint', [to, amount]) as Hex,
  });
}

/** The settlement token of a program on a local chain. Amounts are base units. */
export interface LocalMoney {
  readonly address: Address;
  readonly symbol: string;
  readonly decimals: number;
  /** Who may put money into the reserve of the program. */
  readonly operator: Address;
  balanceOf(account: Address): Promise<bigint>;
  /** Mints to an account and waits until that is in a block. Returns false for a token that refuses it. */
  mint(to: Address, amount: bigint): Promise<boolean>;
}

const NO_CODE = '0x';
/** A local chain mines at once, or every few seconds. */
const MINED_WITHIN_MS = 60_000;
const LOOK_AGAIN_MS = 50;

/** Null for a call that its contract refuses, or that is answered by no such contract. */
async function unlessRefused<T>(run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof RpcError || (error as { code?: unknown }).code === 'BAD_DATA') return null;
    throw error;
  }
}

async function minedOn({ rpc }: Chain, hash: Hex): Promise<boolean> {
  const giveUpAtMs = performance.now() + MINED_WITHIN_MS;
  for (;;) {
    const receipt = await rpc.call('eth_getTransactionReceipt', [hash]);
    if (receipt !== null) return Number((receipt as { status: string }).status) === 1;
    if (performance.now() > giveUpAtMs) {
      throw new Error(`${hash} is in no block after ${MINED_WITHIN_MS} ms.`);
    }
    await delay(LOOK_AGAIN_MS);
  }
}

/** Opens the settlement token of a program; null when there is no program at this address. */
export async function openLocalMoney(chain: Chain, program: Address): Promise<LocalMoney | null> {
  const { rpc } = chain;
  const read = async (to: Address, contract: Interface, name: string, values: unknown[] = []) => {
    const data = contract.encodeFunctionData(name, values);
    const answer = String(await rpc.call('eth_call', [{ to, data }, 'latest']));
    return contract.decodeFunctionResult(name, answer)[0] as unknown;
  };
  if ((await rpc.call('eth_getCode', [program, 'latest'])) === NO_CODE) return null;
  const found = await unlessRefused(async () => {
    const operator = (await read(program, points, 'operator')) as Address;
    const rounds = (await read(program, points, 'buyback')) as Address;
    const address = (await read(rounds, buyback, 'settlementToken')) as Address;
    const symbol = String(await read(address, money, 'symbol'));
    const decimals = Number(await read(address, money, 'decimals'));
    return { address, symbol, decimals, operator };
  });
  if (found === null) return null;
  return {
    ...found,
    balanceOf: async (account) =>
      BigInt(String(await read(found.address, money, 'balanceOf', [account]))),
    mint: async (to, amount) => {
      const data = money.encodeFunctionData('mint', [to, amount]) as Hex;
      const hash = await unlessRefused(() => sendFromNode(rpc, { to: found.address, data }));
      return hash === null ? false : minedOn(chain, hash);
    },
  };
}
