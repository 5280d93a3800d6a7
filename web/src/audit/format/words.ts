import type { LoadWords } from '../../shared/i18n/i18n.ts';

/** Loads the words of the audit page in one language alone. */
export const loadAuditWords: LoadWords = async (language) => {
  if (language === 'en') {
    const [shared, audit] = await Promise.all([
      import('../../shared/i18n/messages/en/shared.json'),
      import('../../shared/i18n/messages/en/audit.json'),
    ]);
    return { shared: shared.default, audit: audit.default };
  }
  const [shared, audit, promises] = await Promise.all([
    import('../../shared/i18n/messages/zh/shared.json'),
    import('../../shared/i18n/messages/zh/audit.json'),
    import('@dewpoint/contracts/verifier/report/promisesInChinese.ts'),
  ]);
  const { PROMISES_IN_CHINESE } = promises;
  return { shared: shared.default, audit: audit.default, promises: PROMISES_IN_CHINESE };
};
