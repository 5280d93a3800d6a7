import { useEffect, useRef, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { fromBase, POINT_DECIMALS, showPoints, toBase } from '../../../shared/format/amounts.ts';
import { wordsIn } from '../../../shared/format/words.ts';
import { useProgram } from '../../shell/useProgram.ts';
import type { HomeMember } from '../data/queries.ts';

const COUNT_MS = 400;
/** In the place of a number that is not known yet: never a zero. */
const UNKNOWN = '\u2013';

/** Counts from the number before to the new one. The last one that is shown is exact. */
function useCountUp(points: string): string {
  const [shown, setShown] = useState(points);
  const before = useRef(points);
  useEffect(() => {
    const from = toBase(before.current, POINT_DECIMALS);
    const to = toBase(points, POINT_DECIMALS);
    before.current = points;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (from >= to || isCalm || document.hidden) {
      setShown(points);
      return undefined;
    }
    const start = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const part = Math.min(1, (now - start) / COUNT_MS);
      const gone = ((to - from) * BigInt(Math.round(part * 1_000))) / 1_000n;
      setShown(part === 1 ? points : fromBase(from + gone, POINT_DECIMALS));
      if (part < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [points]);
  return shown;
}

function OnItsWayIcon({ isTurning }: { readonly isTurning: boolean }): JSX.Element {
  if (isTurning) {
    return (
      <svg
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        className="turning"
        aria-hidden="true"
      >
        <circle cx="8" cy="8" r="6" strokeWidth="1.8" opacity="0.4" />
        <path d="M8 2a6 6 0 0 1 6 6" strokeWidth="1.8" strokeLinecap="round" />
      </svg>
    );
  }
  return (
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
      <path
        d="M8 2v9M4.5 7.5 8 11l3.5-3.5M2.5 14h11"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** The water: what is the member's for good, and the three things that are not in it yet. */
export function Pool({
  balance,
  onItsWay,
  note,
}: {
  /** Null while it is not known. */
  readonly balance: HomeMember['balance'] | null;
  readonly onItsWay: string;
  /** A sentence about what takes long; null for none. */
  readonly note: string | null;
}): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const program = useProgram();
  const settled = useCountUp(balance?.settled ?? '0.00');
  const shown = (points: string | undefined): string =>
    balance === null || points === undefined ? UNKNOWN : showPoints(points);
  const unit =
    wordsIn(program?.look.pointName, i18n.language) ??
    t('balance.unit', { symbol: program?.symbol ?? '' });
  return (
    <div className={`water${balance?.stale === true ? ' is-stale' : ''}`}>
      <div className="balance">
        <div>
          <p className="balance-label" id="balance-label">
            {t('balance.settled')}
          </p>
          <p className="balance-number" data-points={balance?.settled}>
            <span>{shown(settled)}</span>
            <small>{unit}</small>
          </p>
        </div>
        <Link className="balance-link" href="/buyback">
          {t('balance.worth')}
        </Link>
      </div>
      <div className="split">
        <Link href="/activity" className="on-its-way">
          <span>
            <OnItsWayIcon isTurning={toBase(onItsWay, POINT_DECIMALS) > 0n} />
            {t('balance.onItsWay')}
          </span>
          <b>{shown(onItsWay)}</b>
        </Link>
        <Link href="/list">
          <span>
            <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
              <circle cx="8" cy="8" r="6" strokeWidth="1.8" strokeDasharray="2.5 2.5" />
            </svg>
            {t('balance.ripening')}
          </span>
          <b>{shown(balance?.maturing)}</b>
        </Link>
        <Link href="/aside">
          <span>
            <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
              <rect x="3" y="7" width="10" height="7" rx="2" strokeWidth="1.8" />
              <path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" strokeWidth="1.8" />
            </svg>
            {t('balance.setAside')}
          </span>
          <b>{shown(balance?.locked)}</b>
        </Link>
      </div>
      {note !== null && <p className="water-note">{note}</p>}
    </div>
  );
}
