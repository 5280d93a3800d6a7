import { JsonRpcProvider, Wallet, type TypedDataField } from 'ethers';
import type { Page } from 'playwright-core';

/** A wallet of a test: what a page asks of it, and what it answers. */
export interface ScriptedWallet {
  readonly address: string;
  /** Methods that were asked for, in their order. */
  readonly asked: readonly string[];
  /** Parameters of the calls of a method. */
  paramsOf(method: string): readonly (readonly unknown[])[];
  /** How the next calls of a method end; then it is as always. */
  next(method: string, ...ends: readonly WalletEnd[]): void;
  /** Puts it into a page, and into those that it opens. */
  enter(page: Page): Promise<void>;
  close(): void;
}

/** `reject`: the person says no; `silent`: never an answer; `unknownChain`: it does not know the chain. */
export type WalletEnd = 'reject' | 'silent' | 'unknownChain';

type Params = readonly unknown[];
type Answer = { readonly result: unknown } | { readonly code: number; readonly message: string };

const NAME = 'Scripted Wallet';
/** A picture in the page itself, as EIP-6963 wants it. */
const ICON =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"%3E%3Crect width="8" height="8" fill="%23c60"/%3E%3C/svg%3E';
const OTHER_CHAIN = '0x1';
const GAS_MONEY = '0x8ac7230489e80000';
const ERRORS: Readonly<Record<Exclude<WalletEnd, 'silent'>, Answer>> = {
  reject: { code: 4001, message: 'The person said no.' },
  unknownChain: { code: 4902, message: 'The chain is not known.' },
};

interface TypedData {
  readonly domain: object;
  readonly types: Record<string, TypedDataField[]>;
  readonly message: Record<string, unknown>;
}

/**
 * Makes a wallet with a key of its own on a local chain. It begins on another chain, as wallets do.
 *
 * @param node URL of the chain
 */
export async function createScriptedWallet(node: string): Promise<ScriptedWallet> {
  const provider = new JsonRpcProvider(node, undefined, { cacheTimeout: -1, batchStallTime: 0 });
  const wallet = new Wallet(Wallet.createRandom().privateKey, provider);
  await provider.send('anvil_setBalance', [wallet.address, GAS_MONEY]);
  const calls: { method: string; params: Params }[] = [];
  const ends = new Map<string, WalletEnd[]>();
  let chain = OTHER_CHAIN;

  const methods: Readonly<Record<string, (params: Params) => Promise<unknown>>> = {
    eth_requestAccounts: () => Promise.resolve([wallet.address]),
    eth_chainId: () => Promise.resolve(chain),
    wallet_switchEthereumChain: ([wanted]) => {
      chain = (wanted as { chainId: string }).chainId;
      return Promise.resolve(null);
    },
    wallet_addEthereumChain: () => Promise.resolve(null),
    eth_signTypedData_v4: ([, json]) => {
      const { domain, types, message } = JSON.parse(json as string) as TypedData;
      const { EIP712Domain: _, ...own } = types;
      return wallet.signTypedData(domain, own, message);
    },
    personal_sign: ([hex]) => wallet.signMessage(Buffer.from((hex as string).slice(2), 'hex')),
    eth_sendTransaction: async ([call]) => {
      const { to, data } = call as { to: string; data: string };
      return (await wallet.sendTransaction({ to, data })).hash;
    },
    eth_getTransactionReceipt: (params) => provider.send('eth_getTransactionReceipt', [...params]),
  };
  const answer = async (method: string, params: Params): Promise<Answer> => {
    calls.push({ method, params });
    const end = ends.get(method)?.shift();
    if (end === 'silent') return new Promise(() => undefined);
    if (end !== undefined) return ERRORS[end];
    const run = methods[method];
    if (run === undefined) return { code: 4200, message: `${method} is not there` };
    return { result: await run(params) };
  };
  return {
    address: wallet.address,
    get asked() {
      return calls.map(({ method }) => method);
    },
    paramsOf: (method) =>
      calls.filter((call) => call.method === method).map(({ params }) => params),
    next: (method, ...all) => void ends.set(method, [...all]),
    enter: async (page) => {
      await page.exposeFunction('askScriptedWallet', answer);
      await page.addInitScript(announce, { name: NAME, icon: ICON });
    },
    close: () => provider.destroy(),
  };
}

/** Runs in the page: announces the wallet as EIP-6963 says, in pages at the top alone. */
function announce({ name, icon }: { name: string; icon: string }): void {
  if (window !== window.top) return;
  const { askScriptedWallet } = window as unknown as {
    askScriptedWallet: (method: string, params: readonly unknown[]) => Promise<object>;
  };
  const provider = {
    request: async ({ method, params = [] }: { method: string; params?: readonly unknown[] }) => {
      const answer = await askScriptedWallet(method, params);
      if ('result' in answer) return answer.result;
      throw Object.assign(new Error('the wallet said no'), answer);
    },
  };
  const info = { uuid: crypto.randomUUID(), rdns: 'example.scripted', name, icon };
  const tell = (): void => {
    const detail = Object.freeze({ info, provider });
    dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
  };
  addEventListener('eip6963:requestProvider', tell);
  tell();
}

export const WALLET_NAME = NAME;
