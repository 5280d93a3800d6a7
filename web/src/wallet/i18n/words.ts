import type { LoadWords } from '../../shared/i18n/i18n.ts';

/** Both parts of the words of a language, asked for at once. */
const CATALOGUES = {
  en: () =>
    Promise.all([
      import('../../shared/i18n/messages/en/shared.json'),
      import('../../shared/i18n/messages/en/wallet.json'),
    ]),
  zh: () =>
    Promise.all([
      import('../../shared/i18n/messages/zh/shared.json'),
      import('../../shared/i18n/messages/zh/wallet.json'),
    ]),
};

/** Loads the words of the wallet in one language alone. */
export const loadWords: LoadWords = async (language) => {
  const [shared, wallet] = await CATALOGUES[language]();
  return { shared: shared.default, wallet: wallet.default };
};
