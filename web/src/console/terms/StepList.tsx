import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoment } from '../../shared/format/dates.ts';
import './terms.css';

/** Something that happens with a change. */
export interface TermsStep {
  readonly at: string;
  readonly words: string;
  /** While holders can object, in force, or over. */
  readonly look: 'open' | 'force' | 'end';
}

/** What happens when, in the order of time. */
export function StepList({ steps }: { readonly steps: readonly TermsStep[] }): JSX.Element {
  const { i18n } = useTranslation();
  const inOrder = [...steps].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return (
    <ol className="outlook-steps">
      {inOrder.map(({ at, words, look }) => (
        <li key={words} className={look}>
          <time dateTime={at}>{showMoment(at, i18n.language)}</time>
          <span>{words}</span>
        </li>
      ))}
    </ol>
  );
}
