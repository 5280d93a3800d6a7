import { isIPv6 } from 'node:net';

/** Groups of an IPv6 address in all, and of the network in front: providers give a customer 64 bits of addresses or more. */
const GROUPS = 8;
const NETWORK_GROUPS = 4;
/** An IPv4 address as sockets have it that listen to both. */
const MAPPED = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

const groupsOf = (part: string): string[] => part.split(':').filter((group) => group !== '');

/** Names the network of a client: its address, of IPv6 the first 64 bits, as it can take any address that begins with them. */
export function networkOf(address: string): string {
  const plain = address.replace(MAPPED, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  // As browsers write it: in lower case, without zeros in front, and an IPv4 address at its end in groups.
  const [head = '', tail = ''] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::');
  const [front, back] = [groupsOf(head), groupsOf(tail)];
  const between = Array<string>(GROUPS - front.length - back.length).fill('0');
  return `${[...front, ...between, ...back].slice(0, NETWORK_GROUPS).join(':')}::/64`;
}
