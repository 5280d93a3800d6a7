import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showPoints } from '../../shared/format/amounts.ts';
import { showDay } from '../../shared/format/dates.ts';
import { usePointName } from '../shell/useProgram.ts';
import type { WholeChange } from './data/queries.ts';

/** How a change ended; nothing while it has not. */
export function Outcome({ change }: { readonly change: WholeChange }): JSX.Element | null {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const { state, resolved, diesAt, target, becameVersion, objections, struckDownBy } = change;
  if (state === 'PENDING') return null;
  const day = showDay(resolved?.at ?? diesAt, i18n.language);
  const version = target === 'RULES' ? becameVersion : null;
  return (
    <section className="card" aria-labelledby="outcome-title">
      <h2 id="outcome-title">{t(`changes.outcome.${state}.title`)}</h2>
      <p>
        {t(`changes.outcome.${state}.words`, { day })}
        {state === 'STRUCK_DOWN' &&
          struckDownBy !== null &&
          `${t('between')}${t('changes.struckBy', {
            ...{ objections: showPoints(objections), needed: showPoints(struckDownBy), points },
          })}`}
      </p>
      {state === 'ENACTED' && version !== null && (
        <Link className="back-link" href={`/rules/versions/${version}`}>
          {t('rules.version', { version })}
        </Link>
      )}
    </section>
  );
}
