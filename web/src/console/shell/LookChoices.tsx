import { SegmentedControl, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../../shared/i18n/i18n.ts';
import { PAGE_LANGUAGES } from '../../shared/i18n/language.ts';
import { loadConsoleWords } from '../i18n/words.ts';

const SCHEMES: readonly MantineColorScheme[] = ['auto', 'light', 'dark'];
/** Each in itself: who cannot read the other one finds it. */
const LANGUAGE_NAMES = { en: 'English', zh: '中文' } as const;

/** The language of the pages, and their look. */
export function LookChoices(): JSX.Element {
  const { t, i18n } = useTranslation('console');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className="look-choices">
      <SegmentedControl
        aria-label={t('language')}
        value={i18n.language}
        data={PAGE_LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        onChange={(value) => void chooseLanguage(loadConsoleWords, value === 'zh' ? 'zh' : 'en')}
      />
      <SegmentedControl
        aria-label={t('look')}
        value={colorScheme}
        data={SCHEMES.map((value) => ({ value, label: t(`looks.${value}`) }))}
        onChange={(value) => setColorScheme(value)}
      />
    </div>
  );
}
