import { useLayoutEffect, useState } from 'react';
import { setServiceTime } from '../../shared/clock/serviceClock.ts';

/** Goes by the time of an answer before anything is seen: what is left of a deadline is not of the device. @param now `clock.now` of the API */
export function useServiceClock(now: string | undefined): void {
  const [, drawAgain] = useState(now);
  useLayoutEffect(() => {
    if (now === undefined) return;
    setServiceTime(now);
    drawAgain(now);
  }, [now]);
}
