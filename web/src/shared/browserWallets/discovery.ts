/** Wallets in this browser, found as EIP-6963 says: each announces itself when it is asked. */

/** What a wallet does for a page (EIP-1193). */
export interface Eip1193 {
  request(call: {
    readonly method: string;
    readonly params?: readonly unknown[];
  }): Promise<unknown>;
}

/** One wallet that announced itself. */
export interface FoundWallet {
  readonly id: string;
  readonly name: string;
  /** "data:" address of its icon; null for any other, which would be asked of another host. */
  readonly icon: string | null;
  readonly provider: Eip1193;
}

interface Announcement {
  readonly info: { readonly uuid: string; readonly name: string; readonly icon: string };
  readonly provider: Eip1193;
}

const isAnnouncement = (detail: unknown): detail is Announcement => {
  const { info, provider } = (detail ?? {}) as Partial<Announcement>;
  return typeof info?.uuid === 'string' && typeof provider?.request === 'function';
};

/** Asks for wallets, and tells each that comes, once. @returns what stops listening */
export function discoverWallets(found: (wallet: FoundWallet) => void): () => void {
  const known = new Set<string>();
  const hear = (event: Event): void => {
    const detail: unknown = (event as CustomEvent<unknown>).detail;
    if (!isAnnouncement(detail) || known.has(detail.info.uuid)) return;
    const { info, provider } = detail;
    known.add(info.uuid);
    const icon = /^data:image\//.test(info.icon) ? info.icon : null;
    found({ id: info.uuid, name: `${info.name}`, icon, provider });
  };
  addEventListener('eip6963:announceProvider', hear);
  dispatchEvent(new Event('eip6963:requestProvider'));
  return () => removeEventListener('eip6963:announceProvider', hear);
}

const code = (error: unknown): number | null => {
  const value: unknown = Reflect.get(Object(error), 'code');
  return typeof value === 'number' ? value : null;
};

/** The person said no in the wallet. */
export const isRejected = (error: unknown): boolean => code(error) === 4001;
/** The wallet does not know the chain. */
export const isUnknownChain = (error: unknown): boolean => code(error) === 4902;
