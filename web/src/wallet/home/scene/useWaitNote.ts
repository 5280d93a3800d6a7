import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toBase, POINT_DECIMALS } from '../../../shared/format/amounts.ts';
import type { LiveBranch } from './useBranch.ts';

const LONG_MS = 120_000;

/** A sentence about points that are on their way for long; null while there is nothing to say. */
export function useWaitNote({ onItsWay }: Pick<LiveBranch, 'onItsWay'>): string | null {
  const { t } = useTranslation('wallet');
  const [isLong, setLong] = useState(false);
  const isWaiting = toBase(onItsWay, POINT_DECIMALS) > 0n;
  useEffect(() => {
    setLong(false);
    if (!isWaiting) return undefined;
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return isLong && isWaiting ? t('stillOnItsWay') : null;
}
