import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { Interface, type Result } from 'ethers';
import { z } from 'zod';
import type { ProgramViews } from '../../ports/chain/programViews.ts';
import { toAddress } from '../rpc/addresses.ts';
import { toChainError, toFailedSimulation } from '../rpc/errors.ts';
import { NOT_RECORDER_SELECTOR } from '../transactions/pointsCalls.ts';
import { encodedTerms } from './contractCodec.ts';
import type { Rpc } from '../rpc/rpc.ts';

const points = new Interface(pointsAbi);
const buyback = new Interface(buybackAbi);
const token = new Interface(localMoneyAbi);

const HURTS_MEMBERS = 1;
const HURTS_HOLDERS = 2;
/** Symbols are shown in one line; a hostile contract must not fill pages. */
const MAX_SYMBOL_CHARACTERS = 32;
/** No sensible token has more, and 10^77 is the last power of ten below 2^256. */
const MAX_DECIMALS = 77;

const loggedShape = z
  .object({
    logs: z.array(z.object({ address: z.string(), topics: z.array(z.string()), data: z.string() })),
  })
  .nullable();

/** Creates the views of programs. @param stateTag Block that is read, as for estimates; see gateway.ts. */
export function createProgramViews(rpc: Rpc, stateTag: 'latest' | 'pending'): ProgramViews {
  async function call(
    to: Address,
    contract: Interface,
    name: string,
    values: readonly unknown[],
  ): Promise<Result> {
    const data = contract.encodeFunctionData(name, values);
    const reply = await rpc.call('eth_call', [{ to, data }, stateTag]);
    return contract.decodeFunctionResult(name, String(reply));
  }

  /** Null for a refusal of the contract and for an answer that is none. */
  async function answerOf(to: Address, name: string, values: readonly unknown[]): Promise<unknown> {
    const data = token.encodeFunctionData(name, values);
    let reply: unknown;
    try {
      reply = await rpc.call('eth_call', [{ to, data }, stateTag]);
    } catch (error) {
      toFailedSimulation(error, NOT_RECORDER_SELECTOR); // throws what is no refusal
      return null;
    }
    try {
      return token.decodeFunctionResult(name, String(reply))[0] as unknown;
    } catch {
      return null; // no contract there, or one that answers in another way
    }
  }

  return {
    impact: async (program, terms) => {
      const [to, contract] =
        terms.target === 'RULES' ? [program.address, points] : [program.buyback, buyback];
      try {
        const [flags] = await call(to, contract, 'impact', [encodedTerms(terms)]);
        const hurts = Number(flags);
        return {
          hurtsMembers: (hurts & HURTS_MEMBERS) !== 0,
          hurtsHolders: (hurts & HURTS_HOLDERS) !== 0,
        };
      } catch (error) {
        const { revert, detail } = toFailedSimulation(error, NOT_RECORDER_SELECTOR);
        return { revert, detail };
      }
    },
    operator: async ({ address }) => (await call(address, points, 'operator', []))[0] as Address,
    offeredOperator: async ({ address }) =>
      (await call(address, points, 'offeredOperator', []))[0] as Address,
    moneyOf: async ({ settlementToken }, account) => {
      const has = await answerOf(settlementToken.address, 'balanceOf', [account]);
      return typeof has === 'bigint' ? has : 0n;
    },
    wouldTransfer: async ({ settlementToken }, { from, to, amount }) => {
      const data = token.encodeFunctionData('transfer', [to, amount]);
      let reply: string;
      try {
        const call = { from, to: settlementToken.address, data };
        reply = String(await rpc.call('eth_call', [call, stateTag]));
      } catch (error) {
        toFailedSimulation(error, NOT_RECORDER_SELECTOR); // throws what is no refusal
        return false;
      }
      // Old tokens answer nothing, and revert where they do not transfer.
      return reply === '0x' || (/^0x[0-9a-f]+$/i.test(reply) && BigInt(reply) === 1n);
    },
    hasTransferred: async ({ settlementToken }, hash, { from, to, amount }) => {
      let reply: unknown;
      try {
        reply = await rpc.call('eth_getTransactionReceipt', [hash]);
      } catch (error) {
        throw toChainError(error);
      }
      const receipt = loggedShape.parse(reply ?? null);
      if (receipt === null) return null;
      const wanted = token.encodeEventLog('Transfer', [from, to, amount]);
      return receipt.logs.some(
        ({ address, topics, data }) =>
          address.toLowerCase() === settlementToken.address.toLowerCase() &&
          [...topics, data].join().toLowerCase() ===
            [...wanted.topics, wanted.data].join().toLowerCase(),
      );
    },
    reserveOf: async (program) => {
      const [reserve] = await call(program.buyback, buyback, 'reserve', []);
      return reserve as bigint;
    },
    supplyOf: async ({ address }) => (await call(address, points, 'totalSupply', []))[0] as bigint,
    allowance: async ({ settlementToken, buyback: spender }, owner) => {
      const allowed = await answerOf(settlementToken.address, 'allowance', [owner, spender]);
      return typeof allowed === 'bigint' ? allowed : 0n;
    },
    token: async (address) => {
      const decimals = await answerOf(address, 'decimals', []);
      const symbol = await answerOf(address, 'symbol', []);
      const supply = await answerOf(address, 'totalSupply', []);
      const balance = await answerOf(address, 'balanceOf', [address]);
      if (decimals === null || supply === null || balance === null) return null;
      if (Number(decimals) > MAX_DECIMALS) return null;
      return {
        address: toAddress(address.toLowerCase()),
        symbol: typeof symbol === 'string' ? symbol.slice(0, MAX_SYMBOL_CHARACTERS) : '',
        decimals: Number(decimals),
      };
    },
  };
}
