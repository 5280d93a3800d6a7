import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../../shared/i18n/i18n.ts';
import { loadAuditWords } from '../format/words.ts';

interface PageHeadProps {
  /** Number of a chain where nothing is worth money; null elsewhere. */
  readonly testChain: number | null;
  readonly hasProgram: boolean;
  onLeave(): void;
}

/** What this page is, whether anything is at stake, and the language. */
export function PageHead({ testChain, hasProgram, onLeave }: PageHeadProps): JSX.Element {
  const { t, i18n } = useTranslation('audit');
  const other = i18n.language === 'zh' ? 'en' : 'zh';
  return (
    <header className="wrap bar-top">
      <span className="brand">
        <svg viewBox="0 0 22 26" aria-hidden="true">
          <path d="M11 0C11 0 1 10.600 1 16.200a10 9.800 0 0 0 20 0C21 10.600 11 0 11 0Z" />
        </svg>
        {t('brand')} <span>{t('brandAudit')}</span>
      </span>
      {testChain !== null && (
        <span className="tag waiting">{t('testChain', { chain: testChain })}</span>
      )}
      <nav aria-label={t('pageNav')}>
        {hasProgram && (
          <button type="button" className="plain" onClick={onLeave}>
            {t('anotherProgram')}
          </button>
        )}
        <button
          type="button"
          className="plain"
          lang={other === 'zh' ? 'zh-CN' : 'en'}
          onClick={() => void chooseLanguage(loadAuditWords, other)}
        >
          {t('otherLanguage')}
        </button>
      </nav>
    </header>
  );
}
