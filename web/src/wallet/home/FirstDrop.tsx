import { useEffect, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints, toBase, POINT_DECIMALS } from '../../shared/format/amounts.ts';
import { LookIcon } from '../../shared/ui/icons.tsx';
import { iconOfRule, useRuleWords } from '../points/ruleWords.ts';
import { usePointName } from '../shell/useProgram.ts';
import type { HomeView } from './data/queries.ts';

type Rules = HomeView['program']['ruleSets']['edges'][number]['node']['rules'];

const MOST_RULES = 3;

const worth = ({ perAction }: Rules[number]): bigint => toBase(perAction, POINT_DECIMALS);

/** One line of help under the first drop ever, until something is touched. */
export function FirstDrop(): JSX.Element | null {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const seen = (): void => setSeen(true);
    addEventListener('click', seen, { once: true });
    return () => removeEventListener('click', seen);
  }, []);
  return isSeen ? null : <p className="first-drop">{t('firstDrop', { points })}</p>;
}

/** Nothing was earned yet: what will be here, and what earns most. */
export function NoDrops({ rules }: { readonly rules: Rules }): JSX.Element {
  const { t } = useTranslation('wallet');
  const { nameOf, textOf } = useRuleWords();
  const points = usePointName();
  const best = [...rules].sort((a, b) => (worth(b) > worth(a) ? 1 : -1)).slice(0, MOST_RULES);
  return (
    <section className="card" aria-labelledby="no-drops">
      <h2 id="no-drops">{t('empty.title', { points })}</h2>
      <p>{t('empty.words', { points })}</p>
      <ul className="rows">
        {best.map((rule) => (
          <li key={rule.ruleId}>
            <span className="row">
              <span className="row-icon">
                <LookIcon icon={rule.look?.icon} otherwise={iconOfRule(rule)} />
              </span>
              <span>
                <span className="row-title">{nameOf(rule)}</span>
                <span className="row-note">{textOf(rule)}</span>
              </span>
              <span className="row-value">
                {worth(rule) > 0n && `+${showPoints(rule.perAction)}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
