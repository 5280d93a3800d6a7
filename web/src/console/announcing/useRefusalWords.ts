import { useTranslation } from 'react-i18next';
import type { RefusedTerm } from './outlook.ts';

/** Says why the contract would refuse something; its own sentence, which is for developers, where there are no words for it. */
export function useRefusalWords(): (refused: Pick<RefusedTerm, 'code' | 'message'>) => string {
  const { t, i18n } = useTranslation('console');
  return ({ code, message }) =>
    i18n.exists(`announcing.refusal.${code}`, { ns: 'console' })
      ? t(`announcing.refusal.${code}`)
      : message;
}
