import { useEffect, useRef, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useServiceNow } from '../../clock/useServiceNow.ts';
import { usePoller } from '../../polling/usePolled.ts';
import { useDurationWords } from './useDurationWords.ts';
import './countdown.css';

/** A ring that shows how much of a span is left. When it is over, everything is asked anew. */
export function Countdown({
  opensAt,
  closesAt,
}: {
  readonly opensAt: string;
  readonly closesAt: string;
}): JSX.Element {
  const { t } = useTranslation('shared');
  const { short, long } = useDurationWords();
  const poller = usePoller();
  const now = useServiceNow();
  const end = Date.parse(closesAt);
  const whole = end - Date.parse(opensAt);
  const left = Math.max(0, end - now);
  const wasLeft = useRef(left);
  useEffect(() => {
    if (wasLeft.current > 0 && left === 0) poller.refresh();
    wasLeft.current = left;
  }, [left, poller]);
  const part = whole <= 0 ? 0 : Math.min(100, Math.round((left / whole) * 100));
  const label = t('span.left', { left: long(left), whole: long(whole) });
  return (
    <svg className="clock" viewBox="0 0 76 76" role="img" aria-label={label}>
      <circle cx="38" cy="38" r="33" />
      <circle
        className="left"
        cx="38"
        cy="38"
        r="33"
        pathLength="100"
        strokeDasharray={`${part} 100`}
        transform="rotate(-90 38 38)"
      />
      <text x="38" y="38">
        {short(left)}
      </text>
      <text x="38" y="53">
        {t('span.leftShort')}
      </text>
    </svg>
  );
}
