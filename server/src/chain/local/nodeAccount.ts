import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import type { Rpc } from '../rpc/rpc.ts';

/**
 * Sends a call from an account of a local node, which is open to all who reach the node and has money there. The node counts
 * the nonces of the account, so that no lane of the relayer is touched.
 *
 * @returns hash of the transaction
 * @throws RpcError when the call would revert
 */
export async function sendFromNode(rpc: Rpc, { to, data }: ContractCall): Promise<Hex> {
  const from = ((await rpc.call('eth_accounts', [])) as Address[]).at(-1);
  const call = { from, to, data };
  const gas = await rpc.call('eth_estimateGas', [call]);
  return (await rpc.call('eth_sendTransaction', [{ ...call, gas }])) as Hex;
}
