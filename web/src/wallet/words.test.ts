import { describe, expect, it } from 'vitest';
import enShared from '../shared/i18n/messages/en/shared.json';
import enWallet from '../shared/i18n/messages/en/wallet.json';
import zhShared from '../shared/i18n/messages/zh/shared.json';
import zhWallet from '../shared/i18n/messages/zh/wallet.json';

type Words = { readonly [key: string]: string | Words };

/** Every text by its path. */
function textsOf(words: Words, path = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${path}${key}`, value] as const]
        : [...textsOf(value, `${path}${key}.`)],
    ),
  );
}

const CATALOGUES = [
  ['shared', enShared, zhShared],
  ['wallet', enWallet, zhWallet],
] as const;

/** Words of the machine. They stand under Details alone. */
const MACHINE = /\b(gas|nonce|hash|epoch|mint(ed)?|transactions?)\b|哈希|交易|周期|铸造|燃料/i;
const DETAILS = /^(details|line)\./;

describe.each(CATALOGUES)('the words of %s', (_name, en, zh) => {
  it('say nothing of the machine outside of Details', () => {
    for (const words of [en, zh]) {
      for (const [key, text] of textsOf(words)) {
        if (!DETAILS.test(key)) expect([key, MACHINE.exec(text)?.[0]]).toEqual([key, undefined]);
      }
    }
  });
});
