import ipaddr from 'ipaddr.js';

/** Groups of an IPv6 address that name the network: providers give a customer 64 bits of addresses or more. */
const NETWORK_GROUPS = 4;
const HEX = 16;

/** Names the network of a client: its address, of IPv6 the first 64 bits, as it can take any address that begins with them. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  // An IPv4 address comes inside of an IPv6 one from sockets that listen to both.
  const known = ipaddr.process(address);
  if (known.kind() === 'ipv4') return known.toString();
  const groups = (known as ipaddr.IPv6).parts.slice(0, NETWORK_GROUPS);
  return `${groups.map((group) => group.toString(HEX)).join(':')}::/64`;
}
