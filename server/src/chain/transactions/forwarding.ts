import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
import { catalogueAbi } from '@dewpoint/contracts/abi/catalogueAbi.ts';
import { charterAbi } from '@dewpoint/contracts/abi/charterAbi.ts';
import { erc2771ForwarderAbi } from '@dewpoint/contracts/abi/erc2771ForwarderAbi.ts';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { Interface, type InterfaceAbi } from 'ethers';
import type { Forwarding } from '../../ports/chain/forwarding.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import { toChainError } from '../rpc/errors.ts';
import type { Rpc } from '../rpc/rpc.ts';

const forwarderInterface = new Interface(erc2771ForwarderAbi);

const selectorOf = (abi: InterfaceAbi, name: string): string => {
  const fragment = new Interface(abi).getFunction(name);
  if (fragment === null) throw new Error(`the ABI has no ${name}`);
  return fragment.selector;
};
/** Functions for which the contracts accept a forwarded member; all others check the real caller. */
const MEMBER_SELECTORS = {
  points: [selectorOf(pointsAbi, 'moveAccount')],
  charter: [selectorOf(charterAbi, 'object')],
  buyback: [selectorOf(buybackAbi, 'tender'), selectorOf(buybackAbi, 'untender')],
  catalogue: [selectorOf(catalogueAbi, 'redeem')],
};
/** `0x` and four bytes. */
const SELECTOR_LENGTH = 10;

/** A call as the forwarder makes it. */
interface ForwardedCall extends ContractCall {
  /** The forwarder. */
  readonly from: Address;
  readonly gas: bigint;
}

/** Makes the data of a call for an account: with the account's address at its end. */
const dataFor = (data: Hex, account: Address): Hex =>
  `${data}${account.slice(2).toLowerCase()}` as Hex;

/** Finds the call that the forwarder makes when it gets this one; null when it is no signed request. */
export function forwardedCallOf({ to: forwarder, data }: ContractCall): ForwardedCall | null {
  const parsed = forwarderInterface.parseTransaction({ data });
  if (parsed?.name !== 'execute') return null;
  const request = parsed.args[0] as { from: Address; to: Address; gas: bigint; data: Hex };
  const { from: account, to, gas } = request;
  return { from: forwarder, to, gas, data: dataFor(request.data, account) };
}

/** Creates the port to the forwarder. @param stateTag Block that nonces are read at, as for estimates; see gateway.ts. */
export function createForwarding(rpc: Rpc, stateTag: 'latest' | 'pending'): Forwarding {
  return {
    isForMembers: ({ address, charter, buyback, catalogue }, { to, data }) => {
      const selector = data.slice(0, SELECTOR_LENGTH);
      const allowed = [
        [address, MEMBER_SELECTORS.points],
        [charter, MEMBER_SELECTORS.charter],
        [buyback, MEMBER_SELECTORS.buyback],
        [catalogue, MEMBER_SELECTORS.catalogue],
      ] as const;
      return allowed.some(([target, selectors]) => to === target && selectors.includes(selector));
    },
    nonceOf: async (forwarder, account) => {
      const data = forwarderInterface.encodeFunctionData('nonces', [account]);
      try {
        const reply = await rpc.call('eth_call', [{ to: forwarder, data }, stateTag]);
        return BigInt(String(reply));
      } catch (error) {
        throw toChainError(error);
      }
    },
    asForwarded: ({ to, data }, account) => ({
      to,
      data: dataFor(data, account),
    }),
    execute: (from, { forwarder, to, data, gas, deadline }, signature) => {
      const request = { from, to, value: 0n, gas, deadline, data, signature };
      return {
        to: forwarder,
        data: forwarderInterface.encodeFunctionData('execute', [request]) as Hex,
      };
    },
  };
}
