import { useTranslation } from 'react-i18next';

/** Says in words why a route of signing in refused. */
export function useAuthWords(): (code: string) => string {
  const { t, i18n } = useTranslation('console');
  return (code) =>
    i18n.exists(`authErrors.${code}`, { ns: 'console' })
      ? t(`authErrors.${code}`)
      : t('authErrors.OTHER');
}
