import { readFileSync } from 'node:fs';
import { receiptIn, type Receipt } from '../receipt.ts';
import { UsageError } from './usageError.ts';

const STDIN = 0;

/** Reads a receipt from a file, or from standard input for `-`. @throws UsageError saying which field is wrong */
export function readReceipt(file: string): Receipt {
  let text: string;
  try {
    text = readFileSync(file === '-' ? STDIN : file, 'utf8');
  } catch (error) {
    throw new UsageError(`The receipt in ${file} can't be read: ${(error as Error).message}`);
  }
  try {
    return receiptIn(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`The receipt in ${file} can't be read: ${error.message}`);
  }
}
