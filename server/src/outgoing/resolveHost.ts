import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

/** Finds the addresses that a host name of a URL stands for at this moment; none for one that is not known. */
export type ResolveHost = (host: string) => Promise<string[]>;

const DNS_TIMEOUT_MS = 2_000;
const DNS_TRIES = 2;

/**
 * Creates the way to ask name servers, anew each time. It does not take the threads of `getaddrinfo`, of which there are four: names
 * of a server that hangs hold nobody up.
 */
export function createResolveHost(): ResolveHost {
  const resolver = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: DNS_TRIES });
  return async (host) => {
    const literal = host.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0) return [literal];
    // Never of a name server: it is this machine.
    if (host === 'localhost') return ['127.0.0.1', '::1'];
    const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    return found.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  };
}
