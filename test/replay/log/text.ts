import { PurchaseLogError, refuseAt } from './problem.ts';

const SAVE_AS_CSV = 'save it as CSV in UTF-8 and try again';

/** What files that are no text begin with, and what they are. */
const NOT_TEXT: readonly (readonly [readonly number[], string])[] = [
  [[0xff, 0xfe], 'in UTF-16'],
  [[0xfe, 0xff], 'in UTF-16'],
  [[0x50, 0x4b, 0x03, 0x04], 'a workbook or a ZIP archive'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'a workbook of Excel'],
  [[0x1f, 0x8b], 'compressed with gzip'],
  [[0x50, 0x41, 0x52, 0x31], 'in Parquet'],
];

const LINE_FEED = 10;
/** Enough to know a file by. */
const HEAD_BYTES = 1_000;

/**
 * The text of a purchase log. What is no UTF-8 becomes U+FFFD, for the reader to refuse where it matters.
 *
 * @throws PurchaseLogError for a file that is no CSV in UTF-8.
 */
export function textOfLog(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new PurchaseLogError('the file is empty, expected a CSV');
  for (const [start, what] of NOT_TEXT) {
    if (start.every((byte, at) => bytes[at] === byte)) {
      refuseAt(1, `the file is ${what}: ${SAVE_AS_CSV}`, 1);
    }
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    const line = bytes.subarray(0, zero).filter((byte) => byte === LINE_FEED).length + 1;
    const column = zero - bytes.lastIndexOf(LINE_FEED, zero);
    const what =
      zero < HEAD_BYTES ? 'the file is in UTF-16 or no text' : 'there is a zero byte in the text';
    refuseAt(line, `${what}: ${SAVE_AS_CSV}`, column);
  }
  const text = new TextDecoder().decode(bytes);
  const [first = ''] = text.trimStart();
  if (first === '{' || first === '[') {
    refuseAt(1, `the file is JSON, expected a CSV with a header: ${SAVE_AS_CSV}`, 1);
  }
  return text;
}
