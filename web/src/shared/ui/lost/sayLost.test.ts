import { expect, it } from 'vitest';
import en from '../../i18n/messages/en/shared.json' with { type: 'json' };
import zh from '../../i18n/messages/zh/shared.json' with { type: 'json' };
import { LOST_WORDS } from './sayLost.ts';

it.each([
  [LOST_WORDS.en, en],
  [LOST_WORDS.zh, zh],
])('says of a page that did not load what is said of a part', (words, catalogue) => {
  expect(catalogue).toMatchObject(words);
});
