import { createECDH, randomBytes } from 'node:crypto';
import { Wallet } from 'ethers';
import { describe, expect, it } from 'vitest';
import { SECRETS } from '../../testing/foundation.ts';
import { newWalletKeys } from '../../testing/walletKeys.ts';
import { createKeystore } from './keystore.ts';

const { memberKeys, signer } = createKeystore(SECRETS);
const OF = {
  programId: 'prg_1',
  memberId: 'member',
  chainId: 31_337,
  program: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
} as const;

async function flawOf(key: object | string): Promise<string | null> {
  const text = typeof key === 'string' ? key : JSON.stringify(key);
  return (await memberKeys.readPublicKey(text)).flaw;
}

describe('the key of a member', () => {
  it('is read by the WebCrypto of a browser, and by the owner of the public key alone', async () => {
    const [mine, others] = [await newWalletKeys(), await newWalletKeys()];
    const { key } = await memberKeys.readPublicKey(mine.publicKey);
    if (key === null) throw new Error('the key is good');
    const jwe = await memberKeys.encryptedKey(OF, key);
    const account = signer.addressOf({ role: 'MEMBER', programId: 'prg_1', memberId: 'member' });
    const opened = await mine.open(jwe);
    const { privateKey, ...rest } = opened;
    expect(rest).toEqual({ program: OF.program, chainId: OF.chainId, account });
    expect(new Wallet(privateKey).address).toBe(account);
    await expect(others.open(jwe)).rejects.toThrow();
    const again = await memberKeys.encryptedKey(OF, key);
    expect(again).not.toBe(jwe);
    expect(await mine.open(again)).toEqual(opened);
  });

  it('is never in what is encrypted', async () => {
    const mine = await newWalletKeys();
    const { key } = await memberKeys.readPublicKey(mine.publicKey);
    if (key === null) throw new Error('the key is good');
    const jwe = await memberKeys.encryptedKey(OF, key);
    const { privateKey } = await mine.open(jwe);
    const clear = jwe.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    const raw = Buffer.from(privateKey.slice(2), 'hex').toString('latin1');
    for (const text of [jwe, ...clear]) {
      expect(text).not.toContain(privateKey.slice(2));
      expect(text).not.toContain(raw);
    }
  });
});

describe('a public key', () => {
  it('is taken with the fields that browsers add', async () => {
    const { publicKey } = await newWalletKeys();
    expect(JSON.parse(publicKey)).toMatchObject({ ext: true, key_ops: [] });
    expect(await flawOf(publicKey)).toBeNull();
  });

  it.each(['', 'no JSON', 'null', '[]', '"text"', '5'])(
    'is a JSON object, not %j',
    async (text) => {
      expect(await flawOf(text)).toBe('NOT_JSON');
    },
  );

  it('has no private part', async () => {
    const { publicKey } = await newWalletKeys();
    const key = JSON.parse(publicKey) as object;
    expect(await flawOf({ ...key, d: 'A'.repeat(43) })).toBe('HAS_PRIVATE_PART');
    expect(await flawOf({ ...key, d: null })).toBe('HAS_PRIVATE_PART');
    expect(await flawOf({ kty: 'oct', k: 'AAAA' })).toBe('HAS_PRIVATE_PART');
  });

  it('is one of P-256', async () => {
    const { publicKey } = await newWalletKeys();
    const key = JSON.parse(publicKey) as Record<string, unknown>;
    const other = createECDH('secp256k1').generateKeys();
    for (const bad of [
      { ...key, crv: 'P-384' },
      { ...key, kty: 'RSA' },
      { ...key, x: undefined },
      { ...key, y: `${String(key['y'])}A` },
      { ...key, x: randomBytes(31).toString('base64url') },
      { ...key, x: 5 },
      { kty: 'EC', crv: 'secp256k1', x: other.subarray(1, 33).toString('base64url') },
      { kty: 'OKP', crv: 'X25519', x: randomBytes(32).toString('base64url') },
    ]) {
      expect(await flawOf(bad)).toBe('NOT_P256');
    }
  });

  it('is a point on the curve', async () => {
    const { publicKey } = await newWalletKeys();
    const key = JSON.parse(publicKey) as Record<string, string>;
    const zero = 'A'.repeat(43);
    for (const bad of [
      { ...key, x: key['y'], y: key['x'] },
      { ...key, x: zero, y: zero },
    ]) {
      expect(await flawOf(bad)).toBe('NOT_ON_CURVE');
    }
  });
});
