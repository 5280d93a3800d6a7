import type { JSX, ReactNode } from 'react';
import './facts.css';

/** One fact: what it is about, what it is, and which call or event says so. */
export interface FactShown {
  readonly name: string;
  readonly value: ReactNode;
  /** What is said below or beside it. */
  readonly note?: string;
  readonly source?: string;
  readonly mood?: 'ok' | 'short' | 'no';
  /** How much of it is there, from 0 to 1. */
  readonly share?: number;
}

/** Facts as pairs; where each comes from is told on hover. */
export function Facts({ facts }: { facts: readonly FactShown[] }): JSX.Element {
  return (
    <dl className="evidence">
      {facts.map(({ name, value, note, source, mood, share }) => (
        <div key={name} title={source}>
          <dt>{name}</dt>
          <dd className={mood}>
            {share !== undefined && <Bar share={share} />}
            {value}
            {note !== undefined && <small> {note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** How much of something is there. The number beside it says the same. */
function Bar({ share }: { share: number }): JSX.Element {
  const width = `${Math.round(Math.max(0, Math.min(1, share)) * 100)}%`;
  return <i className="cover" style={{ '--share': width } as Record<string, string>} />;
}
