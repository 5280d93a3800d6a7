import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoney, showPoints } from '../../../shared/format/amounts.ts';
import { bareNumber } from '../../../shared/format/typedNumbers.ts';
import { partInLanguage } from '../../../shared/format/words.ts';
import { mostCost, type ProgramDraft } from './draft/draft.ts';
import { Lock } from './parts.tsx';

/** Shows points as people read them, and what is no number as it was typed. */
const points = (text: string): string => {
  const typed = bareNumber(text);
  return /^\d+(\.\d{1,2})?$/.test(typed) ? showPoints(typed) : text;
};
/** The same for money. */
const money = (text: string): string => {
  const typed = bareNumber(text);
  return /^\d+(\.\d+)?$/.test(typed) ? showMoney(typed) : text;
};

/** What members see first, as it shall be. */
function Picture({ draft }: { readonly draft: ProgramDraft }): JSX.Element {
  const { t } = useTranslation('newProgram');
  return (
    <div className="np-picture" aria-hidden="true">
      <b>{draft.name.trim() === '' ? t('summary.noName') : draft.name}</b>
      <svg viewBox="0 0 320 120" preserveAspectRatio="none">
        <path d="M0 40c60-16 100 12 160 4s100-18 160 0v76H0Z" className="np-wave" />
        <path d="M0 56c70 14 110-10 170-2s90 16 150-2v68H0Z" className="np-water" />
      </svg>
      <p>
        <span className="np-amount">{points(draft.rules[0]?.points ?? '0.00')}</span>{' '}
        {draft.symbol.trim()}
      </p>
    </div>
  );
}

/** All that is for ever, each with its value in words. */
export function useLocks(
  draft: ProgramDraft,
  zone: string,
): readonly (readonly [string, string])[] {
  const { t } = useTranslation('newProgram');
  const { token } = draft;
  const start = `${draft.startHour.padStart(2, '0')}:00 ${zone}`;
  const epoch = t(`epoch.${draft.epoch}.title`);
  return [
    [t('backed.title'), t(`backed.${draft.backed ? 'yes' : 'no'}.title`)],
    [t('notice.title'), t('notice.days', { days: draft.noticeDays })],
    [
      t('objection.title'),
      t('summary.objection', { percent: draft.threshold, cap: points(draft.objectionCap) }),
    ],
    [t('epoch.title'), draft.epoch === 'HOUR' ? epoch : t('summary.epochFrom', { epoch, start })],
    [t('fields.settlementWindow.label'), t('summary.epochs', { count: draft.settlementWindow })],
    [
      t('rounds.title'),
      t('summary.rounds', { period: draft.periodDays, window: draft.windowDays }),
    ],
    [
      t('token.title'),
      token === '' ? t('summary.none') : `${token.slice(0, 8)}…${token.slice(-4)}`,
    ],
    [t('transferable.title'), t(`transferable.${draft.transferable ? 'yes' : 'no'}.title`)],
    [t('deadline.title'), t('notice.days', { days: draft.deadlineDays })],
  ];
}

/** What is being created, beside the steps: it is all there before anything is sent. */
export function Summary({
  draft,
  zone,
}: {
  readonly draft: ProgramDraft;
  readonly zone: string;
}): JSX.Element {
  const { t, i18n } = useTranslation('newProgram');
  const locks = useLocks(draft, zone);
  const cost = mostCost(draft);
  return (
    <aside className="panel" aria-labelledby="np-summary">
      <div className="panel-head">
        <h2 id="np-summary">{t('summary.title')}</h2>
      </div>
      <Picture draft={draft} />
      <section className="part">
        <h3>{t('summary.earning')}</h3>
        <ul className="np-list">
          {draft.rules.map((rule) => (
            <li key={rule.ruleId}>
              <span>{partInLanguage(rule.text, i18n.language)}</span>
              <b>{t(`summary.${rule.kind}`, { points: points(rule.points) })}</b>
            </li>
          ))}
        </ul>
        <p className="fine">{t('summary.budget', { points: points(draft.budget) })}</p>
      </section>
      <section className="part">
        <h3>{t('summary.buyback')}</h3>
        <p>
          {draft.hasBuyback
            ? t('summary.price', { money: money(draft.price) })
            : t('hasBuyback.no.title')}
        </p>
        {draft.hasBuyback && cost !== null && (
          <p className="fine">{t('mostCost', { money: showMoney(cost) })}</p>
        )}
      </section>
      <section className="part">
        <h3>
          <Lock />
          {t('summary.forEver')}
        </h3>
        <dl className="np-locks">
          {locks.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </aside>
  );
}
