import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TEST_DEPLOYER } from '@dewpoint/contracts/testing/chain/deployOnce.ts';
import { packBatch, packLines, type Address } from '@dewpoint/contracts/statement.ts';
import {
  ANCHOR_TYPES,
  BATCH_TYPES,
  FORWARD_REQUEST_TYPES,
  STATEMENT_TYPES,
  forwarderDomain,
  pointsDomain,
} from '@dewpoint/contracts/typedData.ts';
import { Transaction, Wallet, verifyTypedData } from 'ethers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_LANES, operatorAccount, TREASURY, type OwnAccount } from '../../ports/chain/signer.ts';
import { SECRETS } from '../../testing/foundation.ts';
import { addressOfPrivateKey, derivedKey, LABELS } from './derivedKeys.ts';
import { createKeystore, openKeystore } from './keystore.ts';
import { encryptSecrets } from './keystoreFile.ts';

const PASSWORD = 'correct horse battery staple';
const MEMBER: OwnAccount = { role: 'MEMBER', programId: 'p', memberId: 'm' };
const LABEL = `0x${'5a'.repeat(32)}`;
const CONTRACT: Address = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
let dir: string;
let path: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dewpoint-keystore-'));
  path = join(dir, 'deep', 'keystore.json');
});
afterEach(() => rm(dir, { recursive: true }));

const OPERATOR = operatorAccount('default');

describe('the keystore', () => {
  it('is whole in a copy of its folder: restored after a loss, it signs for the same accounts', async () => {
    const stateDir = dirname(path);
    const backup = join(dir, 'backup');
    const before = await openKeystore({ path, password: PASSWORD });
    await cp(stateDir, backup, { recursive: true });
    await rm(stateDir, { recursive: true });
    const without = await openKeystore({ path, password: PASSWORD });
    expect(without.signer.addressOf(MEMBER)).not.toBe(before.signer.addressOf(MEMBER));
    await rm(stateDir, { recursive: true });
    await cp(backup, stateDir, { recursive: true });
    const { signer, deployerKey } = await openKeystore({ path, password: PASSWORD });
    expect(deployerKey).toBe(before.deployerKey);
    expect(signer.recorderAddress(LABEL)).toBe(before.signer.recorderAddress(LABEL));
    for (const account of [MEMBER, OPERATOR]) {
      expect(signer.addressOf(account)).toBe(before.signer.addressOf(account));
    }
    const statement = {
      chainId: 1,
      points: CONTRACT,
      account: CONTRACT,
      epoch: 1,
      lines: '0x',
    } as const;
    const signature = await signer.signStatement(LABEL, statement);
    const value = { member: CONTRACT, epoch: 1, lines: '0x' };
    expect(verifyTypedData(pointsDomain(1, CONTRACT), STATEMENT_TYPES, value, signature)).toBe(
      before.signer.recorderAddress(LABEL),
    );
  });

  it('gives the same keys every time, and shows none of them on the disk', async () => {
    const first = await openKeystore({ path, password: PASSWORD });
    const second = await openKeystore({ path, password: PASSWORD });
    expect(second.deployerKey).toBe(first.deployerKey);
    expect(second.secretOf('people')).toEqual(first.secretOf('people'));
    expect(second.signer.recorderAddress(LABEL)).toBe(first.signer.recorderAddress(LABEL));
    expect(second.signer.addressOf(MEMBER)).toBe(first.signer.addressOf(MEMBER));
    const file = await readFile(path, 'utf8');
    expect(file).not.toContain(first.deployerKey.slice(2));
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it('gives two processes that start at the same time the same keys', async () => {
    const both = await Promise.all([
      openKeystore({ path, password: null }),
      openKeystore({ path, password: null }),
    ]);
    expect(both[0].deployerKey).toBe(both[1].deployerKey);
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

describe('a keystore from when all programs had the same keys', () => {
  const OLD = {
    recorderKey: '11'.repeat(32),
    operatorKey: '22'.repeat(32),
    memberMaster: '44'.repeat(32),
  };

  it.each([
    ['with a relayer', { ...OLD, relayerKey: '33'.repeat(32) }],
    ['with a publisher of rule sets', { ...OLD, charterKey: '33'.repeat(32) }],
  ])('%s opens: the accounts of members stay, all others are derived', async (_name, old) => {
    await mkdir(dirname(path));
    await writeFile(path, encryptSecrets(old, PASSWORD));
    const { signer } = await openKeystore({ path, password: PASSWORD });
    const afresh = createKeystore({
      recorderMaster: '11'.repeat(32),
      operatorMaster: '22'.repeat(32),
      relayerMaster: '33'.repeat(32),
      memberMaster: '44'.repeat(32),
    }).signer;
    expect(signer.addressOf(MEMBER)).toBe(afresh.addressOf(MEMBER));
    expect(signer.addressOf(OPERATOR)).toBe(afresh.addressOf(OPERATOR));
    expect(signer.recorderAddress(LABEL)).toBe(afresh.recorderAddress(LABEL));
    expect(signer.addressOf(OPERATOR)).not.toBe(new Wallet(`0x${OLD.operatorKey}`).address);
  });
});

describe('the signer', () => {
  const { signer, deployerKey } = createKeystore(SECRETS);
  const domain = pointsDomain(5, CONTRACT);

  it('signs what members and operators ask the forwarder for, each with its own key', async () => {
    const request = { to: CONTRACT, data: '0x01', gas: 5n, nonce: 6n, deadline: 7 } as const;
    for (const by of [MEMBER, OPERATOR]) {
      const toSign = { ...request, chainId: 5, forwarder: CONTRACT };
      const signature = await signer.signForwardRequest(by, toSign);
      const value = { ...request, from: signer.addressOf(by), value: 0n };
      const signed = forwarderDomain(5, CONTRACT);
      expect(verifyTypedData(signed, FORWARD_REQUEST_TYPES, value, signature)).toBe(value.from);
    }
  });

  it('signs statements, batches and anchors that anybody can check against the recorder', async () => {
    const account = signer.addressOf(MEMBER);
    const lines = packLines([{ ruleId: 1, count: 2n, amount: 3n }]);
    const statements = packBatch([{ member: account, epoch: 7, lines }]);
    const anchor = { epoch: 7, root: `0x${'ab'.repeat(32)}`, count: 9 } as const;
    const on = { chainId: 5, points: CONTRACT };
    const recorder = signer.recorderAddress(LABEL);
    const statement = await signer.signStatement(LABEL, { ...on, account, epoch: 7, lines });
    const value = { member: account, epoch: 7, lines };
    expect(verifyTypedData(domain, STATEMENT_TYPES, value, statement)).toBe(recorder);
    const batch = await signer.signBatch(LABEL, { ...on, statements });
    expect(verifyTypedData(domain, BATCH_TYPES, { statements }, batch)).toBe(recorder);
    const root = await signer.signAnchor(LABEL, { ...on, ...anchor });
    expect(verifyTypedData(domain, ANCHOR_TYPES, anchor, root)).toBe(recorder);
  });

  it('has another key for everything, so that none says anything about another', () => {
    const master = Buffer.alloc(32, 7);
    const keys = [
      LABELS.member('prg_1', 'm1'),
      LABELS.member('prg_1', 'm2'),
      LABELS.member('prg_2', 'm1'),
      LABELS.recorder(LABEL),
      LABELS.recorder(`0x${'5b'.repeat(32)}`),
      LABELS.operator('default'),
      LABELS.operator('other'),
      LABELS.treasury(),
      ...Array.from({ length: MAX_LANES }, (_none, lane) => LABELS.relayer(lane)),
    ].map((label) => derivedKey(master, label).toString('hex'));
    const other = derivedKey(Buffer.alloc(32, 8), LABELS.member('prg_1', 'm1')).toString('hex');
    expect(new Set([...keys, other]).size).toBe(keys.length + 1);
    for (const key of keys) {
      const address = addressOfPrivateKey(Buffer.from(key, 'hex'));
      expect(address).toBe(new Wallet(`0x${key}`).address);
    }
  });

  it('never changes how accounts are derived: a change would lose them', () => {
    const secret = '01'.repeat(32);
    const { signer: pinned } = createKeystore({
      recorderMaster: secret,
      operatorMaster: secret,
      relayerMaster: secret,
      memberMaster: secret,
    });
    const programId = 'prg_0000000000000001';
    expect(pinned.addressOf({ role: 'MEMBER', programId, memberId: 'member' })).toBe(
      '0x9EFEFC8b3A5F7C252724a8628d56dA46aa81807c',
    );
    expect(pinned.addressOf(OPERATOR)).toBe('0x4b74ecf9651aD9b7a8ca142A350769d65f6907d0');
    expect(pinned.addressOf({ role: 'RELAYER', lane: 0 })).toBe(
      '0x7A085d3413fe6A851A2056D96c0a20856a1Be634',
    );
    expect(pinned.addressOf({ role: 'RELAYER', lane: 7 })).toBe(
      '0x6ee70695CF983817c072Cb134Ed35a53E53925cE',
    );
    expect(pinned.addressOf(TREASURY)).toBe('0x94AcaD0329c8B9F5fA5a621D539E517625594BE6');
    expect(pinned.recorderAddress(LABEL)).toBe('0xb8eAA0d9185f2F9307aCaCcE2a40aA0d62eB3C80');
  });

  it('has a treasury with a derived key, or with the one that it is given', async () => {
    const given = `0x${'a7'.repeat(32)}` as const;
    const { signer: own } = createKeystore(SECRETS, given);
    expect(own.addressOf(TREASURY)).toBe(new Wallet(given).address);
    expect(own.addressOf(OPERATOR)).toBe(signer.addressOf(OPERATOR));
    expect(signer.addressOf(TREASURY)).not.toBe(own.addressOf(TREASURY));
    const fees = { maxFeePerGas: 2n, maxPriorityFeePerGas: 1n, gasLimit: 21_000n };
    const call = { kind: 'call', to: CONTRACT, data: '0x' } as const;
    const { raw } = await own.signTransaction({
      by: TREASURY,
      chainId: 5,
      nonce: 0,
      call,
      ...fees,
    });
    expect(Transaction.from(raw).from).toBe(new Wallet(given).address);
  });

  it('of tests has deployed the contracts that they start from', () => {
    expect(deployerKey).toBe(TEST_DEPLOYER);
  });
});
