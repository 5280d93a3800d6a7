import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoney, showPoints } from '../../../shared/format/amounts.ts';
import { showDay, showMoment } from '../../../shared/format/dates.ts';
import { WHO_MAY } from '../../access/barrier.ts';
import { useWorkplace } from '../../access/workplace.ts';
import { ToDesk } from '../../parts/ToDesk.tsx';
import { NEEDS, type Due } from './due.ts';

const TAGS = { worse: 'worse', waiting: 'waiting', running: 'locked' } as const;

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

/** What waits for the person, or for those who may do it, each with the page where it is done. */
export function DueList({
  due,
  symbol,
}: {
  readonly due: readonly Due[];
  readonly symbol: string;
}): JSX.Element {
  const { t } = useTranslation('today');
  const words = useDueWords(symbol);
  const { role } = useWorkplace();
  const isMine = ({ key }: Due): boolean => WHO_MAY[NEEDS[key]].includes(role);
  // What runs is looked at, and asks nothing of anybody.
  const mine = due.filter((each) => isMine(each) && each.weight !== 'running').length;
  return (
    <section className="panel" aria-labelledby="due">
      <div className="panel-head">
        <h2 id="due">{t(due.length > 0 && mine === 0 ? 'due.titleOthers' : 'due.title')}</h2>
        {mine > 0 && <span className="tag waiting">{mine}</span>}
      </div>
      {due.length === 0 && <p className="panel-row nothing-due">{t('due.nothing')}</p>}
      <ul>
        {due.map((each, index) => (
          <li key={`${each.key} ${index}`} className="panel-row due">
            {isMine(each) ? (
              <span className={`tag ${TAGS[each.weight]}`}>{t(`due.weights.${each.weight}`)}</span>
            ) : (
              <span className="tag">{t(`due.whose.${NEEDS[each.key]}`)}</span>
            )}
            <span className="due-words">{words(each)}</span>
            <span>
              <ToDesk noun={each.noun} {...(each.rest !== undefined && { rest: each.rest })}>
                {isMine(each) ? t(`due.to.${each.key}`) : t('due.see')}
              </ToDesk>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
