/** The small print of a program: one Markdown text, all languages in it, that rule sets name by its hash. */
import type { Hex } from '@dewpoint/contracts/statement.ts';
import { utf8Bytes } from '../bounds.ts';
import type { Refusal } from '../errors.ts';

/** A document, which never changes: its hash is its name. */
export interface Document {
  /** keccak256 of its bytes of UTF-8. */
  readonly hash: Hex;
  readonly text: string;
}

/** What a rule set carries where there is no small print. */
export const NO_DOCUMENT: Hex = `0x${'00'.repeat(32)}`;
/** Most bytes of UTF-8 of a document. */
export const MAX_DOCUMENT_BYTES = 65_536;
/** New texts of one program within a day: far more than anybody announces, and little enough to keep for ever. */
export const MAX_DOCUMENTS_A_DAY = 20;

/** A control character that is neither a tab nor the end of a line, or half of a character. */
const UNREADABLE = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

/** Refuses a text that can't be the small print of a program. */
export function checkDocument(field: string, text: string): Refusal[] {
  const wanted = `1 to ${MAX_DOCUMENT_BYTES} bytes of UTF-8, without control characters but tabs and ends of lines`;
  if (text === '') {
    return [{ code: 'REQUIRED', field, message: `${field} is empty; it must be ${wanted}.` }];
  }
  const bytes = utf8Bytes(text);
  if (bytes > MAX_DOCUMENT_BYTES) {
    return [
      { code: 'TOO_LONG', field, message: `${field} has ${bytes} bytes; it must be ${wanted}.` },
    ];
  }
  if (!UNREADABLE.test(text)) return [];
  const message = `${field} has a control character; it must be ${wanted}.`;
  return [{ code: 'MALFORMED', field, message }];
}
