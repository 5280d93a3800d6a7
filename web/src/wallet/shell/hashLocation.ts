import type { BaseLocationHook } from 'wouter';
import { navigate, useHashLocation } from 'wouter/use-hash-location';
import type { WalletPlace } from '../session/session.ts';

const goInPlace: typeof navigate = (to, options = {}) =>
  navigate(to, { ...options, replace: true });

/**
 * Pages of the wallet are in the fragment: static files need no rules, and no server learns which one is read. In a frame each
 * page takes the place of the one before: the way back there belongs to the app.
 */
export function hashLocationOf(place: WalletPlace): BaseLocationHook {
  if (place === 'page') return useHashLocation;
  const useFrameLocation = (...options: Parameters<typeof useHashLocation>) => {
    const [path] = useHashLocation(...options);
    return [path, goInPlace] as const;
  };
  return Object.assign(useFrameLocation, {
    hrefs: (href: string) => `#${href}`,
  }) as unknown as BaseLocationHook;
}
