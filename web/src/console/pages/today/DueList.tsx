import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoney, showPoints } from '../../../shared/format/amounts.ts';
import { showDay, showMoment } from '../../../shared/format/dates.ts';
import { ToDesk } from '../../parts/ToDesk.tsx';
import type { Due } from './due.ts';

/** Writes what a sentence is about as people read it. */
function useDueWords(symbol: string): (due: Due) => string {
  const { t, i18n } = useTranslation('today');
  const shown: Readonly<Record<string, (value: string) => string>> = {
    available: (value) => `${showMoney(value)} ${symbol}`,
    budget: (value) => `${showMoney(value)} ${symbol}`,
    at: (value) => showMoment(value, i18n.language),
    day: (value) => showDay(value, i18n.language),
    objections: showPoints,
    needed: showPoints,
  };
  return ({ key, values }) => {
    const words = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? (shown[name]?.(value) ?? value) : value,
    ]);
    return t(`due.${key}`, Object.fromEntries(words) as Record<string, string | number>);
  };
}

/** What waits for the operator, each with the page where it is done. */
export function DueList({
  due,
  symbol,
}: {
  readonly due: readonly Due[];
  readonly symbol: string;
}): JSX.Element {
  const { t } = useTranslation('today');
  const words = useDueWords(symbol);
  return (
    <section className="panel" aria-labelledby="due">
      <div className="panel-head">
        <h2 id="due">{t('due.title')}</h2>
        {due.length > 0 && <span className="tag waiting">{due.length}</span>}
      </div>
      {due.length === 0 && <p className="panel-row nothing-due">{t('due.nothing')}</p>}
      <ul>
        {due.map((each, index) => (
          <li key={`${each.key} ${index}`} className="panel-row due">
            <span className={`tag ${each.weight}`}>{t(`due.weights.${each.weight}`)}</span>
            <span className="due-words">{words(each)}</span>
            <span>
              <ToDesk noun={each.noun} {...(each.rest !== undefined && { rest: each.rest })}>
                {t(`due.to.${each.key}`)}
              </ToDesk>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
