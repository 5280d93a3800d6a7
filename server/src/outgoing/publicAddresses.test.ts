import { describe, expect, it } from 'vitest';
import { isLoopbackAddress, isPublicAddress } from './publicAddresses.ts';

const PUBLIC = ['1.1.1.1', '93.184.216.34', '2606:4700:4700::1111', '2a00:1450:4001::200e'];
const PRIVATE = [
  ...['127.0.0.1', '127.9.9.9', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ...['169.254.169.254', '100.64.0.1', '0.0.0.0', '0.1.2.3', '255.255.255.255', '224.0.0.1'],
  ...['240.0.0.1', '192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:1.1.1.1', '::127.0.0.1', '::1.1.1.1'],
  ...['fe80::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '64:ff9b::7f00:1', '64:ff9b::101:101'],
  ...['64:ff9b:1::1', '2002:7f00:1::', '2001:0:1::1', '2001:db8::1', '3fff::1', '100::1'],
  ...['::ffff:0:127.0.0.1', '5f00::1', 'fec0::1', 'no address', ''],
];

describe('addresses', () => {
  it.each(PUBLIC)('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));
  it.each(PRIVATE)('"%s" is not', (address) => expect(isPublicAddress(address)).toBe(false));
  it('of the machine itself are few', () => {
    expect(['127.0.0.1', '::1', '10.0.0.1', '::ffff:127.0.0.1'].map(isLoopbackAddress)).toEqual([
      ...[true, true, false, false],
    ]);
  });
});
