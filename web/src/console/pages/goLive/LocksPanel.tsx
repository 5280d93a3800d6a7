import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Lock } from '../newProgram/parts.tsx';
import { useForEver } from '../settings/forEver/useForEver.ts';
import '../newProgram/newProgram.css';
import type { NewestProgram } from './newestOf.ts';

/** The locks of the test program once more: in live, members hold the operator to them. */
export function LocksPanel({ program }: { readonly program: NewestProgram }): JSX.Element {
  const { t } = useTranslation('goLive');
  const facts = useForEver()(program);
  return (
    <section className="panel" aria-labelledby="live-locks">
      <div className="panel-head">
        <h2 id="live-locks">{t('locks.title')}</h2>
      </div>
      <p className="part live-words">{t('locks.words')}</p>
      <dl>
        {facts.map(({ name, value, means }) => (
          <div key={name} className="part live-lock">
            <dt>
              <Lock />
              {t(`settings:forEver.${name}.name`)}
            </dt>
            <dd>
              <b>{value}</b>
              <span>{means}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
