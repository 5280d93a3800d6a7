import { programsAbi } from '@dewpoint/contracts/abi/programsAbi.ts';
import {
  createProgram,
  deployPrograms,
  predictProgram,
  type Opening,
} from '@dewpoint/contracts/deploy.ts';
import { minedReceipt } from '@dewpoint/contracts/minedReceipt.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { encodeTerms, type RuleSetTerms } from '@dewpoint/contracts/terms.ts';
import { Contract, Interface, JsonRpcProvider, Wallet, ZeroHash, getCreateAddress } from 'ethers';
import { programIdOf, type Program } from '../domain/program.ts';
import { toAddress } from './addresses.ts';
import type { Chain } from './connect.ts';
import type { Keystore } from './keystore.ts';
import { pointsInterface } from './pointsCalls.ts';

/** What an operator chooses for a new program. */
export interface NewProgram {
  readonly name: string;
  readonly symbol: string;
  /** Start of epoch 0, in which the creation must fall; whole seconds. */
  readonly startsAtMs: number;
  /** Whole seconds. */
  readonly epochLengthMs: number;
  /** W, in epochs; a multiple of 4. */
  readonly settlementWindow: number;
  readonly transferable: boolean;
  /** One rule set for epoch 0 on; or two, for epoch 0 and for epoch 1 on. */
  readonly opening: Opening;
}

/** Deploys contracts and creates programs with the operator's key. Each call may be repeated after a crash. */
export interface Deployment {
  readonly operator: Address;
  /** Local chains only: gives the service's accounts gas money. Does nothing elsewhere. */
  fund(accounts: readonly Address[]): Promise<void>;
  /**
   * Creates a program, and the factory before it where there is none of this operator. One with the same settings is
   * found again instead of created twice.
   *
   * @returns the program without its rule sets, which the reader finds on chain
   */
  createProgram(args: NewProgram & { readonly recorder: Address }): Promise<Program>;
  /** Appends a version of the rule set, in force from the next epoch at the earliest. */
  publishRuleSet(points: Address, terms: RuleSetTerms): Promise<void>;
  close(): void;
}

const MS_PER_SECOND = 1_000;
/** Ten thousand ether: on a local chain money is free, and a replay should never run out of it. */
const LOCAL_FUNDS = `0x${(10_000n * 10n ** 18n).toString(16)}`;
/** An operator's key deploys three contracts and then creates programs: its factory is among its first transactions. */
const FACTORY_SEARCH_NONCES = 32;

const programsInterface = new Interface(programsAbi);

/** ethers' provider over our own connection, so that failover and errors are the same. */
class ConnectedProvider extends JsonRpcProvider {
  readonly #chain: Chain;

  constructor(chain: Chain) {
    super(undefined, chain.chainId, { staticNetwork: true, cacheTimeout: -1 });
    this.#chain = chain;
  }

  override async send(method: string, params: unknown[]): Promise<unknown> {
    return this.#chain.rpc.call(method, params);
  }
}

const seconds = (ms: number): number => {
  if (ms % MS_PER_SECOND !== 0) throw new RangeError(`${ms} ms are not whole seconds`);
  return ms / MS_PER_SECOND;
};

/** Opens the operator's side of the contracts. */
export function createDeployment(args: { chain: Chain; keystore: Keystore }): Deployment {
  const { chain, keystore } = args;
  const provider = new ConnectedProvider(chain);
  const wallet = new Wallet(keystore.operatorKey, provider);
  const operator = wallet.address as Address;
  const charter = new Wallet(keystore.charterKey, provider);

  /** The address of a contract follows from its deployer and nonce, so nothing has to be written down. */
  const findFactory = async (): Promise<Address | null> => {
    const used = await provider.getTransactionCount(operator);
    for (let nonce = 0; nonce < Math.min(used, FACTORY_SEARCH_NONCES); nonce += 1) {
      const address = getCreateAddress({ from: operator, nonce });
      const data = programsInterface.encodeFunctionData('pointsImplementation');
      // Other contracts of the operator revert or give nothing.
      const reply = await provider.call({ to: address, data }).catch(() => '0x');
      if (reply.length === 66 && BigInt(reply) !== 0n) return address as Address;
    }
    return null;
  };

  const creationOf = async (factory: Address, points: Address): Promise<number> => {
    const contract = new Contract(factory, programsInterface, provider);
    const [created] = await contract.queryFilter(contract.filters.ProgramCreated?.(points) ?? '*');
    if (created === undefined) throw new Error(`${points} was not created by ${factory}`);
    return created.blockNumber;
  };

  return {
    operator,
    fund: async (accounts) => {
      if (!chain.local) return;
      const calls = [operator, charter.address, ...accounts].map((account) => ({
        method: 'anvil_setBalance',
        params: [account, LOCAL_FUNDS],
      }));
      await chain.rpc.batch(calls);
    },
    createProgram: async ({ recorder, opening, ...args }) => {
      const factory = (await findFactory()) ?? (await deployPrograms(wallet)).programs;
      const settings = {
        name: args.name,
        symbol: args.symbol,
        operator,
        recorder,
        charter: charter.address as Address,
        buyback: null,
        catalogue: null,
        startsAt: seconds(args.startsAtMs),
        epochLength: seconds(args.epochLengthMs),
        settlementWindow: args.settlementWindow,
        transferable: args.transferable,
      };
      const predicted = await predictProgram(wallet, factory, settings, opening, ZeroHash as Hex);
      const exists = (await provider.getCode(predicted)) !== '0x';
      if (!exists) await createProgram(wallet, factory, settings, opening);
      const address = toAddress(predicted.toLowerCase());
      return {
        id: programIdOf({ chainId: chain.chainId, address }),
        chainId: chain.chainId,
        address,
        name: args.name,
        symbol: args.symbol,
        startsAtMs: args.startsAtMs,
        epochLengthMs: args.epochLengthMs,
        settlementWindow: args.settlementWindow,
        transferable: args.transferable,
        createdAtBlock: await creationOf(factory, address),
        ruleSets: [],
      };
    },
    publishRuleSet: async (points, terms) => {
      const data = pointsInterface.encodeFunctionData('applyTerms', [encodeTerms(terms)]);
      const sent = await charter.sendTransaction({ to: points, data });
      await minedReceipt(provider, sent.hash);
    },
    close: () => provider.destroy(),
  };
}
