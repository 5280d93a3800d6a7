import { ApiError, type Client } from '../../shared/graphql/client.ts';
import { newIdempotencyKey } from '../../shared/transactions/intents.ts';
import { allReceipts } from '../receipts/allReceipts.ts';
import type { KeptReceipt } from '../receipts/saveReceipts.ts';
import { encryptKey, type Keystore } from './keystore.ts';
import { newLetterKeys, openLetter, publicHalf } from './openLetter.ts';
import { ExportMutation } from './queries.ts';

/** Everything of a member in one file: the encrypted key, what it is for, and all receipts. */
export interface KeptFile extends Keystore {
  readonly dewpoint: {
    readonly chainId: number;
    readonly program: string;
    readonly receipts: readonly KeptReceipt[];
  };
}

/** What the letter of the service says. */
interface HandedKey {
  readonly program: string;
  readonly chainId: number;
  readonly account: string;
  readonly privateKey: string;
}

/** One export: all its tries go out under one key, as there is one a day. */
export interface Export {
  /** @throws ApiError saying why there is no file */
  run(client: Client, passphrase: string): Promise<KeptFile>;
}

/** Begins an export. Its pair of keys and its answer live in this page alone, and are used again by a later try. */
export function newExport(): Export {
  const idempotencyKey = newIdempotencyKey();
  const keys = newLetterKeys();
  let handed: HandedKey | null = null;

  const handOut = async (client: Client): Promise<HandedKey> => {
    const publicKey = await publicHalf(await keys);
    const input = { publicKey, idempotencyKey };
    const { jwe, userErrors } = (await client.ask(ExportMutation, { input })).memberKeyExport;
    const [error] = userErrors;
    if (jwe === null) throw new ApiError('refused', { code: error?.code ?? 'INTERNAL' });
    return JSON.parse(await openLetter(jwe, await keys)) as HandedKey;
  };
  return {
    run: async (client, passphrase) => {
      // Receipts first: what can fail again and again comes before what is there once a day.
      const receipts = (await allReceipts(client)).map(({ receipt }) => receipt);
      handed ??= await handOut(client);
      const { privateKey, account, chainId, program } = handed;
      const keystore = await encryptKey(privateKey, account, passphrase);
      return { ...keystore, dewpoint: { chainId, program, receipts } };
    },
  };
}
