import { Contract, Interface, concat, type JsonRpcProvider, type Wallet } from 'ethers';
import { erc2771ForwarderAbi } from '../abi/erc2771ForwarderAbi.ts';
import type { Address } from '../statement.ts';
import { FORWARD_REQUEST_TYPES, forwarderDomain } from '../typedData.ts';
import { Refused } from './usageError.ts';

/** A contract call with its arguments encoded. */
interface EncodedCall {
  readonly to: Address;
  readonly data: string;
}

const forwarderInterface = new Interface(erc2771ForwarderAbi);
/** A request is carried out at once, or not at all. */
const REQUEST_GOOD_FOR_SECONDS = 600;
/** Gas of the forwarder around a call: its checks, its nonce, its event, and what it is sent besides. */
const FORWARDER_GAS = 150_000n;
/** The forwarder hands on 63 of 64 parts of the gas that it has. */
const HANDED_ON = { numerator: 64n, denominator: 63n };

/**
 * Sends a call through the ERC-2771 forwarder: `wallet` signs for it and needs no gas money, `payer` sends it and pays.
 *
 * @returns hash of the transaction
 * @throws what ethers throws for a call that reverts, with the data of the contract that was called
 */
export async function forwardCall(
  on: {
    readonly provider: JsonRpcProvider;
    readonly chainId: number;
    readonly forwarder: Address;
    /** Unix seconds of the newest block. */
    readonly nowSeconds: number;
  },
  { wallet, payer }: { readonly wallet: Wallet; readonly payer: Wallet },
  { to, data }: EncodedCall,
): Promise<string> {
  const { provider, chainId, forwarder, nowSeconds } = on;
  const contract = new Contract(forwarder, forwarderInterface, payer);
  // As the forwarder will make it, so that a refusal is the contract's own.
  const gas = await provider.estimateGas({
    from: forwarder,
    to,
    data: concat([data, wallet.address]),
  });
  const nonce = (await contract.getFunction('nonces').staticCall(wallet.address)) as bigint;
  const request = {
    ...{ from: wallet.address, to, value: 0n, gas, data },
    deadline: nowSeconds + REQUEST_GOOD_FOR_SECONDS,
  };
  const signature = await wallet.signTypedData(
    forwarderDomain(chainId, forwarder),
    FORWARD_REQUEST_TYPES,
    { ...request, nonce },
  );
  const execute = contract.getFunction('execute');
  const gasLimit = (gas * HANDED_ON.numerator) / HANDED_ON.denominator + FORWARDER_GAS;
  try {
    await execute.staticCall({ ...request, signature }, { gasLimit });
  } catch (error) {
    const { data: reverted } = error as { data?: unknown };
    const reason = typeof reverted === 'string' ? forwarderInterface.parseError(reverted) : null;
    if (reason?.name !== 'ERC2771ForwarderInvalidSigner') throw error;
    throw new Refused(
      `Another request of ${wallet.address} was carried out in the meantime; run the same command again.`,
    );
  }
  const { hash } = (await execute({ ...request, signature }, { gasLimit })) as { hash: string };
  return hash;
}
