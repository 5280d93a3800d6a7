import { expect, it } from 'vitest';
import { ERROR_CODES } from '../../domain/errors.ts';
import { errorCatalogue, ERROR_NUMBERS, LANGUAGES } from './errorCatalogue.ts';

it('gives every code a number of its own', () => {
  const numbers = Object.values(ERROR_NUMBERS);
  expect(new Set(numbers).size).toBe(ERROR_CODES.length);
  for (const number of numbers) expect(number).toMatch(/^DW-[1-9]\d{3}$/);
});

it('never gives a known code another number: they stand in the logs of others', () => {
  expect(ERROR_NUMBERS).toMatchObject({
    UNAUTHENTICATED: 'DW-1001',
    BAD_USER_INPUT: 'DW-2001',
    EVENT_ID_REUSED: 'DW-3001',
    UNKNOWN_ACTION: 'DW-4001',
    NOT_FOUND: 'DW-5001',
    OVERLOADED: 'DW-9001',
  });
});

it('says in every language what is wrong and what to do', () => {
  for (const language of LANGUAGES) {
    for (const { code, wrong, remedy } of errorCatalogue(language)) {
      expect([code, wrong.length > 5, remedy.length > 3]).toEqual([code, true, true]);
    }
  }
});

/** Names of the API and of a request, and numbers: what a caller copies out of a text. */
const COPIED = /"[^"]+"|\b[a-z]+[A-Z]\w*|\/graphql|\d[\d,]*|\b[A-Z]{4,}\b/g;

it('names the same fields, calls and numbers in every language', () => {
  const copied = ({ wrong, remedy }: { wrong: string; remedy: string }): string[] =>
    [...new Set(`${wrong} ${remedy}`.match(COPIED) ?? [])].sort();
  const chinese = new Map(errorCatalogue('zh').map((entry) => [entry.code, copied(entry)]));
  for (const entry of errorCatalogue('en')) {
    expect([entry.code, chinese.get(entry.code)]).toEqual([entry.code, copied(entry)]);
  }
});
