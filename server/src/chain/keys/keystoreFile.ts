import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** Secrets in the keystore, each 32 bytes as hex without prefix: one for each kind of key, which are derived from it. */
export interface Secrets {
  /** Keys that sign what members did, one a program. */
  readonly recorderMaster: string;
  /** Keys that run programs, one an organisation. */
  readonly operatorMaster: string;
  /** Keys that send and pay, one a lane. */
  readonly relayerMaster: string;
  /** Every member's gasless account is derived from it: losing it loses them. */
  readonly memberMaster: string;
}

/** The keystore can't be read, or its password is wrong. */
export class KeystoreError extends Error {
  override readonly name = 'KeystoreError';
}

/** About 0.1 s and 32 MB per guess of a password. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1 } as const;
/** scrypt needs 128 * N * r bytes; twice that is allowed. */
const SCRYPT_MAX_MEMORY_BYTES = 64 * 1024 * 1024;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
/** Length that GCM is defined for. */
const IV_BYTES = 12;
const CIPHER = 'aes-256-gcm';
/** Readable only for the user that runs the server. */
const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

const hex = z.string().regex(/^([0-9a-f]{2})+$/);
const keystoreFile = z.strictObject({
  version: z.literal(1),
  cipher: z.literal(CIPHER),
  scrypt: z.strictObject({
    N: z.literal(SCRYPT.N),
    r: z.literal(SCRYPT.r),
    p: z.literal(SCRYPT.p),
    salt: hex,
  }),
  iv: hex,
  tag: hex,
  ciphertext: hex,
});
const secret = z.string().regex(/^[0-9a-f]{64}$/);
const ONE_KEY_EACH = { recorderKey: secret, operatorKey: secret, memberMaster: secret };
type OneKeyEach = Record<'recorderKey' | 'operatorKey' | 'relayerKey' | 'memberMaster', string>;

/** What was a key becomes a master secret: the accounts of members stay, recorder, operator and relayer are others. */
const mastersOf = ({
  recorderKey,
  operatorKey,
  relayerKey,
  memberMaster,
}: OneKeyEach): Secrets => ({
  recorderMaster: recorderKey,
  operatorMaster: operatorKey,
  relayerMaster: relayerKey,
  memberMaster,
});
const secretsShape = z.union([
  z.strictObject({
    recorderMaster: secret,
    operatorMaster: secret,
    relayerMaster: secret,
    memberMaster: secret,
  }),
  // Made when all programs had one recorder and one operator.
  z.strictObject({ ...ONE_KEY_EACH, relayerKey: secret }).transform(mastersOf),
  // Made when rule sets were published by a key of their own.
  z
    .strictObject({ ...ONE_KEY_EACH, charterKey: secret })
    .transform(({ charterKey, ...kept }) => mastersOf({ ...kept, relayerKey: charterKey })),
]);

const deriveKey = (password: string, salt: Buffer): Buffer =>
  scryptSync(password, salt, KEY_BYTES, { ...SCRYPT, maxmem: SCRYPT_MAX_MEMORY_BYTES });

/** Encrypts secrets to the content of a keystore file. */
export function encryptSecrets(
  secrets: Readonly<Record<string, string>>,
  password: string,
): string {
  const salt = randomBytes(SALT_BYTES);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, deriveKey(password, salt), iv);
  const ciphertext = Buffer.concat([cipher.update(JSON.stringify(secrets)), cipher.final()]);
  const file: z.infer<typeof keystoreFile> = {
    version: 1,
    cipher: CIPHER,
    scrypt: { ...SCRYPT, salt: salt.toString('hex') },
    iv: iv.toString('hex'),
    tag: cipher.getAuthTag().toString('hex'),
    ciphertext: ciphertext.toString('hex'),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function decrypt(text: string, password: string, path: string): Secrets {
  const file = keystoreFile.safeParse(JSON.parse(text));
  if (!file.success) throw new KeystoreError(`${path} is not a keystore of Dewpoint.`);
  const { scrypt, iv, tag, ciphertext } = file.data;
  const key = deriveKey(password, Buffer.from(scrypt.salt, 'hex'));
  const decipher = createDecipheriv(CIPHER, key, Buffer.from(iv, 'hex'));
  decipher.setAuthTag(Buffer.from(tag, 'hex'));
  const plain = decipher.update(Buffer.from(ciphertext, 'hex'));
  try {
    decipher.final();
  } catch (error) {
    throw new KeystoreError(`The password does not open ${path}.`, { cause: error });
  }
  return secretsShape.parse(JSON.parse(plain.toString('utf8')));
}

/** Creates a file with all its bytes or not at all; an existing one is left as it is. */
async function createOnce(path: string, content: string): Promise<void> {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
  await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
  const file = await open(unfinished, 'wx', PRIVATE_FILE);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // Unlike a rename, a link never replaces what another process put there first.
    await link(unfinished, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(unfinished);
  }
}

async function readOrCreate(path: string, create: () => string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await createOnce(path, create());
  return readFile(path, 'utf8');
}

/**
 * Opens the keystore at `path`, creating it with fresh random keys on the first run. Two processes that start at the
 * same time get the same keys.
 *
 * @param args.password Null creates one and keeps it in `${path}.password`: for local use only.
 * @throws KeystoreError when the file is no keystore or the password is wrong.
 */
export async function openKeystoreFile(args: {
  path: string;
  password: string | null;
}): Promise<Secrets> {
  const password =
    args.password ??
    (await readOrCreate(`${args.path}.password`, () => randomBytes(KEY_BYTES).toString('hex')));
  const text = await readOrCreate(args.path, () => {
    const fresh = (): string => randomBytes(KEY_BYTES).toString('hex');
    return encryptSecrets(
      {
        recorderMaster: fresh(),
        operatorMaster: fresh(),
        relayerMaster: fresh(),
        memberMaster: fresh(),
      },
      password,
    );
  });
  return decrypt(text, password, args.path);
}
