import type { JSX } from 'react';
import { Facts, type FactShown } from '../parts/Facts.tsx';
import { Rich } from '../parts/Rich.tsx';
import { SectionLink } from '../parts/SectionLink.tsx';
import { useWords } from '../format/AuditWords.tsx';

interface QuestionCardProps {
  readonly number: number;
  readonly question: string;
  readonly answer: string;
  readonly facts: readonly FactShown[];
  /** The section with all of it, which is there once it was verified. */
  readonly more: { readonly to: string; readonly text: string } | null;
}

/** A question in the words of who asks it, one answer, and what it rests on. */
export function QuestionCard({
  number,
  question,
  answer,
  facts,
  more,
}: QuestionCardProps): JSX.Element {
  const { say, language } = useWords();
  const sources = facts.flatMap(({ name, source }) =>
    source === undefined ? [] : [{ name, source }],
  );
  return (
    <section className="question">
      <h2>
        <span aria-hidden="true">{number}</span>
        {question}
      </h2>
      <p className="answer">
        <Rich text={answer} />
      </p>
      <Facts facts={facts} />
      <details className="sources">
        <summary>{say('questions.sources')}</summary>
        <ul>
          {sources.map(({ name, source }) => (
            <li key={name}>
              {name}: <code lang={language === 'en' ? undefined : 'en'}>{source}</code>
            </li>
          ))}
        </ul>
      </details>
      <p className="go">
        {more === null ? (
          <span className="later">{say('questions.afterVerifying')}</span>
        ) : (
          <SectionLink to={more.to}>{more.text}</SectionLink>
        )}
      </p>
    </section>
  );
}
