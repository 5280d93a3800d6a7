/** Deploys the shared contracts with the first lane of the relayer. Killed at any step and run again, it goes on. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  SHARED_ARTIFACTS,
  SHARED_CONTRACTS,
  type SharedAddresses,
  type SharedContract,
} from '@dewpoint/contracts/deploy.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { Wallet, dataLength, getBytes, getCreateAddress } from 'ethers';
import {
  PUBLIC_SEND_POLICY,
  bumpedFees,
  firstFees,
  type Fees,
} from '../../domain/transactions/transaction.ts';
import type { Chain } from '../connect.ts';
import { quantity } from '../rpc/blocks.ts';
import { RpcError } from '../rpc/rpc.ts';
import { codeAt, creationData, findShared, isCodeOf, SEARCHED_NONCES } from './sharedContracts.ts';

/** The deployment can't go on, and its message says why and what to do. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
}

/** What is missing on a chain, and what it costs. */
export interface DeploymentNeed {
  readonly found: SharedAddresses;
  readonly missing: readonly SharedContract[];
  readonly gas: bigint;
  /** What the account has, in wei. */
  readonly balance: bigint;
  /** Enough to begin: the present price of the gas, and a little more. */
  readonly enough: bigint;
  /** To send, so that rising fees do not stop it on the way. */
  readonly advised: bigint;
}

/** Deploys the shared contracts of a chain. */
export interface SharedDeployment {
  readonly deployer: Address;
  need(): Promise<DeploymentNeed>;
  /** Deploys the first missing contract and waits for its block. @throws DeploymentError */
  deployNext(need: DeploymentNeed): Promise<{ contract: SharedContract; address: Address } | null>;
}

const TRANSACTION_GAS = 21_000n;
const CREATION_GAS = 32_000n;
const CODE_BYTE_GAS = 200n;
const ZERO_BYTE_GAS = 4n;
const OTHER_BYTE_GAS = 16n;
/** What the constructors do: a few words of storage, and for Points the contract that it makes. */
const CONSTRUCTOR_GAS = 1_200_000n;
/** Of a gas limit that was estimated. */
const GAS_MARGIN = { numerator: 5n, denominator: 4n };
/** To send: the fees may double while the operator looks for the money. */
const ADVICE = { numerator: 5n, denominator: 2n };
const LOOK_AGAIN_MS = 500;
/** A transaction that is in no block by then is sent again, with higher fees. */
const RESEND_AFTER_MS = 30_000;
const NOWHERE = '0x0000000000000000000000000000000000000001';

/** What a creation costs at most by the rules of the chain, where it can't be tried because others come before it. */
function computedGas(contract: SharedContract, data: Hex): bigint {
  const zeros = getBytes(data).reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  const others = dataLength(data) - zeros;
  const code = dataLength(SHARED_ARTIFACTS[contract].deployedBytecode);
  return (
    TRANSACTION_GAS +
    CREATION_GAS +
    BigInt(zeros) * ZERO_BYTE_GAS +
    BigInt(others) * OTHER_BYTE_GAS +
    BigInt(code) * CODE_BYTE_GAS +
    CONSTRUCTOR_GAS
  );
}

/** Opens the deployment. @param resendAfterMs 30 s if left out */
export function openSharedDeployment(args: {
  chain: Chain;
  deployerKey: Hex;
  resendAfterMs?: number;
}): SharedDeployment {
  const { chain, resendAfterMs = RESEND_AFTER_MS } = args;
  const { rpc, gateway } = chain;
  const wallet = new Wallet(args.deployerKey);
  const deployer = wallet.address as Address;

  const standIn = (found: SharedAddresses): SharedAddresses => ({
    ...Object.fromEntries(SHARED_CONTRACTS.map((name) => [name, NOWHERE])),
    ...found,
  });

  /** @throws DeploymentError when the chain can't run the contract */
  const estimate = async (contract: SharedContract, before: SharedAddresses): Promise<bigint> => {
    const data = creationData(contract, standIn(before));
    // The factory asks the others, so it can be tried only when they are there.
    const canTry = contract !== 'programs' || SHARED_CONTRACTS.slice(0, -1).every((n) => before[n]);
    if (!canTry) return computedGas(contract, data);
    try {
      return BigInt(quantity.parse(await rpc.call('eth_estimateGas', [{ from: deployer, data }])));
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      throw new DeploymentError(
        `Chain ${chain.chainId} does not take ${contract}: ${error.message}. It has to know the EVM of Cancun.`,
        { cause: error },
      );
    }
  };

  const need: SharedDeployment['need'] = async () => {
    const used = await gateway.minedNonce(deployer);
    const found = await findShared(rpc, deployer, used);
    const missing = SHARED_CONTRACTS.filter((name) => found[name] === undefined);
    if (missing.length > 0 && used + missing.length > SEARCHED_NONCES) {
      throw new DeploymentError(
        `${deployer} has sent ${used} transactions on chain ${chain.chainId}, and the service looks for its factory among the first ${SEARCHED_NONCES}: begin with a keystore of its own (DEWPOINT_STATE_DIR).`,
      );
    }
    let gas = 0n;
    for (const contract of missing) gas += await estimate(contract, found);
    const { maxFeePerGas } = await gateway.fees();
    const price = gas * maxFeePerGas;
    const balance = await gateway.balance(deployer);
    const enough = (price * GAS_MARGIN.numerator) / GAS_MARGIN.denominator;
    const advised = (price * ADVICE.numerator) / ADVICE.denominator;
    return { found, missing, gas, balance, enough, advised };
  };

  const sign = async (data: Hex, nonce: number, gasLimit: bigint, fees: Fees): Promise<Hex> =>
    (await wallet.signTransaction({
      ...{ type: 2, chainId: chain.chainId, nonce, to: null, data, gasLimit, value: 0n, ...fees },
    })) as Hex;

  /** Sends one nonce, dearer and dearer, until a block has used it: whichever form it was, it is the same creation. */
  const untilUsed = async (contract: SharedContract, data: Hex, nonce: number): Promise<void> => {
    const estimated = BigInt(
      quantity.parse(await rpc.call('eth_estimateGas', [{ from: deployer, data }])),
    );
    const gasLimit = (estimated * GAS_MARGIN.numerator) / GAS_MARGIN.denominator;
    let fees = firstFees(await gateway.fees(), PUBLIC_SEND_POLICY.feeCeilingWei);
    let sendAtMs = 0;
    while ((await gateway.minedNonce(deployer)) <= nonce) {
      if (Date.now() >= sendAtMs) {
        const { answer, detail } = await gateway.broadcast(await sign(data, nonce, gasLimit, fees));
        if (answer === 'INVALID' || answer === 'INSUFFICIENT_FUNDS') {
          throw new DeploymentError(
            `Chain ${chain.chainId} refuses the creation of ${contract}: ${detail}.`,
          );
        }
        // Refused as too cheap, it is tried again at once: one of an earlier run may be in the pool, and pay more.
        sendAtMs = Date.now() + (answer === 'UNDERPRICED' ? 0 : resendAfterMs);
        const { feeCeilingWei } = PUBLIC_SEND_POLICY;
        fees = bumpedFees(fees, await gateway.fees(), feeCeilingWei) ?? fees;
      }
      await delay(LOOK_AGAIN_MS);
    }
  };

  return {
    deployer,
    need,
    deployNext: async ({ found, missing }) => {
      const [contract] = missing;
      if (contract === undefined) return null;
      const nonce = await gateway.minedNonce(deployer);
      await untilUsed(contract, creationData(contract, found), nonce);
      const address = getCreateAddress({ from: deployer, nonce }) as Address;
      if (isCodeOf(contract, await codeAt(rpc, address))) return { contract, address };
      throw new DeploymentError(
        `Transaction ${nonce} of ${deployer} did not create ${contract}: it ran out of gas, or another process uses this key. Stop the service and run this again.`,
      );
    },
  };
}
