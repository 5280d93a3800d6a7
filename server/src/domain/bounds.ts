/** Checks what operators and members choose. Every refusal names the field and what would be right. */
import type { Refusal } from './errors.ts';
import { flawOf, NAME_RULE, nameForm } from './names.ts';

/** Any Unicode text without control characters and lone surrogates: members read it, on one line or as paragraphs. */
const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}]*$/u;

/** Counts the bytes of a text as a contract does. */
export function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Formats a number for a message: points and money with their decimals. */
export type Show = (value: bigint) => string;

/**
 * Refuses a number outside of `lowest` to `highest`.
 *
 * @param why Reason for the bound, such as "the length of an epoch".
 */
export function checkWithin(args: {
  field: string;
  value: bigint | number;
  lowest: bigint | number;
  highest: bigint | number;
  show?: Show;
  why?: string;
}): Refusal[] {
  const { field, value, lowest, highest, show = String, why } = args;
  if (value >= lowest && value <= highest) return [];
  const [is, least, most] = [value, lowest, highest].map((number) => show(BigInt(number)));
  const reason = why === undefined ? '' : ` (${why})`;
  return [
    {
      code: 'OUT_OF_RANGE',
      field,
      message: `${field} is ${is}; it must be from ${least} to ${most}${reason}.`,
    },
  ];
}

/** Refuses a text that has fewer or more bytes of UTF-8 than a contract takes, or control characters. */
export function checkBytes(
  field: string,
  text: string,
  lowest: number,
  highest: number,
): Refusal[] {
  const bytes = utf8Bytes(text);
  const wanted = `${lowest} to ${highest} bytes of UTF-8 without control characters`;
  if (text === '' && lowest > 0) {
    return [{ code: 'REQUIRED', field, message: `${field} is empty; it must be ${wanted}.` }];
  }
  if (bytes > highest) {
    return [
      { code: 'TOO_LONG', field, message: `${field} has ${bytes} bytes; it must be ${wanted}.` },
    ];
  }
  if (!PLAIN_TEXT.test(text)) {
    return [
      {
        code: 'MALFORMED',
        field,
        message: `${field} has a control character; it must be ${wanted}.`,
      },
    ];
  }
  return [];
}

/**
 * Refuses a name that is published on chain and has fewer or more bytes of UTF-8 than a contract takes, or that could be
 * taken for another one. It must come in NFC: what is published is what was sent, to the byte.
 */
export function checkName(field: string, name: string, lowest: number, highest: number): Refusal[] {
  const wrong = checkBytes(field, name, lowest, highest);
  if (wrong.length > 0) return wrong;
  const flaw = flawOf(name) ?? (nameForm(name) === name ? null : 'is not in the Unicode form NFC');
  if (flaw === null) return [];
  const wanted = `${lowest} to ${highest} bytes of UTF-8 in the form NFC, ${NAME_RULE}`;
  return [{ code: 'MALFORMED', field, message: `${field} ${flaw}; it must be ${wanted}.` }];
}
