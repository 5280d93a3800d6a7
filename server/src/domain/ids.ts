import type { Refusal } from './errors.ts';
import { codePoints, flawOf, NAME_RULE, nameForm } from './names.ts';
import { show } from './show.ts';

/** Ids of apps fit into index keys and log lines. In code points of Unicode. */
export const MAX_ID_CHARACTERS = 128;
/** UTF-16 units that no id has in any form: what is longer is not normalized to be counted. */
const MAX_ID_UNITS = 16 * MAX_ID_CHARACTERS;
/** A sentence or two; the log is no place for documents. */
export const MAX_REASON_CHARACTERS = 500;

/** Any Unicode text without control characters and lone surrogates, which a database could not give back as they came. */
const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}]+$/u;

/** Makes the id of a statement, which is the `_id` of its document. */
export function statementId(memberId: string, epoch: number): string {
  return `${memberId}:${epoch}`;
}

/**
 * Refuses an id that is not 1 to 128 characters of Unicode that can be seen and told apart. It is kept and compared in the
 * form of {@link nameForm}.
 */
export function checkId(field: string, value: unknown): Refusal | null {
  const wanted = `1 to ${MAX_ID_CHARACTERS} characters ${NAME_RULE}`;
  const refuse = (code: Refusal['code'], what: string): Refusal => ({
    code,
    field,
    message: `${field} ${what}; it must be ${wanted}.`,
  });
  if (value === undefined || value === null || value === '') {
    return refuse('REQUIRED', 'is missing');
  }
  if (typeof value !== 'string') {
    return refuse('MALFORMED', `is ${show(value)}, which is not a string`);
  }
  const characters = codePoints(value.length > MAX_ID_UNITS ? value : nameForm(value));
  if (characters > MAX_ID_CHARACTERS) return refuse('TOO_LONG', `has ${characters} characters`);
  const flaw = flawOf(nameForm(value));
  return flaw === null ? null : refuse('MALFORMED', flaw);
}

/** Cuts what was sent as an id to the length of one: a good one is whole, in the form in which ids are kept. */
export function keptId(sent: string): string {
  return [...nameForm(sent.slice(0, MAX_ID_UNITS))].slice(0, MAX_ID_CHARACTERS).join('');
}

/** Refuses an optional text that is too long or has control characters. */
export function checkText(field: string, value: unknown, maxCharacters: number): Refusal | null {
  if (value === undefined || value === null) return null;
  const wanted = `1 to ${maxCharacters} characters on one line, or left out`;
  if (typeof value !== 'string') {
    const message = `${field} is ${show(value)}, which is not a string; it must be ${wanted}.`;
    return { code: 'MALFORMED', field, message };
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
