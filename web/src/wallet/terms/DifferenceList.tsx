import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePointName } from '../shell/useProgram.ts';
import { useRuleWords } from '../points/ruleWords.ts';
import { saidFields, type TermEffect, type TermsGroup } from './difference.ts';
import { useTermWords, type TermContext } from './useTermWords.ts';
import './terms.css';

/** Words over the two sides. */
export interface SideTitles {
  readonly before: string;
  readonly after: string;
}

const SIGNS: Readonly<Record<TermEffect, string>> = {
  better: '\u25b2',
  worse: '\u25bc',
  other: '',
};

function Side({
  title,
  lines,
  effect,
}: {
  readonly title: string;
  readonly lines: readonly { readonly words: string; readonly effect: TermEffect }[];
  /** How the whole side looks. */
  readonly effect: TermEffect | 'before';
}): JSX.Element {
  return (
    <div className={`versus-side ${effect}`}>
      <dt>{title}</dt>
      {lines.map(({ words, effect: sign }) => (
        <dd key={words}>
          {words}
          {effect !== 'before' && SIGNS[sign] !== '' && (
            <span className={`versus-sign ${sign}`} aria-hidden="true">
              {SIGNS[sign]}
            </span>
          )}
        </dd>
      ))}
    </div>
  );
}

function Group({
  group,
  titles,
  context,
}: {
  readonly group: TermsGroup;
  readonly titles: SideTitles;
  readonly context: TermContext;
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const { nameOf } = useRuleWords();
  const { say } = useTermWords();
  const { about, rule, whole, fields, effect } = group;
  const nothing = [{ words: t(`changes.whole.${whole ?? 'new'}`), effect: 'other' as const }];
  const all =
    rule === null
      ? []
      : saidFields(rule).map(([field, value]) => ({
          words: say(field, value, context),
          effect: 'other' as const,
        }));
  const before = fields.map((field) => ({
    ...field,
    words: say(field.field, field.before, context),
  }));
  const after = fields.map((field) => ({
    ...field,
    words: say(field.field, field.after, context),
  }));
  return (
    <li className="versus">
      <div className="versus-head">
        <h3>{rule === null ? t(`changes.about.${about}`, { points }) : nameOf(rule)}</h3>
        <span className={`tag ${effect === 'other' ? 'waiting' : effect}`}>
          {t(`changes.effect.${effect}`)}
        </span>
      </div>
      <dl>
        <Side
          title={titles.before}
          effect="before"
          lines={whole === 'new' ? nothing : whole === null ? before : all}
        />
        <Side
          title={titles.after}
          effect={effect}
          lines={whole === 'ended' ? nothing : whole === null ? after : all}
        />
      </dl>
    </li>
  );
}

/** What differs between two versions of terms, side by side, and nothing else. */
export function DifferenceList({
  groups,
  titles,
  context,
}: {
  readonly groups: readonly TermsGroup[];
  readonly titles: SideTitles;
  readonly context: TermContext;
}): JSX.Element {
  return (
    <ul className="versus-list">
      {groups.map((group) => (
        <Group
          key={`${group.about} ${group.rule?.ruleId ?? ''}`}
          group={group}
          titles={titles}
          context={context}
        />
      ))}
    </ul>
  );
}
