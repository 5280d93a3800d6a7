import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../../../shared/transactions/useWrite.ts';
import { useErrorWords } from '../../../shared/ui/States.tsx';
import type { Decision } from '../../actions/decisions.ts';
import { outcomesOf } from './outcomes.ts';

/** What became of those that were chosen: each is judged by itself. */
export function OutcomePart({
  decision,
  name,
}: {
  readonly decision: Decision;
  /** Name of the write. */
  readonly name: string;
}): JSX.Element | null {
  const { t } = useTranslation('review');
  const errorWords = useErrorWords();
  const write = useWrite(name);
  if (write?.phase !== 'done') return null;
  const { done, unchanged, refused } = outcomesOf(write);
  return (
    <section className="panel review-outcome" role="status">
      {done.length > 0 && <p>{t(`outcome.${decision}`, { count: done.length })}</p>}
      {unchanged.length > 0 && <p>{t('outcome.unchanged', { count: unchanged.length })}</p>}
      {refused.length > 0 && (
        <>
          <p>{t('outcome.refused', { count: refused.length })}</p>
          <ul>
            {refused.map(({ memberId, eventId, code }) => (
              <li key={`${memberId} ${eventId}`}>
                {memberId} · {eventId}: {errorWords(code ?? '')}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
