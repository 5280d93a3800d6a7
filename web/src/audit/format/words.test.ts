import { CHECK_IDS, PROMISES } from '@dewpoint/contracts/verifier/report/promises.ts';
import { PROMISES_IN_CHINESE } from '@dewpoint/contracts/verifier/report/promisesInChinese.ts';
import { expect, it } from 'vitest';
import en from '../../shared/i18n/messages/en/audit.json';
import zh from '../../shared/i18n/messages/zh/audit.json';

it('explain every promise, in both languages', () => {
  for (const words of [en, zh]) {
    expect(Object.keys(words.how).sort()).toEqual([...CHECK_IDS].sort());
  }
  expect(Object.keys(PROMISES_IN_CHINESE)).toEqual(Object.keys(PROMISES));
});

it('write Chinese with its own commas', () => {
  expect(JSON.stringify(zh)).not.toMatch(/[\u4e00-\u9fff],[\u4e00-\u9fff]/);
});
