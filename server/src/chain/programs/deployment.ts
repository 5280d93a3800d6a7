import { charterAbi } from '@dewpoint/contracts/abi/charterAbi.ts';
import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import { programsAbi } from '@dewpoint/contracts/abi/programsAbi.ts';
import {
  deployLocalMoney,
  deployPrograms,
  predictProgram,
  type ProgramContracts,
} from '@dewpoint/contracts/deploy.ts';
import { minedReceipt } from '@dewpoint/contracts/minedReceipt.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { encodeTerms, type RuleSetTerms } from '@dewpoint/contracts/terms.ts';
import {
  Interface,
  JsonRpcProvider,
  Wallet,
  ZeroAddress,
  ZeroHash,
  getCreateAddress,
  id,
} from 'ethers';
import { ServiceError } from '../../domain/errors.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Program } from '../../domain/program.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import { ChainError, type Simulation } from '../../ports/chain/chain.ts';
import { MAX_LANES, operatorAccount } from '../../ports/chain/signer.ts';
import type { Chain } from '../connect.ts';
import { sendFromNode } from '../local/nodeAccount.ts';
import type { Keystore } from '../keys/keystore.ts';
import { settingsOf, type NewProgram } from './newProgram.ts';
import { readProgram } from './programOnChain.ts';
import { SEARCHED_NONCES } from './sharedContracts.ts';

/** A program to create. */
export interface PreparedProgram {
  /** Call that creates it, for the operator to make. */
  readonly call: ContractCall;
  /** Addresses that its contracts will have. */
  readonly contracts: ProgramContracts;
  /** Whether it exists already, so that the call would revert. */
  readonly exists: boolean;
}

/**
 * Deploys contracts and creates programs; each call can be repeated after a crash. The first lane of the relayer deploys what all
 * programs share, and sends what operators sign for; nonces of that lane are counted here, so it must have no other open
 * transactions. On a local chain the node sends for operators, and the relayer may run meanwhile.
 */
export interface Deployment {
  /** Returns the account that runs the programs of an organisation. */
  operatorOf(organisation: string): Address;
  /** Gives the lanes of the relayer, and these accounts, gas money on a local chain. Does nothing elsewhere. */
  fund(accounts: readonly Address[]): Promise<void>;
  /**
   * Makes the call that creates a program. On a local chain it deploys the factory if there is none, and a settlement token if
   * none is named.
   *
   * @throws RangeError when no settlement token is named and none can be deployed
   * @throws ServiceError CHAIN_UNAVAILABLE when another chain has no factory yet
   */
  prepareProgram(args: ProgramCreation): Promise<PreparedProgram>;
  /** Finds the program that a transaction created through this factory; null when it created none. */
  programCreatedIn(transactionHash: Hex): Promise<Address | null>;
  /** Reads a program of this factory, and of an organisation, without its terms, which the indexer reads. */
  readProgram(points: Address, organisationId: string): Promise<Program>;
  /**
   * Creates a program, after a simulation by `eth_call`. One with the same settings is returned instead of created twice.
   *
   * @returns the program without its terms, which the indexer reads
   * @throws ChainError REVERTED when a setting is refused
   */
  createProgram(args: ProgramCreation): Promise<Program>;
  /** Announces a version of the rule set; an improvement is in force from the next epoch on. */
  publishRuleSet(
    program: Pick<Program, 'address' | 'charter' | 'organisationId'>,
    terms: RuleSetTerms,
  ): Promise<void>;
  close(): void;
}

export interface ProgramCreation extends NewProgram {
  /** Organisation whose operator key runs the program. */
  readonly organisationId: string;
  /** Any text that tells programs with the same settings apart. */
  readonly discriminator?: string | null;
}

/** Ten thousand ether: on a local chain money is free, and a replay should never run out of it. */
const LOCAL_FUNDS = `0x${(10_000n * 10n ** 18n).toString(16)}`;

const MS_PER_SECOND = 1_000;
const LOCAL_DOLLAR = { name: 'Local Dollar', symbol: 'LD', decimals: 6 };

const programsInterface = new Interface(programsAbi);
const charterInterface = new Interface(charterAbi);
const moneyInterface = new Interface(localMoneyAbi);

/** The refusal of a call that would revert. */
function refusal({ revert, detail }: Extract<Simulation, { ok: false }>): ChainError {
  const values = Object.entries(revert?.args ?? {}).map(
    ([name, value]) => `${name}: ${String(value)}`,
  );
  const message = revert === null ? detail : `${revert.name}(${values.join(', ')})`;
  return new ChainError({ kind: 'REVERTED', message, retryable: false });
}

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

/** Gas of the forwarder around what it is asked for: its checks, its nonce and its event. */
const FORWARDER_GAS = 150_000n;
/** The clock of a local chain may be moved on meanwhile. */
const REQUEST_GOOD_FOR_S = 600;

/** Opens the side of the contracts on which programs are created and run. */
export function createDeployment(args: {
  chain: Chain;
  keystore: Keystore;
  /** Of the programs that are created. */
  environment: Environment;
}): Deployment {
  const { chain, keystore, environment } = args;
  const provider = new ConnectedProvider(chain);
  const wallet = new Wallet(keystore.deployerKey, provider);
  const { signer } = keystore;
  const operatorOf = (organisation: string): Address =>
    signer.addressOf(operatorAccount(organisation));

  /**
   * The address of a contract follows from its deployer and nonce, so nothing has to be written down: the first one of
   * the lane's that answers as wanted.
   */
  const findDeployed = async (
    data: string,
    isWanted: (reply: string) => boolean,
  ): Promise<Address | null> => {
    const used = await provider.getTransactionCount(wallet.address);
    for (let nonce = 0; nonce < Math.min(used, SEARCHED_NONCES); nonce += 1) {
      const address = getCreateAddress({ from: wallet.address, nonce });
      const reply = await provider.call({ to: address, data }).catch((error: unknown) => {
        // A chain that does not answer has not said that there is no contract: another one would be deployed.
        if (error instanceof ServiceError) throw error;
        return '0x'; // Other contracts of the lane revert or give nothing.
      });
      if (reply !== '0x' && isWanted(reply)) return address as Address;
    }
    return null;
  };
  const factoryAt = (): Promise<Address | null> => {
    const words = programsInterface.getFunction('implementations')?.outputs[0]?.components?.length;
    const length = 2 + 64 * (words ?? 0);
    return findDeployed(
      programsInterface.encodeFunctionData('implementations'),
      (reply) => reply.length === length,
    );
  };
  const factory = async (): Promise<Address> => {
    const found = await factoryAt();
    if (found !== null) return found;
    if (chain.local) return (await deployPrograms(wallet)).programs;
    // Elsewhere the lane is the sender's, which would not know of the nonces that this takes.
    throw new ServiceError({
      code: 'CHAIN_UNAVAILABLE',
      message: `Chain ${chain.chainId} has no factory of this service yet: run npm run deploy first.`,
    });
  };
  const forwarderAt = async (programs: Address): Promise<Address> => {
    const data = programsInterface.encodeFunctionData('forwarder');
    const answer = await provider.call({ to: programs, data });
    return programsInterface.decodeFunctionResult('forwarder', answer)[0] as Address;
  };

  const localMoney = async (): Promise<Address> => {
    if (!chain.local) throw new RangeError('settlementToken is missing: name an ERC-20 contract');
    const wanted = moneyInterface.encodeFunctionResult('name', [LOCAL_DOLLAR.name]);
    const found = await findDeployed(
      moneyInterface.encodeFunctionData('name'),
      (reply) => reply === wanted,
    );
    return found ?? deployLocalMoney(wallet, LOCAL_DOLLAR);
  };

  /** Sends what the operator signs for. */
  const sendForOperator = async (organisation: string, wanted: ContractCall): Promise<void> => {
    const operator = operatorOf(organisation);
    const tried = await chain.gateway.simulate(operator, { kind: 'call', ...wanted });
    if (!tried.ok) throw refusal(tried);
    const forwarder = await forwarderAt(await factory());
    const { nowMs } = await chain.clock.now();
    const request = {
      ...{ chainId: chain.chainId, forwarder, to: wanted.to, data: wanted.data },
      gas: tried.gas + FORWARDER_GAS,
      nonce: await chain.forwarding.nonceOf(forwarder, operator),
      deadline: Math.ceil(nowMs / MS_PER_SECOND) + REQUEST_GOOD_FOR_S,
    };
    const signature = await signer.signForwardRequest(operatorAccount(organisation), request);
    const call = chain.forwarding.execute(operator, request, signature);
    const hash = chain.local
      ? await sendFromNode(chain.rpc, call)
      : (await wallet.sendTransaction(call)).hash;
    const { status } = await minedReceipt(provider, hash);
    if (status === 1) return;
    throw new ChainError({
      kind: 'REVERTED',
      message: `the transaction ${hash} reverted`,
      retryable: false,
    });
  };

  const prepareProgram: Deployment['prepareProgram'] = async (program) => {
    const settlementToken = program.settlementToken ?? (await localMoney());
    const programs = await factory();
    const { opening, discriminator } = program;
    const unsigned = settingsOf(program, {
      operator: operatorOf(program.organisationId),
      recorder: ZeroAddress as Address,
      settlementToken,
    });
    const apart = discriminator == null ? ZeroHash : id(discriminator);
    const dataOf = (settings: typeof unsigned, salt: string): Hex =>
      programsInterface.encodeFunctionData('create', [settings, opening, salt]) as Hex;
    // All that tells programs apart, so that no two of any chain have the same recorder. It is the salt too: the creation says it.
    const label = id([chain.chainId, programs, dataOf(unsigned, apart)].join(' ')) as Hex;
    const settings = { ...unsigned, recorder: signer.recorderAddress(label) };
    const contracts = await predictProgram(provider, programs, settings, opening, label);
    const data = dataOf(settings, label);
    const exists = (await provider.getCode(contracts.points)) !== '0x';
    return { call: { to: programs, data }, contracts, exists };
  };
  const readCreated = async (points: Address, organisationId: string): Promise<Program> => ({
    ...(await readProgram(provider, chain.chainId, await factory(), points)),
    organisationId,
    environment,
  });

  return {
    operatorOf,
    fund: async (accounts) => {
      if (!chain.local) return;
      const lanes = Array.from({ length: MAX_LANES }, (_none, lane) =>
        signer.addressOf({ role: 'RELAYER', lane }),
      );
      const calls = [...lanes, ...accounts].map((account) => ({
        method: 'anvil_setBalance',
        params: [account, LOCAL_FUNDS],
      }));
      await chain.rpc.batch(calls);
    },
    prepareProgram,
    programCreatedIn: async (transactionHash) => {
      const [receipt, programs] = await Promise.all([
        provider.getTransactionReceipt(transactionHash),
        factoryAt(),
      ]);
      for (const log of receipt?.logs ?? []) {
        if (log.address !== programs) continue;
        const event = programsInterface.parseLog(log);
        if (event?.name === 'ProgramCreated') return event.args.getValue('points') as Address;
      }
      return null;
    },
    readProgram: readCreated,
    createProgram: async (program) => {
      const { call, contracts, exists } = await prepareProgram(program);
      if (!exists) await sendForOperator(program.organisationId, call);
      return readCreated(contracts.points, program.organisationId);
    },
    publishRuleSet: async ({ address, charter, organisationId }, terms) => {
      const values = [address, encodeTerms(terms)];
      const data = charterInterface.encodeFunctionData('announce', values) as Hex;
      await sendForOperator(organisationId, { to: charter, data });
    },
    close: () => provider.destroy(),
  };
}
