import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { serviceNowMs } from '../../shared/clock/serviceClock.ts';
import { chooseLanguage } from '../../shared/i18n/i18n.ts';
import type { PageLanguage } from '../../shared/i18n/language.ts';
import { DropIcon, GlobeIcon } from '../../shared/ui/icons.tsx';
import { loadWords } from '../i18n/words.ts';
import { useProgram } from './useProgram.ts';
import { useSession } from './wallet.ts';

const NOON = 12;
const EVENING = 18;

/** Which greeting is right, by the hour where the member is. */
function greetingKey(nowMs: number): 'greeting.morning' | 'greeting.day' | 'greeting.evening' {
  const hour = new Date(nowMs).getHours();
  if (hour < NOON) return 'greeting.morning';
  return hour < EVENING ? 'greeting.day' : 'greeting.evening';
}

/** The name of the program without what says again that it is a test. */
const bareName = (name: string): string => name.replace(/\s*[(（]demo[)）]$/i, '');

/** Head of every page: whose program it is, and a greeting. */
export function Header({ children }: { readonly children?: ReactNode }): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const program = useProgram();
  const { displayName } = useSession();
  const other: PageLanguage = i18n.language === 'zh' ? 'en' : 'zh';
  return (
    <header className="top">
      <div className="program">
        {program?.look.logo != null ? (
          <img className="program-logo" src={program.look.logo} alt="" width="38" height="38" />
        ) : (
          <span className="program-logo ours">
            <DropIcon />
          </span>
        )}
        <p className="program-name">
          <span className="program-words">
            <span className="program-title">{program === null ? ' ' : bareName(program.name)}</span>
            {program?.isTest === true && <span className="tag test">{t('test')}</span>}
          </span>
          {displayName !== null && (
            <small>{t(greetingKey(serviceNowMs()), { name: displayName })}</small>
          )}
        </p>
      </div>
      <button
        className="icon-button"
        type="button"
        lang={other === 'zh' ? 'zh-CN' : 'en'}
        aria-label={t('otherLanguage')}
        onClick={() => void chooseLanguage(loadWords, other)}
      >
        <GlobeIcon />
      </button>
      {children}
    </header>
  );
}
