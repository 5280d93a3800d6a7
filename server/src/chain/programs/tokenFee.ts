import type { Address } from '@dewpoint/contracts/statement.ts';
import { AbiCoder, dataSlice, id, zeroPadValue } from 'ethers';
import type { Rpc } from '../rpc/rpc.ts';
import { RpcError } from '../rpc/rpc.ts';

/** What a transfer of a token leaves to its receiver; `UNKNOWN` where it can't be tried. */
export type TokenFee = 'NONE' | 'TAKES_A_PART' | 'UNKNOWN';

const TRANSFER = id('Transfer(address,address,uint256)');
/** Nodes give so many blocks of logs at least; a token that is in use moves in that time. */
const LOOK_BACK_BLOCKS = 900;
const MAX_HOLDERS = 5;
const RECEIVER = '0x00000000000000000000000000000000dea1dea1';
/** Enough that a fee of a hundredth of a percent shows. */
const LARGEST_TRIED = 10n ** 12n;

const BALANCE_OF_RECEIVER = '6370a0823160e01b6000526020356004526020604060246000600035' + '5afa50';
/**
 * Code that a holder is given for one `eth_call`: it reads the receiver's balance, transfers, reads it again, and returns
 * whether the transfer succeeded and what arrived. Its input is the token, the receiver and the amount, a word each.
 */
const PROBE =
  `0x${BALANCE_OF_RECEIVER}604051` +
  '63a9059cbb60e01b600052602035600452604035602452' +
  '60006000604460006000600035' +
  `5af1608052${BALANCE_OF_RECEIVER}6040510360a05260406080f3`;

interface TransferLog {
  readonly topics: readonly string[];
}

/** Accounts that were given the token lately, newest first. */
async function recentHolders(rpc: Rpc, token: Address): Promise<string[]> {
  const head = Number(await rpc.call('eth_blockNumber', []));
  const fromBlock = `0x${Math.max(0, head - LOOK_BACK_BLOCKS).toString(16)}`;
  const filter = { address: token, topics: [TRANSFER], fromBlock, toBlock: 'latest' };
  const logs = (await rpc.call('eth_getLogs', [filter])) as TransferLog[];
  const receivers = logs.flatMap(({ topics: [, , to] }) =>
    to === undefined ? [] : [dataSlice(to, 12)],
  );
  return [...new Set(receivers.reverse())].slice(0, MAX_HOLDERS);
}

async function tried(rpc: Rpc, token: Address, holder: string): Promise<TokenFee> {
  const owner = zeroPadValue(holder, 32).slice(2);
  const balance = await rpc.call('eth_call', [{ to: token, data: `0x70a08231${owner}` }, 'latest']);
  const has = BigInt(String(balance));
  if (has === 0n) return 'UNKNOWN';
  const amount = has < LARGEST_TRIED ? has : LARGEST_TRIED;
  const coder = AbiCoder.defaultAbiCoder();
  const data = coder.encode(['address', 'address', 'uint256'], [token, RECEIVER, amount]);
  const call = { to: holder, data };
  const reply = await rpc.call('eth_call', [call, 'latest', { [holder]: { code: PROBE } }]);
  const [succeeded, arrived] = coder.decode(['uint256', 'uint256'], String(reply));
  if (succeeded !== 1n) return 'UNKNOWN';
  return arrived === amount ? 'NONE' : 'TAKES_A_PART';
}

/** Tries a transfer of a recent holder in a call that changes nothing. A fee that is switched on later is not seen. */
export async function tokenFee(rpc: Rpc, token: Address): Promise<TokenFee> {
  try {
    for (const holder of await recentHolders(rpc, token)) {
      const fee = await tried(rpc, token, holder);
      if (fee !== 'UNKNOWN') return fee;
    }
  } catch (error) {
    // Not every node gives logs or lets a call stand in for a holder.
    if (!(error instanceof RpcError)) throw error;
  }
  return 'UNKNOWN';
}
