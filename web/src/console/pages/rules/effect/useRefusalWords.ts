import { useTranslation } from 'react-i18next';
import type { RefusedField } from './queries.ts';

/** Says why the contract would refuse something; its own sentence, which is for developers, where there are no words for it. */
export function useRefusalWords(): (refused: Pick<RefusedField, 'code' | 'message'>) => string {
  const { t, i18n } = useTranslation('rules');
  return ({ code, message }) =>
    i18n.exists(`refusal.${code}`, { ns: 'rules' }) ? t(`refusal.${code}`) : message;
}
