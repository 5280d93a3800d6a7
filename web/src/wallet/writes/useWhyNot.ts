import { useTranslation } from 'react-i18next';
import { useOnline, useSession } from '../shell/wallet.ts';

/** Says why nothing can be written at the moment; null while it can. @param isStale whether the chain does not answer */
export function useWhyNot(isStale: boolean): string | null {
  const { t } = useTranslation('shared');
  const isOnline = useOnline();
  const { phase } = useSession();
  if (!isOnline) return t('offlineAtAll');
  if (phase !== 'open') return t('errors.UNAUTHENTICATED');
  return isStale ? t('staleAtAll') : null;
}
