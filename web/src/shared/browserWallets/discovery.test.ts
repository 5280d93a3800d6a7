import { afterEach, describe, expect, it, vi } from 'vitest';
import { discoverWallets, isRejected, isUnknownChain, type FoundWallet } from './discovery.ts';

const provider = { request: () => Promise.resolve(null) };
const page = new EventTarget();
const announce = (detail: unknown): void => {
  page.dispatchEvent(Object.assign(new Event('eip6963:announceProvider'), { detail }));
};
const wallet = (uuid: string, icon = 'data:image/svg+xml,x') => ({
  ...{ info: { uuid, name: `Wallet ${uuid}`, icon }, provider },
});

describe('wallets of a browser', () => {
  afterEach(() => vi.unstubAllGlobals());
  const listen = (): { found: FoundWallet[]; stop: () => void } => {
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
    vi.stubGlobal('dispatchEvent', page.dispatchEvent.bind(page));
    const found: FoundWallet[] = [];
    return { found, stop: discoverWallets((each) => found.push(each)) };
  };

  it('are asked to announce themselves, and each is told once', () => {
    page.addEventListener('eip6963:requestProvider', () => announce(wallet('a')), { once: true });
    const { found, stop } = listen();
    announce(wallet('a'));
    announce(wallet('b'));
    stop();
    announce(wallet('c'));
    expect(found.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('show no icon that would be asked of another host', () => {
    const { found, stop } = listen();
    announce(wallet('far', 'https://elsewhere.example/icon.png'));
    announce({ info: { uuid: 'broken' } });
    announce(null);
    stop();
    expect(found.map(({ id, icon }) => [id, icon])).toEqual([['far', null]]);
  });
});

describe('what a wallet answers', () => {
  it('tells a no of the person from a chain that it does not know', () => {
    expect(isRejected({ code: 4001 })).toBe(true);
    expect(isRejected(new Error('4001'))).toBe(false);
    expect(isUnknownChain({ code: 4902 })).toBe(true);
    expect(isUnknownChain(undefined)).toBe(false);
  });
});
