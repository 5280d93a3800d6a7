import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Wallet, encryptKeystoreJsonSync, keccak256 } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hiddenQuestion } from './askHidden.ts';
import { accountOfKeystore, readKey } from './keyFile.ts';

/** Far less than wallets take, which is for guessing, not for reading. */
const FAST = { scrypt: { N: 1_024 } };
const PASSPHRASE = 'tea & sesame cakes';
const PROGRAM = '0x5FbDB2315678afecb367f032d93F642f64180aa3';

const { address, privateKey } = Wallet.createRandom();
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'dewpoint-keys-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let files = 0;
function fileWith(content: string | object): string {
  const file = join(dir, `key-${(files += 1)}`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const scryptKeystore = (): Record<string, unknown> =>
  JSON.parse(encryptKeystoreJsonSync({ address, privateKey }, PASSPHRASE, FAST)) as never;

/** As a page writes it that has nothing but WebCrypto and keccak256. */
function pbkdf2Keystore(): object {
  const [salt, iv] = [randomBytes(32), randomBytes(16)];
  const derived = pbkdf2Sync(PASSPHRASE, salt, 1_000, 32, 'sha256');
  const cipher = createCipheriv('aes-128-ctr', derived.subarray(0, 16), iv);
  const ciphertext = cipher.update(Buffer.from(privateKey.slice(2), 'hex'));
  return {
    version: 3,
    id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
    address: address.slice(2).toLowerCase(),
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: iv.toString('hex') },
      ciphertext: ciphertext.toString('hex'),
      kdf: 'pbkdf2',
      kdfparams: { c: 1_000, dklen: 32, prf: 'hmac-sha256', salt: salt.toString('hex') },
      mac: keccak256(Buffer.concat([derived.subarray(16, 32), ciphertext])).slice(2),
    },
  };
}

const read = (file: string, passphraseFile: string | undefined = fileWith(PASSPHRASE)) =>
  readKey({ file, passphraseFile, passphraseOption: '--passphrase-file' }, undefined);

describe('a file of a key', () => {
  it('is the key in hex digits', async () => {
    expect(await read(fileWith(`${privateKey}\n`))).toEqual({ privateKey, madeFor: null });
  });

  it.each([
    ['scrypt', scryptKeystore],
    ['PBKDF2', pbkdf2Keystore],
  ])('is an encrypted keystore of version 3, by %s', async (_kdf, keystore) => {
    const file = fileWith(keystore());
    expect(await read(file)).toEqual({ privateKey, madeFor: null });
    expect(await read(file, fileWith(`${PASSPHRASE}\r\n`))).toMatchObject({ privateKey });
    expect(accountOfKeystore(file)).toBe(address);
  });

  it('says for which program its key was exported', async () => {
    const dewpoint = { chainId: 31_337, program: PROGRAM.toLowerCase() };
    expect(await read(fileWith({ ...scryptKeystore(), dewpoint }))).toEqual({
      ...{ privateKey, madeFor: { chainId: 31_337, program: PROGRAM } },
    });
  });

  it.each([
    ['not opened by another passphrase', scryptKeystore, 'x', 'passphrase does not open'],
    ['of another account', otherAccount, PASSPHRASE, 'key in it is of another account'],
    ['of another version', () => ({ ...scryptKeystore(), version: 4 }), PASSPHRASE, 'version 3'],
    ['no keystore', () => ({ privateKey }), PASSPHRASE, 'no keystore of version 3'],
    ['for no program', badProgram, PASSPHRASE, 'The field "dewpoint"'],
    ['no key', () => 'hello', PASSPHRASE, '64 hex digits, or an encrypted keystore'],
  ])('is refused when it is %s', async (_why, content, passphrase, sentence) => {
    const file = fileWith(content());
    const error: unknown = await read(file, fileWith(passphrase)).catch(
      (thrown: unknown) => thrown,
    );
    expect(String(error)).toContain(sentence);
    expect(String(error)).toMatch(/^UsageError/);
    expect(String(error)).not.toContain(privateKey.slice(2));
  });

  it('is refused when it, or the file of its passphrase, is not there', async () => {
    await expect(read('/nowhere')).rejects.toThrow("The key in /nowhere can't be read");
    const file = fileWith(scryptKeystore());
    await expect(read(file, '/nowhere')).rejects.toThrow("--passphrase-file can't be read");
  });
});

function otherAccount(): object {
  return { ...scryptKeystore(), address: PROGRAM.slice(2).toLowerCase() };
}
function badProgram(): object {
  return { ...scryptKeystore(), dewpoint: { program: PROGRAM } };
}

describe('the passphrase', () => {
  const key = (): Parameters<typeof readKey>[0] => ({
    file: fileWith(scryptKeystore()),
    passphraseFile: undefined,
    passphraseOption: '--gas-passphrase-file',
  });

  it('is asked for at a terminal', async () => {
    const asked: string[] = [];
    const answer = (question: string): Promise<string> => {
      asked.push(question);
      return Promise.resolve(PASSPHRASE);
    };
    const { file } = key();
    expect(await readKey({ ...key(), file }, answer)).toMatchObject({ privateKey });
    expect(asked).toEqual([`Passphrase of ${file}: `]);
  });

  it('has to be in a file where nobody can be asked', async () => {
    await expect(readKey(key(), undefined)).rejects.toThrow('with --gas-passphrase-file, or run');
    expect(
      hiddenQuestion({ stdin: new PassThrough(), stderr: { write: () => true } }),
    ).toBeUndefined();
  });

  it('is not shown while it is typed', async () => {
    let shown = '';
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const ask = hiddenQuestion({ stdin, stderr: { write: (text) => (shown += text) } });
    const answer = ask?.('Passphrase: ');
    stdin.write(`${PASSPHRASE}\n`);
    expect(await answer).toBe(PASSPHRASE);
    expect(shown).toBe('Passphrase: \n');
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('may be broken off by %s', async (_name, character) => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const ask = hiddenQuestion({ stdin, stderr: { write: () => true } });
    const answer = ask?.('Passphrase: ');
    stdin.write(character);
    await expect(answer).rejects.toThrow('Nothing was done');
  });
});
