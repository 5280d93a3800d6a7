import { useLayoutEffect, useState } from 'react';
import { setServiceTime } from './serviceClock.ts';

/**
 * Goes by the time of an answer before anything is seen: what is left of a deadline is not of the device.
 *
 * @param now `clock.now` of the API
 * @param loadedAt of the same answer: one that was kept from before sets no clock back
 */
export function useServiceClock(now: string | undefined, loadedAt: number | null): void {
  const [, drawAgain] = useState(now);
  useLayoutEffect(() => {
    if (now === undefined || loadedAt === null) return;
    setServiceTime(now, loadedAt);
    drawAgain(now);
    // Both are of one answer: the time tells it from the next.
  }, [now]);
}
