import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { TermsLine } from './compareRules.ts';
import type { DeskClock } from './fields.ts';
import { useTermsSaying } from './useTermsSaying.ts';
import './terms.css';

const TAGS = { better: 'better', worse: 'worse', holders: 'worse', other: '' } as const;

/** What two versions say differently: before, after, and for whom it is worse. */
export function TermsLines({
  lines,
  clock,
  titles,
}: {
  readonly lines: readonly TermsLine[];
  readonly clock: DeskClock;
  /** Over the two sides. */
  readonly titles: { readonly before: string; readonly after: string };
}): JSX.Element {
  const { t } = useTranslation('console');
  const { nameOf, say, sayRule } = useTermsSaying(clock);
  const sideOf = (line: TermsLine, side: 'before' | 'after'): string => {
    const { field, rule, after } = line;
    if (field === 'whole') {
      const isThere = (line.effect === 'better') === (side === 'after');
      return isThere && rule !== null ? sayRule(rule) : t('terms.notThere');
    }
    if (field === 'documentHash') {
      const hash = side === 'before' ? line.before : after;
      return hash === null ? t('terms.noPrint') : `${hash.slice(0, 10)}…`;
    }
    return say(field, side === 'before' ? line.before : after);
  };
  return (
    <div className="lines-scroll" role="region" aria-label={t('terms.differences')} tabIndex={0}>
      <table className="lines sides">
        <thead>
          <tr>
            <th scope="col">{t('terms.what')}</th>
            <th scope="col">{titles.before}</th>
            <th scope="col">{titles.after}</th>
            <th scope="col">{t('terms.forWhom')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.rule?.ruleId ?? ''} ${line.field}`}>
              <th scope="row">
                {line.rule === null ? t(`terms.about.${line.field}`) : nameOf(line.rule)}
              </th>
              <td data-title={titles.before}>{sideOf(line, 'before')}</td>
              <td className={`is-${TAGS[line.effect]}`} data-title={titles.after}>
                {sideOf(line, 'after')}
              </td>
              <td>
                <span className={`tag ${TAGS[line.effect]}`}>
                  {t(`terms.effect.${line.effect}`)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
