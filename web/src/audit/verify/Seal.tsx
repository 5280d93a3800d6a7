import type { JSX } from 'react';

/** What is known: all kept, something broken, nothing yet, being found out, or nothing can be said. */
export type SealState = 'kept' | 'broken' | 'open' | 'working' | 'unknown';

interface SealProps {
  readonly state: SealState;
  /** How much of the ring is drawn, from 0 to 1. */
  readonly share: number;
  readonly label: string;
}

const RADIUS = 29;
const LENGTH = 2 * Math.PI * RADIUS;
/** A ring that is not closed: something is broken. */
const OPEN_SHARE = 0.72;

const SIGNS: Partial<Record<SealState, string>> = {
  kept: 'm25 39 5.5 5.5L40 35',
  broken: 'm27 34 10 10m0-10-10 10',
  unknown: 'M26 39h12',
};

export function Seal({ state, share, label }: SealProps): JSX.Element {
  const sign = SIGNS[state];
  const drawn =
    state === 'broken' ? OPEN_SHARE : state === 'kept' || state === 'working' ? share : 0;
  return (
    <svg className="seal" viewBox="0 0 64 64" role="img" aria-label={label}>
      <circle className="track-ring" cx="32" cy="32" r={RADIUS} />
      <circle
        className="ring"
        cx="32"
        cy="32"
        r={RADIUS}
        strokeDasharray={`${LENGTH * drawn} ${LENGTH}`}
        transform="rotate(-90 32 32)"
      />
      <path
        className="body"
        d="M32 12c2 9 15 15.500 15 28a15 15 0 0 1-30 0c0-12.500 13-19 15-28Z"
      />
      {sign !== undefined && <path className="sign" d={sign} />}
    </svg>
  );
}
