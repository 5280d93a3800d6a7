import { expect, it } from 'vitest';
import { backupCodeIn, digitsIn } from './typedCodes.ts';

it.each([
  ['123456', '123456'],
  [' 123 456 ', '123456'],
  ['１２３４５６', '123456'],
  ['12345', null],
  ['1234567', null],
  ['12345a', null],
  ['', null],
])('of "%s" the code of an app is %s', (typed, code) => {
  expect(digitsIn(typed)).toBe(code);
});

it.each([
  ['AbCde-12345', 'AbCde-12345'],
  [' AbCde 12345\n', 'AbCde-12345'],
  ['AbCde12345', 'AbCde-12345'],
  ['ＡｂＣｄｅ－１２３４５', 'AbCde-12345'],
  ['AbCde', 'AbCde'],
])('of "%s" the backup code is %s', (typed, code) => {
  expect(backupCodeIn(typed)).toBe(code);
});
