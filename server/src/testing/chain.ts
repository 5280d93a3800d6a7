/** The chain of a test, and acts of anybody on it. */
import { setTimeout as delay } from 'node:timers/promises';
import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
import { catalogueAbi } from '@dewpoint/contracts/abi/catalogueAbi.ts';
import { charterAbi } from '@dewpoint/contracts/abi/charterAbi.ts';
import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { Interface, type InterfaceAbi, type Result } from 'ethers';
import type { Chain } from '../chain/connect.ts';
import { moveClockTo } from '../chain/local/localClock.ts';
import { pointsInterface } from '../chain/transactions/pointsCalls.ts';
import { roundClosesAtMs, roundOpensAtMs } from '../domain/buyback/roundClock.ts';
import { epochStartMs } from '../domain/epochs.ts';
import type { Program } from '../domain/program.ts';
import type { ChainClock, ChainTime } from '../ports/chain/clock.ts';
import type { ContractCall } from '../ports/chain/submitter.ts';

const GAS_MONEY = '0x8ac7230489e80000';
/** Long enough for a machine that does everything at once. */
const MINED_WITHIN_MS = 30_000;
const LOOK_AGAIN_MS = 2;

/** What a contract answers to a view. */
type View = (name: string, ...values: unknown[]) => Promise<Result>;

/** A program's chain, whose clock tests move and where they send calls from any account. */
export interface ProgramChain {
  rpc(method: string, ...params: unknown[]): Promise<unknown>;
  /** Sends calls one after the other, each mined before the next. */
  sendAs(from: Address, ...calls: readonly ContractCall[]): Promise<void>;
  /** Moves the clock on, and mines a block there. */
  moveTo(ms: number): Promise<void>;
  turnTo(epoch: number): Promise<void>;
  openRound(round: number): Promise<void>;
  closeRound(round: number): Promise<void>;
  readonly view: Readonly<Record<'buyback' | 'catalogue' | 'charter' | 'money' | 'points', View>>;
}

/** A call of the Points contract. */
export const pointsCall = (
  { address }: Pick<Program, 'address'>,
  name: string,
  ...values: unknown[]
): ContractCall => ({ to: address, data: pointsInterface.encodeFunctionData(name, values) as Hex });

export function openProgramChain(chain: Chain, program: Program): ProgramChain {
  const rpc = (method: string, ...params: unknown[]): Promise<unknown> =>
    chain.rpc.call(method, params);
  const view =
    (address: Address, abi: InterfaceAbi | Interface): View =>
    async (name, ...values) => {
      const contract = Interface.from(abi);
      const data = contract.encodeFunctionData(name, values);
      const reply = await rpc('eth_call', { to: address, data }, 'latest');
      return contract.decodeFunctionResult(name, String(reply));
    };
  const mined = async (hash: unknown): Promise<void> => {
    const giveUpAt = Date.now() + MINED_WITHIN_MS;
    for (;;) {
      const receipt = (await rpc('eth_getTransactionReceipt', hash)) as { status: Hex } | null;
      if (receipt !== null && Number(receipt.status) === 1) return;
      if (receipt !== null) throw new Error(`the transaction ${String(hash)} reverted`);
      if (Date.now() > giveUpAt) throw new Error(`the transaction ${String(hash)} is in no block`);
      await delay(LOOK_AGAIN_MS);
    }
  };
  const moveTo = (ms: number): Promise<void> => moveClockTo(chain, ms);
  return {
    rpc,
    moveTo,
    sendAs: async (from, ...calls) => {
      await rpc('anvil_impersonateAccount', from);
      await rpc('anvil_setBalance', from, GAS_MONEY);
      for (const { to, data } of calls) {
        await mined(await rpc('eth_sendTransaction', { from, to, data }));
      }
    },
    turnTo: (epoch) => moveTo(epochStartMs(program, epoch)),
    openRound: (round) => moveTo(roundOpensAtMs(program, round)),
    closeRound: (round) => moveTo(roundClosesAtMs(program, round)),
    view: {
      buyback: view(program.buyback, buybackAbi),
      catalogue: view(program.catalogue, catalogueAbi),
      charter: view(program.charter, charterAbi),
      money: view(program.settlementToken.address, localMoneyAbi),
      points: view(program.address, pointsInterface),
    },
  };
}

/** A clock that stands where it is set. */
export interface SetClock extends ChainClock {
  time: ChainTime;
  /** A fresh head at this moment. */
  set(nowMs: number): void;
}

export function createSetClock(startMs: number): SetClock {
  const freshAt = (nowMs: number): ChainTime => ({
    nowMs,
    headMs: nowMs,
    headBlock: 1,
    nextBlockMs: nowMs,
    fresh: true,
  });
  const clock: SetClock = {
    time: freshAt(startMs),
    set: (nowMs) => {
      clock.time = freshAt(nowMs);
    },
    now: () => Promise.resolve(clock.time),
    recent: () => Promise.resolve(clock.time),
  };
  return clock;
}
