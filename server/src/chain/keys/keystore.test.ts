import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packLines, type Address } from '@dewpoint/contracts/statement.ts';
import {
  FORWARD_REQUEST_TYPES,
  STATEMENT_TYPES,
  forwarderDomain,
  pointsDomain,
} from '@dewpoint/contracts/typedData.ts';
import { Wallet, verifyTypedData } from 'ethers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OWN_KEYS } from '../../ports/chain/signer.ts';
import { openKeystore } from './keystore.ts';
import { encryptSecrets } from './keystoreFile.ts';
import { addressOfPrivateKey, memberPrivateKey } from './memberKeys.ts';

const PASSWORD = 'correct horse battery staple';
let dir: string;
let path: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dewpoint-keystore-'));
  path = join(dir, 'deep', 'keystore.json');
});
afterEach(() => rm(dir, { recursive: true }));

describe('the keystore', () => {
  it('gives the same keys every time, and shows none of them on the disk', async () => {
    const first = await openKeystore({ path, password: PASSWORD });
    const second = await openKeystore({ path, password: PASSWORD });
    expect(second.operatorKey).toBe(first.operatorKey);
    expect(second.signer.recorderAddress()).toBe(first.signer.recorderAddress());
    expect(second.signer.memberAddress('p', 'm')).toBe(first.signer.memberAddress('p', 'm'));
    const file = await readFile(path, 'utf8');
    expect(file).not.toContain(first.operatorKey.slice(2));
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it('gives two processes that start at the same time the same keys', async () => {
    const both = await Promise.all([
      openKeystore({ path, password: null }),
      openKeystore({ path, password: null }),
    ]);
    expect(both[0].operatorKey).toBe(both[1].operatorKey);
    expect((await readdir(join(dir, 'deep'))).toSorted()).toEqual([
      'keystore.json',
      'keystore.json.password',
    ]);
  });

  it('does not open with another password, nor when it was touched', async () => {
    await openKeystore({ path, password: PASSWORD });
    await expect(openKeystore({ path, password: 'wrong' })).rejects.toThrow('does not open');
    const file = JSON.parse(await readFile(path, 'utf8')) as { ciphertext: string };
    const touched = file.ciphertext.startsWith('00') ? 'ff' : '00';
    file.ciphertext = touched + file.ciphertext.slice(2);
    await writeFile(path, JSON.stringify(file));
    await expect(openKeystore({ path, password: PASSWORD })).rejects.toThrow('does not open');
    await writeFile(path, '{}');
    await expect(openKeystore({ path, password: PASSWORD })).rejects.toThrow('not a keystore');
  });
});

describe('a keystore from before there was a relayer', () => {
  it('opens as it is: what published rule sets then relays now', async () => {
    const old = {
      recorderKey: '11'.repeat(32),
      operatorKey: '22'.repeat(32),
      charterKey: '33'.repeat(32),
      memberMaster: '44'.repeat(32),
    };
    await mkdir(dirname(path));
    await writeFile(path, encryptSecrets(old, PASSWORD));
    const { signer } = await openKeystore({ path, password: PASSWORD });
    expect(signer.addressOf('relayer')).toBe(new Wallet(`0x${old.charterKey}`).address);
    expect(signer.addressOf('recorder')).toBe(new Wallet(`0x${old.recorderKey}`).address);
  });
});

describe('the signer', () => {
  it('signs what a member asks the forwarder for with the key of its own account', async () => {
    const { signer } = await openKeystore({ path, password: PASSWORD });
    const forwarder: Address = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
    const request = { to: forwarder, data: '0x01', gas: 5n, nonce: 6n, deadline: 7 } as const;
    const signature = await signer.signForwardRequest('p', 'm', {
      ...request,
      chainId: 5,
      forwarder,
    });
    const from = signer.memberAddress('p', 'm');
    const value = { ...request, from, value: 0n };
    const domain = forwarderDomain(5, forwarder);
    expect(verifyTypedData(domain, FORWARD_REQUEST_TYPES, value, signature)).toBe(from);
  });

  it('has three accounts, so that no nonce is shared', async () => {
    const { signer } = await openKeystore({ path, password: PASSWORD });
    expect(new Set(OWN_KEYS.map((key) => signer.addressOf(key))).size).toBe(3);
  });

  it('signs statements that anybody can check against its address', async () => {
    const { signer } = await openKeystore({ path, password: PASSWORD });
    const points: Address = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
    const account = signer.memberAddress('p', 'm');
    const lines = packLines([{ ruleId: 1, count: 2n, amount: 3n }]);
    const signature = await signer.signStatement({ chainId: 5, points, account, epoch: 7, lines });
    const value = { member: account, epoch: 7, lines };
    const recovered = verifyTypedData(pointsDomain(5, points), STATEMENT_TYPES, value, signature);
    expect(recovered).toBe(signer.recorderAddress());
  });

  it('derives a key that is the account of its address, another for each member and program', () => {
    const master = Buffer.alloc(32, 7);
    const key = memberPrivateKey(master, 'prg_1', 'm1');
    expect(addressOfPrivateKey(key)).toBe(new Wallet(`0x${key.toString('hex')}`).address);
    const others = [
      memberPrivateKey(master, 'prg_1', 'm2'),
      memberPrivateKey(master, 'prg_2', 'm1'),
      memberPrivateKey(Buffer.alloc(32, 8), 'prg_1', 'm1'),
    ].map((other) => other.toString('hex'));
    expect(new Set([...others, key.toString('hex')]).size).toBe(4);
  });

  it('never changes how accounts are derived: a change would lose them', () => {
    const key = memberPrivateKey(Buffer.alloc(32, 1), 'prg_0000000000000001', 'member');
    expect(addressOfPrivateKey(key)).toBe('0x9EFEFC8b3A5F7C252724a8628d56dA46aa81807c');
  });
});
