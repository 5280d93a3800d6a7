import type { JSX, ReactNode } from 'react';

/** Whom a change hurts. */
export interface Hurt {
  readonly members: boolean;
  readonly holders: boolean;
}

/** What is said of a change first. */
export type VerdictKind = 'none' | 'wrong' | 'better' | 'members' | 'holders' | 'both';

/** Whom the change hurts, as one word. */
export const verdictOf = ({ members, holders }: Hurt): VerdictKind =>
  members ? (holders ? 'both' : 'members') : holders ? 'holders' : 'better';

type Tone = 'bad' | 'good' | 'quiet';

const SIGNS: Readonly<Record<Tone, string>> = {
  bad: 'M10 6v5M10 13.800v.2',
  good: 'm6.500 10.300 2.400 2.400 4.700-5.200',
  quiet: 'M6.500 10h7',
};

/** How a verdict looks. */
export const toneOf = (kind: VerdictKind): Tone =>
  kind === 'none' ? 'quiet' : kind === 'better' ? 'good' : 'bad';

/** Tells whether a change hurts anybody, so that it waits for its notice. */
export const isHurtful = (kind: VerdictKind): boolean => toneOf(kind) === 'bad' && kind !== 'wrong';

/** Says whom a change hurts, before anybody asks. */
export function HurtVerdict({
  kind,
  title,
  children,
}: {
  readonly kind: VerdictKind;
  readonly title: string;
  /** Why, and what can be done about it. */
  readonly children: ReactNode;
}): JSX.Element {
  const tone = toneOf(kind);
  return (
    <div className={`verdict ${tone}`} role="status">
      <h2>
        <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden>
          <circle cx="10" cy="10" r="7.500" />
          <path d={SIGNS[tone]} strokeLinecap="round" />
        </svg>
        {title}
      </h2>
      <p>{children}</p>
    </div>
  );
}
