import { getAddress, hexlify, randomBytes } from 'ethers';
import { SiweMessage } from '@signinwithethereum/siwe';
import { expect, it } from 'vitest';
import { withCapitals } from './checksum.ts';
import { hexOfText, signInMessage } from './message.ts';

const page = {
  host: 'points.example',
  origin: 'https://points.example',
  pathname: '/w/prg_31337_95bd',
};
const text = {
  address: getAddress(`0x${'ab'.repeat(20)}`),
  ...{ chainId: 31_337, nonce: 'abcdefgh12345678', now: new Date('2026-11-29T14:00:00Z') },
};

it('the message to sign in is one of EIP-4361, for this page and chain', () => {
  const read = new SiweMessage(signInMessage(text, page));
  expect(read).toMatchObject({
    ...{ domain: 'points.example', uri: 'https://points.example/w/prg_31337_95bd' },
    ...{ address: text.address, chainId: 31_337, nonce: text.nonce },
  });
});

it('an address has the capital letters that everybody gives it', () => {
  for (let n = 0; n < 50; n += 1) {
    const address = hexlify(randomBytes(20));
    expect(withCapitals(address)).toBe(getAddress(address));
  }
});

it('what is signed is the text, byte by byte', () => {
  expect(hexOfText('a é')).toBe('0x6120c3a9');
});
