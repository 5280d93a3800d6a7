import type { ResultOf } from '../../shared/graphql/graphql.ts';
import { saveJson } from '../../shared/storage/saveFile.ts';
import type { ReceiptFields } from './queries.ts';

/** A signed statement, as the API gives it and `npm run member -- settle` takes it. */
export type KeptReceipt = ResultOf<typeof ReceiptFields>;

/** A name that every system takes for a file. */
const fileName = (name: string): string => name.replace(/[^\p{L}\p{N}-]+/gu, '-').toLowerCase();

/** Saves receipts as a file: one by itself, several as a list. */
export function saveReceipts(receipts: readonly KeptReceipt[], name: string): void {
  const content = receipts.length === 1 ? receipts[0] : receipts;
  saveJson(`${fileName(name)}.json`, content);
}
