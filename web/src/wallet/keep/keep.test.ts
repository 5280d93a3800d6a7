import { decryptKeystoreJson, keccak256 as keccakOfEthers, Wallet } from 'ethers';
import fc from 'fast-check';
import { CompactEncrypt, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from './bytes.ts';
import { keccak256 } from './keccak.ts';
import { encryptKey } from './keystore.ts';
import { newLetterKeys, openLetter, publicHalf } from './openLetter.ts';

const closed = async (text: string, publicKey: string): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' })
    .encrypt(await importJWK(JSON.parse(publicKey) as object, 'ECDH-ES'));

it('the hash is the one of Ethereum', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(`0x${toHex(keccak256(bytes))}`).toBe(keccakOfEthers(bytes));
    }),
  );
});

describe('a letter', () => {
  it('is opened by the half that stayed here', async () => {
    const keys = await newLetterKeys();
    const jwe = await closed('{"privateKey":"0x12"}', await publicHalf(keys));
    expect(await openLetter(jwe, keys)).toBe('{"privateKey":"0x12"}');
  });

  it('is not opened by other keys, nor when it was changed', async () => {
    const keys = await newLetterKeys();
    const jwe = await closed('a key', await publicHalf(keys));
    await expect(openLetter(jwe, await newLetterKeys())).rejects.toThrow();
    const parts = jwe.split('.');
    parts[3] = `${parts[3]?.startsWith('A') === true ? 'B' : 'A'}${parts[3]?.slice(1)}`;
    await expect(openLetter(parts.join('.'), keys)).rejects.toThrow();
  });

  it('says nothing of the half that stays here', async () => {
    expect(JSON.parse(await publicHalf(await newLetterKeys()))).not.toHaveProperty('d');
  });
});

describe('a keystore', () => {
  it('is opened by wallets with its passphrase, and by no other', async () => {
    const { privateKey, address } = Wallet.createRandom();
    const passphrase = 'tea at 四点 ☕';
    const text = JSON.stringify(await encryptKey(privateKey, address, passphrase, 1_000));
    expect(await decryptKeystoreJson(text, passphrase)).toMatchObject({ privateKey, address });
    await expect(decryptKeystoreJson(text, 'tea at 4')).rejects.toThrow('incorrect password');
    expect(text).not.toContain(toHex(fromHex(privateKey)));
  });
});
