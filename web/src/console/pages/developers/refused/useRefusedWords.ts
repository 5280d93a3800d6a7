import { useTranslation } from 'react-i18next';
import { useErrorWords } from '../../../../shared/ui/States.tsx';

/** Says in words why an action was not taken. */
export function useRefusedWords(): (code: string) => string {
  const { t, i18n } = useTranslation('developers');
  const errorWords = useErrorWords();
  return (code) =>
    i18n.exists(`developers:reasons.${code}`) ? t(`reasons.${code}`) : errorWords(code);
}
