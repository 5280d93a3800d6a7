import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../../../shared/transactions/useWrite.ts';
import { useErrorWords } from '../../../shared/ui/States.tsx';
import type { Decision } from '../../actions/decisions.ts';

interface DecisionResult {
  readonly memberId: string;
  readonly eventId: string;
  readonly code: string | null;
}

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
  const { results = [] } = (write.payload ?? {}) as {
    readonly results?: readonly DecisionResult[];
  };
  const refused = results.filter(({ code }) => code !== null);
  return (
    <section className="panel review-outcome" role="status">
      <p>{t(`outcome.${decision}`, { count: results.length - refused.length })}</p>
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
