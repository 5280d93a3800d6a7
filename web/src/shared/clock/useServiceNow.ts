import { useEffect, useState } from 'react';
import { serviceNowMs, watchServiceTime } from './serviceClock.ts';

const TICK_MS = 15_000;

/** The time of the service, for countdowns: drawn anew four times a minute, and when the time jumps. */
export function useServiceNow(): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const again = (): void => tick((ticks) => ticks + 1);
    const timer = setInterval(again, TICK_MS);
    const stop = watchServiceTime(again);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, []);
  return serviceNowMs();
}
