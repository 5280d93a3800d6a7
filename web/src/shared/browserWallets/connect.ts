import { isUnknownChain, type Eip1193 } from './discovery.ts';

/** What stands between a page and a wallet. */
export type WalletHindrance = 'noAccount' | 'unknownChain' | 'wrongChain';

/** Stops with something that has words. */
export class WalletStop extends Error {
  override readonly name = 'WalletStop';
  readonly hindrance: WalletHindrance;
  constructor(hindrance: WalletHindrance) {
    super('the wallet can not be used');
    this.hindrance = hindrance;
  }
}

const ADDRESS = /^0x[\da-fA-F]{40}$/;

/** Asks a wallet for the accounts that the page may use, the chosen one first. @throws WalletStop when it gives none */
export async function accountsOf(provider: Eip1193): Promise<readonly `0x${string}`[]> {
  const given = await provider.request({ method: 'eth_requestAccounts' });
  const accounts = (Array.isArray(given) ? (given as unknown[]) : []).filter(
    (account): account is `0x${string}` => typeof account === 'string' && ADDRESS.test(account),
  );
  if (accounts.length === 0) throw new WalletStop('noAccount');
  return accounts;
}

/** A chain in the list of the service, which the audit page uses too. */
interface ListedChain {
  readonly id: number;
  readonly name: { readonly en: string };
  readonly node: string;
  readonly explorer?: string;
}

async function listedChain(chainId: number): Promise<ListedChain | null> {
  try {
    const response = await fetch('/audit/chains.json', { credentials: 'omit' });
    const chains = (await response.json()) as readonly ListedChain[];
    return chains.find(({ id }) => id === chainId) ?? null;
  } catch {
    // The host of the service took the list away: the chain has to be added by hand.
    return null;
  }
}

/** Has the wallet add a chain that it does not know. */
async function addChain(provider: Eip1193, chainId: number, wanted: string): Promise<void> {
  const chain = await listedChain(chainId);
  if (chain === null) throw new WalletStop('unknownChain');
  await provider.request({
    method: 'wallet_addEthereumChain',
    params: [
      {
        ...{ chainId: wanted, chainName: chain.name.en, rpcUrls: [chain.node] },
        // Wallets want a name of 2 to 6 letters for what fees are paid in; on all chains of the list it is this one.
        nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
        ...(chain.explorer !== undefined && { blockExplorerUrls: [chain.explorer] }),
      },
    ],
  });
}

const isOn = async (provider: Eip1193, chainId: number): Promise<boolean> =>
  Number(await provider.request({ method: 'eth_chainId' })) === chainId;

/** Has the wallet go to a chain: it signs for the one that it is on alone. @throws WalletStop when it does not */
export async function switchChain(provider: Eip1193, chainId: number): Promise<void> {
  if (await isOn(provider, chainId)) return;
  const wanted = `0x${chainId.toString(16)}`;
  const goThere = (): Promise<unknown> =>
    provider.request({ method: 'wallet_switchEthereumChain', params: [{ chainId: wanted }] });
  try {
    await goThere();
  } catch (error) {
    if (!isUnknownChain(error)) throw error;
    await addChain(provider, chainId, wanted);
    if (!(await isOn(provider, chainId))) await goThere();
  }
  if (!(await isOn(provider, chainId))) throw new WalletStop('wrongChain');
}
