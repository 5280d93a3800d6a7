import { readFileSync } from 'node:fs';
import { decryptKeystoreJson, getAddress, isAddress, isHexString, isKeystoreJson } from 'ethers';
import type { Address } from '../statement.ts';
import { UsageError } from './usageError.ts';

/** Where a key is, and how its file is opened. */
export interface KeyFile {
  readonly file: string;
  /** With the passphrase of an encrypted file in it; undefined to ask for it. */
  readonly passphraseFile: string | undefined;
  /** Option that names `passphraseFile`. */
  readonly passphraseOption: string;
}

/** A key as it was read. */
export interface ReadKey {
  /** `0x` and 64 hex digits. */
  readonly privateKey: string;
  /** The program that the key was exported for; null when its file names none. */
  readonly madeFor: { readonly chainId: number; readonly program: Address } | null;
}

/** Asks at the terminal for a text that is not shown; undefined without a terminal. */
export type AskSecret = ((question: string) => Promise<string>) | undefined;

const PRIVATE_KEY_BYTES = 32;
const LINE_END = /\r?\n$/;

/** Text of a key file. @throws UsageError when it can't be read */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new UsageError(`The key in ${file} can't be read: ${(error as Error).message}`);
  }
}

/** Checks the form of a key. @param source Where it is, for the message. @throws UsageError */
export function checkedKey(key: string, source: string): string {
  if (isHexString(key, PRIVATE_KEY_BYTES)) return key;
  throw new UsageError(
    `${source} holds no private key, expected 0x and 64 hex digits, or an encrypted keystore (JSON, version 3) in a file.`,
  );
}

/** The account that an encrypted keystore says it is of, without opening it; null for any other file. */
export function accountOfKeystore(file: string): Address | null {
  const text = textOf(file);
  if (!isKeystoreJson(text)) return null;
  const { address } = JSON.parse(text) as { address?: unknown };
  const hex = typeof address === 'string' ? `0x${address.replace(/^0x/, '')}` : '';
  return isAddress(hex) ? (getAddress(hex) as Address) : null;
}

/** Programs that `memberKeyExport` exports keys for put themselves into the field `dewpoint`, which other software ignores. */
function madeForIn(text: string, file: string): ReadKey['madeFor'] {
  const { dewpoint } = JSON.parse(text) as { dewpoint?: unknown };
  if (dewpoint === undefined) return null;
  const { chainId, program } = Object(dewpoint) as Record<string, unknown>;
  if (Number.isSafeInteger(chainId) && typeof program === 'string' && isAddress(program)) {
    return { chainId: Number(chainId), program: getAddress(program) as Address };
  }
  throw new UsageError(
    `The field "dewpoint" of ${file} must be {"chainId": ..., "program": "0x..."}, or left out.`,
  );
}

async function passphraseFor(
  { file, passphraseFile, passphraseOption }: KeyFile,
  askSecret: AskSecret,
): Promise<string> {
  if (passphraseFile === undefined) {
    if (askSecret !== undefined) return askSecret(`Passphrase of ${file}: `);
    throw new UsageError(
      `${file} is encrypted: name the file of its passphrase with ${passphraseOption}, or run this in a terminal.`,
    );
  }
  try {
    return readFileSync(passphraseFile, 'utf8').replace(LINE_END, '');
  } catch (error) {
    throw new UsageError(`${passphraseOption} can't be read: ${(error as Error).message}`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');

/**
 * Reads a key file: the key itself in hex digits, or a keystore of version 3, as Ethereum wallets write it.
 *
 * @throws UsageError saying what is wrong with the file or its passphrase
 */
export async function readKey(key: KeyFile, askSecret: AskSecret): Promise<ReadKey> {
  const { file } = key;
  const text = textOf(file);
  if (!text.startsWith('{')) return { privateKey: checkedKey(text, file), madeFor: null };
  if (!isKeystoreJson(text)) throw new UsageError(`${file} is no keystore of version 3.`);
  const madeFor = madeForIn(text, file);
  const passphrase = await passphraseFor(key, askSecret);
  try {
    const { privateKey } = await decryptKeystoreJson(text, passphrase);
    return { privateKey, madeFor };
  } catch (error) {
    if (messageOf(error).startsWith('incorrect password')) {
      throw new UsageError(`The passphrase does not open ${file}.`);
    }
    if (messageOf(error).includes('mismatch')) {
      throw new UsageError(
        `${file} says that it is of ${String(accountOfKeystore(file))}, and the key in it is of another account.`,
      );
    }
    throw new UsageError(`${file} is no keystore that can be opened: ${messageOf(error)}`);
  }
}
