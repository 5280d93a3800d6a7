import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkplace, type ConsoleRole } from './workplace.ts';

/** Who may do something: those of the role, and all who may more. `FULFILLER` is for what managers and fulfillers both do, `ANYBODY` for what is of the person itself. */
export type Need = 'OWNER' | 'MANAGER' | 'FULFILLER' | 'ANYBODY';

export const WHO_MAY: Readonly<Record<Need, readonly ConsoleRole[]>> = {
  OWNER: ['OWNER'],
  MANAGER: ['OWNER', 'MANAGER'],
  FULFILLER: ['OWNER', 'MANAGER', 'FULFILLER'],
  ANYBODY: ['OWNER', 'MANAGER', 'FULFILLER', 'VIEWER'],
};

const watchConnection = (changed: () => void): (() => void) => {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
};

/** Tells whether there is a connection. */
export const useIsOnline = (): boolean =>
  useSyncExternalStore(watchConnection, () => navigator.onLine);

/** Tells whether the role of the person is enough. */
export function useMay(need: Need): boolean {
  return WHO_MAY[need].includes(useWorkplace().role);
}

/** Says why the person can not do something now, such as "Only an owner can."; null when nothing is in the way. */
export function useBarrier(need: Need): string | null {
  const { t } = useTranslation('console');
  const isOnline = useIsOnline();
  const may = useMay(need);
  if (!may) return t(`only.${need}`);
  return isOnline ? null : t('onlyOnline');
}
