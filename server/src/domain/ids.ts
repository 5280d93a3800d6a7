import type { Refusal } from './errors.ts';

/** Ids of apps fit into index keys and log lines. */
export const MAX_ID_CHARACTERS = 128;
/** A sentence or two; the log is no place for documents. */
export const MAX_REASON_CHARACTERS = 500;

const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;
/** Any Unicode text without control characters and lone surrogates, which a database could not give back as they came. */
const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}]+$/u;

/** Makes the id of a statement, which is the `_id` of its document. */
export function statementId(memberId: string, epoch: number): string {
  return `${memberId}:${epoch}`;
}

/** Refuses an id that is not 1 to 128 printable ASCII characters. */
export function checkId(field: string, value: unknown): Refusal | null {
  const wanted = `1 to ${MAX_ID_CHARACTERS} printable ASCII characters`;
  if (value === undefined || value === null || value === '') {
    return { code: 'REQUIRED', field, message: `${field} is missing; it must be ${wanted}.` };
  }
  if (typeof value !== 'string') {
    return { code: 'MALFORMED', field, message: `${field} is not a string; it must be ${wanted}.` };
  }
  if (value.length > MAX_ID_CHARACTERS) {
    return {
      code: 'TOO_LONG',
      field,
      message: `${field} has ${value.length} characters; it must be ${wanted}.`,
    };
  }
  if (!PRINTABLE_ASCII.test(value)) {
    return {
      code: 'MALFORMED',
      field,
      message: `${field} has a character that is not printable ASCII; it must be ${wanted}.`,
    };
  }
  return null;
}

/** Refuses an optional text that is too long or has control characters. */
export function checkText(field: string, value: unknown, maxCharacters: number): Refusal | null {
  if (value === undefined || value === null) return null;
  const wanted = `1 to ${maxCharacters} characters on one line, or left out`;
  if (typeof value !== 'string') {
    return { code: 'MALFORMED', field, message: `${field} is not a string; it must be ${wanted}.` };
  }
  if (value === '') {
    return { code: 'REQUIRED', field, message: `${field} is empty; it must be ${wanted}.` };
  }
  if (value.length > maxCharacters) {
    return {
      code: 'TOO_LONG',
      field,
      message: `${field} has ${value.length} characters; it must be ${wanted}.`,
    };
  }
  if (!PLAIN_TEXT.test(value)) {
    return {
      code: 'MALFORMED',
      field,
      message: `${field} has a control character; it must be ${wanted}.`,
    };
  }
  return null;
}
