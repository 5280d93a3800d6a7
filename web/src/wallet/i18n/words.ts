import type { LoadWords } from '../../shared/i18n/i18n.ts';

/** Loads the words of the wallet in one language alone. */
export const loadWords: LoadWords = async (language) =>
  language === 'zh'
    ? {
        shared: (await import('../../shared/i18n/messages/zh/shared.json')).default,
        wallet: (await import('../../shared/i18n/messages/zh/wallet.json')).default,
      }
    : {
        shared: (await import('../../shared/i18n/messages/en/shared.json')).default,
        wallet: (await import('../../shared/i18n/messages/en/wallet.json')).default,
      };
