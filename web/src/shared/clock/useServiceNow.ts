import { useEffect, useState } from 'react';
import { serviceNowMs } from './serviceClock.ts';

const TICK_MS = 15_000;

/** The time of the service, for countdowns: drawn anew four times a minute, and with whatever else is drawn anew. */
export function useServiceNow(): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((ticks) => ticks + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return serviceNowMs();
}
