import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
import { catalogueAbi } from '@dewpoint/contracts/abi/catalogueAbi.ts';
import { charterAbi } from '@dewpoint/contracts/abi/charterAbi.ts';
import { erc2771ForwarderAbi } from '@dewpoint/contracts/abi/erc2771ForwarderAbi.ts';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import { programsAbi } from '@dewpoint/contracts/abi/programsAbi.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import {
  EIP712_DOMAIN_TYPE,
  FORWARD_REQUEST_TYPES,
  forwarderDomain,
} from '@dewpoint/contracts/typedData.ts';
import { Interface, verifyTypedData, type InterfaceAbi } from 'ethers';
import type { Forwarding } from '../../ports/chain/forwarding.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import { toChainError } from '../rpc/errors.ts';
import type { Rpc } from '../rpc/rpc.ts';

const forwarderInterface = new Interface(erc2771ForwarderAbi);

const selectorsOf = (abi: InterfaceAbi, ...names: readonly string[]): readonly string[] =>
  names.map((name) => {
    const fragment = new Interface(abi).getFunction(name);
    if (fragment === null) throw new Error(`the ABI has no ${name}`);
    return fragment.selector;
  });
/** What is relayed for whom, by the contract that it is a function of. */
const RELAYED = {
  MEMBER: {
    points: selectorsOf(pointsAbi, 'moveAccount'),
    charter: selectorsOf(charterAbi, 'object'),
    buyback: selectorsOf(buybackAbi, 'tender', 'untender', 'claimMoneyTo', 'sendMoney'),
    catalogue: selectorsOf(catalogueAbi, 'redeem'),
  },
  OPERATOR: {
    points: selectorsOf(
      pointsAbi,
      ...['rotateRecorder', 'revokeRecorder', 'offerOperator', 'acceptOperator'],
    ),
    charter: selectorsOf(charterAbi, 'announce', 'withdraw'),
    buyback: selectorsOf(buybackAbi, 'deposit', 'withdraw'),
    catalogue: selectorsOf(
      catalogueAbi,
      ...['addItem', 'setPrice', 'addStock', 'scheduleWithdrawal', 'cancelWithdrawal'],
      ...['fulfil', 'refund'],
    ),
  },
} as const;
const [CREATE_SELECTOR] = selectorsOf(programsAbi, 'create');
const FORWARDER_VIEW = new Interface(programsAbi).encodeFunctionData('forwarder') as Hex;
const OPERATOR_VIEW = new Interface(pointsAbi).encodeFunctionData('operator') as Hex;
/** `0x` and four bytes. */
const SELECTOR_LENGTH = 10;

/** What the forwarder reverts with, whatever the call reverted with that it made for an account. */
export const HIDES_ITS_REASON = 'FailedCall';

/** A call as the forwarder makes it. */
interface ForwardedCall extends ContractCall {
  /** The forwarder. */
  readonly from: Address;
  readonly gas: bigint;
}

/** Makes the data of a call for an account: with the account's address at its end. */
const dataFor = (data: Hex, account: Address): Hex =>
  `${data}${account.slice(2).toLowerCase()}` as Hex;

/** Finds the request that is carried out by this call of a forwarder; null when it is none. */
function requestIn(data: Hex): {
  readonly from: Address;
  readonly to: Address;
  readonly gas: bigint;
  readonly data: Hex;
} | null {
  const parsed = forwarderInterface.parseTransaction({ data });
  if (parsed?.name !== 'execute') return null;
  return parsed.args[0] as { from: Address; to: Address; gas: bigint; data: Hex };
}

/** Finds the call that the forwarder makes when it gets this one; null when it is no signed request. */
function forwardedCallOf({ to: forwarder, data }: ContractCall): ForwardedCall | null {
  const request = requestIn(data);
  if (request === null) return null;
  const { from: account, to, gas } = request;
  return { from: forwarder, to, gas, data: dataFor(request.data, account) };
}

/** Finds the call that is asked for its reason where the forwarder hid it; null where there is none inside, or nothing was hidden. */
export const hiddenCallOf = (
  revert: { readonly name: string } | null | undefined,
  target: ContractCall,
): ForwardedCall | null => (revert?.name === HIDES_ITS_REASON ? forwardedCallOf(target) : null);

/** Takes the call that was asked for out of a signed request; any other call is returned as it is. */
export const callInside = (data: Hex): Hex => requestIn(data)?.data ?? data;

/** Creates the port to the forwarder. @param stateTag Block that nonces are read at, as for estimates; see gateway.ts. */
export function createForwarding(rpc: Rpc, stateTag: 'latest' | 'pending'): Forwarding {
  return {
    isRelayed: (role, program, { to, data }) => {
      const selector = data.slice(0, SELECTOR_LENGTH);
      if (program === null) return role === 'OPERATOR' && selector === CREATE_SELECTOR;
      const { address, charter, buyback, catalogue } = program;
      const allowed = [
        [address, RELAYED[role].points],
        [charter, RELAYED[role].charter],
        [buyback, RELAYED[role].buyback],
        [catalogue, RELAYED[role].catalogue],
      ] as const;
      return allowed.some(([target, selectors]) => to === target && selectors.includes(selector));
    },
    forwarderFor: async (program, { to }) => {
      if (program !== null) return program.forwarder;
      try {
        const reply = await rpc.call('eth_call', [{ to, data: FORWARDER_VIEW }, stateTag]);
        const [forwarder] = new Interface(programsAbi).decodeFunctionResult(
          'forwarder',
          String(reply),
        );
        return forwarder as Address;
      } catch (error) {
        throw toChainError(error);
      }
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
    asForwarded: (call, account) => ({ ...call, data: dataFor(call.data, account) }),
    typedData: (from, { chainId, forwarder, ...request }) => ({
      domain: { ...forwarderDomain(chainId, forwarder), chainId },
      primaryType: 'ForwardRequest',
      types: { EIP712Domain: EIP712_DOMAIN_TYPE, ...FORWARD_REQUEST_TYPES },
      message: {
        from,
        to: request.to,
        value: '0',
        gas: request.gas.toString(),
        nonce: request.nonce.toString(),
        deadline: request.deadline,
        data: request.data,
      },
    }),
    signerOf: (from, { chainId, forwarder, ...request }, signature) => {
      try {
        const value = { from, value: 0n, ...request };
        const domain = forwarderDomain(chainId, forwarder);
        return verifyTypedData(domain, FORWARD_REQUEST_TYPES, value, signature) as Address;
      } catch {
        return null; // not even in the form of a signature
      }
    },
    execute: (from, { forwarder, to, data, gas, deadline }, signature) => {
      const request = { from, to, value: 0n, gas, deadline, data, signature };
      return {
        to: forwarder,
        data: forwarderInterface.encodeFunctionData('execute', [request]) as Hex,
      };
    },
    nothing: (program, { to }) =>
      program === null
        ? { to, data: FORWARDER_VIEW }
        : { to: program.address, data: OPERATOR_VIEW },
  };
}
