import ipaddr from 'ipaddr.js';

/** Of these, every one has addresses that lead to another one inside of them, or is somebody's own network. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR('2000::/3');
/** For documents; the package does not know it. */
const DOCUMENTS_V6 = ipaddr.IPv6.parseCIDR('3fff::/20');

/** Tells whether an address is one that anybody on the internet has: no network of one's own, no machine itself, no translation. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv4') return true;
  const v6 = address as ipaddr.IPv6;
  return v6.match(GLOBAL_V6) && !v6.match(DOCUMENTS_V6);
}

/** Tells whether an address is of the machine itself. */
export const isLoopbackAddress = (text: string): boolean =>
  ipaddr.isValid(text) && ipaddr.parse(text).range() === 'loopback';
