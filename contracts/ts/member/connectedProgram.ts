import {
  Contract,
  Interface,
  JsonRpcProvider,
  Wallet,
  isError,
  type ContractTransactionResponse,
  type LogDescription,
  type TransactionReceipt,
} from 'ethers';
import {
  buybackInterface,
  catalogueInterface,
  charterInterface,
  pointsInterface,
} from '../contractInterfaces.ts';
import { minedReceipt } from '../minedReceipt.ts';
import type { Address } from '../statement.ts';
import { HttpRpc } from '../verifier/rpc/httpRpc.ts';
import { valuesText } from './eventWords.ts';
import { forwardCall } from './forwardCall.ts';
import { Refused, UsageError } from './usageError.ts';

/** The four contracts of a program, by their names in the interfaces. */
export type ContractName = 'points' | 'charter' | 'buyback' | 'catalogue';

const INTERFACES: Readonly<Record<ContractName, Interface>> = {
  points: pointsInterface,
  charter: charterInterface,
  buyback: buybackInterface,
  catalogue: catalogueInterface,
};
/** What is asked of the settlement token, whichever ERC-20 that is. */
const TOKEN = new Interface([
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
  'function balanceOf(address) view returns (uint256)',
]);
/** The contract of an ERC-20 may leave out its decimals; then amounts are shown in base units. */
const NO_DECIMALS = 0;
/** Blocks a transaction may wait for are the node's business; a caller wants to know when it is taking long. */
const POLLING_MS = 200;

/** The settlement token, as it names itself. */
export interface Money {
  readonly address: Address;
  readonly symbol: string;
  readonly decimals: number;
}

/** An event of one of the program's contracts in a transaction of ours. */
export interface SeenEvent {
  readonly contract: ContractName;
  readonly event: LogDescription;
}

/** Who makes a call. */
export interface CallSender {
  /** Its account is the one that the contract sees. */
  readonly wallet: Wallet;
  /** Sends and pays in its place, through the forwarder; null for a wallet that pays itself. */
  readonly payer: Wallet | null;
}

/** A program as anybody with a node can reach it: no server, no database. */
export interface ConnectedProgram {
  readonly addresses: Readonly<Record<ContractName, Address>>;
  readonly chainId: number;
  /** Unix seconds of the newest block. */
  now(): Promise<number>;
  /** Calls a view and gives what it returns; a single value as it is. */
  read(contract: ContractName, view: string, ...values: unknown[]): Promise<unknown>;
  /** Events of the program's whole history with these indexed values, oldest first. */
  history(contract: ContractName, event: string, ...indexed: unknown[]): Promise<LogDescription[]>;
  money(): Promise<Money>;
  moneyOf(account: Address): Promise<bigint>;
  /**
   * Sends a call and waits until it is in a block.
   *
   * @throws Refused with the contract's own reason when it refuses
   * @throws UsageError when the account that pays has no gas money
   */
  send(
    sender: CallSender,
    contract: ContractName,
    name: string,
    ...values: unknown[]
  ): Promise<{ readonly hash: string; readonly events: readonly SeenEvent[] }>;
  wallet(privateKey: string): Wallet;
  close(): void;
}

/** Connects to the program whose Points contract this is; the other three are named by it. */
export async function connectProgram(rpcUrl: string, points: Address): Promise<ConnectedProgram> {
  const chainId = await chainIdOf(rpcUrl);
  const provider = new JsonRpcProvider(rpcUrl, chainId, { staticNetwork: true, cacheTimeout: -1 });
  provider.pollingInterval = POLLING_MS;
  const pointsContract = new Contract(points, INTERFACES.points, provider);
  if ((await provider.getCode(points)) === '0x')
    throw new UsageError(`--program ${points} is no contract on this chain.`);
  const [charter, buyback, catalogue, trusted] = await Promise.all(
    ['charter', 'buyback', 'catalogue', 'trustedForwarder'].map(async (name) =>
      String(await pointsContract.getFunction(name).staticCall()),
    ),
  );
  const forwarder = trusted as Address;
  const addresses = { points, charter, buyback, catalogue } as Record<ContractName, Address>;

  const contractOf = (name: ContractName, runner: Wallet | JsonRpcProvider): Contract =>
    new Contract(addresses[name], INTERFACES[name], runner);
  const tokenAddress = async (): Promise<Address> =>
    String(
      await contractOf('buyback', provider).getFunction('settlementToken').staticCall(),
    ) as Address;

  const money = async (): Promise<Money> => {
    const address = await tokenAddress();
    const contract = new Contract(address, TOKEN, provider);
    const ask = (view: string): Promise<unknown> =>
      contract.getFunction(view).staticCall() as Promise<unknown>;
    const [symbol, decimals] = await Promise.all([
      ask('symbol').catch(() => 'units'),
      ask('decimals').catch(() => NO_DECIMALS),
    ]);
    return { address, symbol: String(symbol), decimals: Number(decimals) };
  };

  const now = async (): Promise<number> => {
    const block = await provider.getBlock('latest');
    if (block === null) throw new UsageError(`${rpcUrl} has no newest block.`);
    return block.timestamp;
  };

  return {
    addresses,
    chainId,
    now,
    read: (contract, view, ...values) =>
      contractOf(contract, provider)
        .getFunction(view)
        .staticCall(...values) as Promise<unknown>,
    history: async (name, event, ...indexed) => {
      const contract = contractOf(name, provider);
      const filter = contract.filters[event]?.(...indexed);
      if (filter === undefined) throw new Error(`${name} has no event ${event}`);
      const logs = await contract.queryFilter(filter, 0, 'latest');
      return logs.flatMap((log) => INTERFACES[name].parseLog(log) ?? []);
    },
    money,
    moneyOf: async (account) => {
      const token = new Contract(await tokenAddress(), TOKEN, provider);
      return BigInt(String(await token.getFunction('balanceOf').staticCall(account)));
    },
    send: async ({ wallet, payer }, name, call, ...values) => {
      const method = contractOf(name, wallet).getFunction(call);
      const from = payer ?? wallet;
      if ((await provider.getBalance(from)) === 0n) throw noGasMoney(from, payer !== null);
      let hash: string;
      try {
        if (payer === null) {
          ({ hash } = (await method(...values)) as ContractTransactionResponse);
        } else {
          const to = addresses[name];
          const data = INTERFACES[name].encodeFunctionData(call, values);
          const on = { provider, chainId, forwarder, nowSeconds: await now() };
          hash = await forwardCall(on, { wallet, payer }, { to, data });
        }
      } catch (error) {
        if (isError(error, 'INSUFFICIENT_FUNDS')) throw noGasMoney(from, payer !== null);
        throw await refusalOf(error, { contract: name, call, money });
      }
      const receipt = await minedReceipt(provider, hash);
      if (receipt.status !== 1) throw new Refused(`${call} reverted in ${hash}.`);
      return { hash, events: eventsIn(receipt, addresses) };
    },
    wallet: (privateKey) => new Wallet(privateKey, provider),
    close: () => provider.destroy(),
  };
}

/** Asked before ethers is, which would wait for ever for a node that does not answer. */
async function chainIdOf(rpcUrl: string): Promise<number> {
  try {
    return Number(await new HttpRpc(rpcUrl).send('eth_chainId', []));
  } catch (error) {
    throw new UsageError(`No node answers at ${rpcUrl}: ${(error as Error).message}`);
  }
}

function noGasMoney({ address }: Wallet, isPayer: boolean): UsageError {
  const remedy = isPayer
    ? 'send it some, or name another one with --gas-key-file'
    : 'send it some, or name an account that pays in its place with --gas-key-file';
  return new UsageError(`The account ${address} has too little money for gas: ${remedy}.`);
}

function eventsIn(
  { logs }: TransactionReceipt,
  addresses: ConnectedProgram['addresses'],
): SeenEvent[] {
  const names = Object.keys(addresses) as ContractName[];
  return logs.flatMap((log): SeenEvent[] => {
    const contract = names.find((name) => addresses[name] === log.address);
    if (contract === undefined) return [];
    const event = INTERFACES[contract].parseLog(log);
    return event === null ? [] : [{ contract, event }];
  });
}

/** A refused call can revert with an error of its own contract, or of Points below it. */
async function refusalOf(
  error: unknown,
  tried: {
    readonly contract: ContractName;
    readonly call: string;
    readonly money: () => Promise<Money>;
  },
): Promise<unknown> {
  const data = (error as { data?: unknown }).data;
  if (typeof data !== 'string') return error;
  const { contract, call, money } = tried;
  for (const name of [contract, 'points'] as const) {
    const parsed = INTERFACES[name].parseError(data);
    if (parsed === null) continue;
    const { inputs } = parsed.fragment;
    const values = valuesText(parsed.name, inputs, parsed.args, await money());
    const reason = values === '' ? parsed.name : `${parsed.name} (${values})`;
    return new Refused(`The ${contract} contract refuses ${call}: ${reason}.`);
  }
  return error;
}
