import { TextInput, Textarea } from '@mantine/core';
import { Fragment, useId, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { fromBase, POINT_DECIMALS, showPoints, toBase } from '../../../../shared/format/amounts.ts';
import { showDay } from '../../../../shared/format/dates.ts';
import type { TermsLine } from '../../../terms/compareRules.ts';
import { lastBefore } from '../../../terms/epochs.ts';
import type { DeskClock } from '../../../terms/fields.ts';
import { useTermsSaying } from '../../../terms/useTermsSaying.ts';
import { errorKey, type TypedRule } from '../draft/typedRules.ts';
import type { RulesPreview } from '../effect/queries.ts';
import { RuleClause, shownClauses } from './RuleClause.tsx';

/** How a rule as a whole is marked. */
function markOf(
  rule: TypedRule,
  lines: readonly TermsLine[],
): 'left' | 'added' | 'worse' | 'better' | 'other' | 'unchanged' {
  if (rule.isLeft) return 'left';
  if (lines.some(({ field }) => field === 'whole')) return 'added';
  if (lines.some(({ effect }) => effect === 'worse')) return 'worse';
  if (lines.some(({ effect }) => effect === 'better')) return 'better';
  return lines.length > 0 ? 'other' : 'unchanged';
}

const LOOKS = {
  ...{ left: 'worse', worse: 'worse', added: 'better', better: 'better' },
  ...{ other: '', unchanged: '' },
} as const;

/** One rule as a sentence with fields. */
export function RuleCard({
  rule,
  base,
  title,
  lines,
  errors,
  previewed,
  clock,
  onChange,
  onRemove,
}: {
  readonly rule: TypedRule;
  /** As it is in the newest version; null for a new one. */
  readonly base: TypedRule | null;
  readonly title: string;
  /** What is different of it. */
  readonly lines: readonly TermsLine[];
  /** In words, by {@link errorKey}. */
  readonly errors: Readonly<Record<string, string>>;
  readonly previewed: RulesPreview['rules'][number] | null;
  readonly clock: DeskClock;
  readonly onChange: (rule: TypedRule) => void;
  /** Takes a rule away that was never published; null for others. */
  readonly onRemove: (() => void) | null;
}): JSX.Element {
  const { t, i18n } = useTranslation('rules');
  const { textOf } = useTermsSaying(clock);
  const whyId = useId();
  const [isWide, setWide] = useState(rule.isNew);
  const mark = markOf(rule, lines);
  const clauses = shownClauses(rule, base, isWide);
  const isChanged = mark !== 'unchanged';
  const endsOn = mark === 'unchanged' && rule.untilEpoch !== '' ? Number(rule.untilEpoch) : null;
  return (
    <section className={isChanged ? 'rule changed' : 'rule'} aria-label={title}>
      <div className="rule-head">
        <h3>{title}</h3>
        {!rule.isNew && <code>{rule.name}</code>}
        <span className={`tag ${LOOKS[mark]}`}>
          {endsOn === null
            ? t(`edit.mark.${mark}`)
            : t('edit.endsItself', { day: showDay(lastBefore(clock, endsOn), i18n.language) })}
        </span>
      </div>
      {rule.isNew && (
        <div className="new-rule">
          <TextInput
            label={t('edit.name')}
            description={t('edit.nameWhat')}
            value={rule.name}
            error={errors[errorKey(rule.ruleId, 'name')]}
            onChange={({ currentTarget }) => onChange({ ...rule, name: currentTarget.value })}
          />
          <Textarea
            label={t('edit.text')}
            description={t('edit.textWhat')}
            autosize={false}
            rows={2}
            value={rule.text}
            error={errors[errorKey(rule.ruleId, 'text')]}
            onChange={({ currentTarget }) => onChange({ ...rule, text: currentTarget.value })}
          />
        </div>
      )}
      {rule.isLeft ? (
        <p className="sentence-left">{t('edit.isLeft')}</p>
      ) : (
        <p className="sentence">
          {clauses.length === 0 && t('edit.earnsNothing')}
          {clauses.map((field, index) => (
            <Fragment key={field}>
              {index > 0 && t('edit.comma')}
              <RuleClause
                {...{ rule, base, field, title, clock, onChange }}
                isFirst={index === 0}
                hasCount={clauses.includes('maxCount')}
                line={lines.find((line) => line.field === field) ?? null}
                error={errors[errorKey(rule.ruleId, field)] ?? null}
                describedBy={isChanged && previewed !== null ? whyId : ''}
              />
            </Fragment>
          ))}
          {clauses.length > 0 && t('edit.stop')}
        </p>
      )}
      {isChanged && previewed !== null && (
        <p className="why" id={whyId}>
          <WhyWords previewed={previewed} />
        </p>
      )}
      {isWide && !rule.isNew && <p className="why">{textOf(rule)}</p>}
      <div className="rule-acts">
        {!rule.isLeft && !rule.isNew && (
          <button
            type="button"
            className="text-button"
            aria-expanded={isWide}
            onClick={() => setWide(!isWide)}
          >
            {isWide ? t('edit.fewer') : t('edit.more')}
            <span className="visually-hidden">: {title}</span>
          </button>
        )}
        {(isWide || rule.isLeft) && (
          <button
            type="button"
            className="text-button"
            onClick={onRemove ?? (() => onChange({ ...rule, isLeft: !rule.isLeft }))}
          >
            {rule.isLeft ? t('edit.putBack') : t('edit.leave')}
            <span className="visually-hidden">: {title}</span>
          </button>
        )}
      </div>
    </section>
  );
}

/** What a changed rule would have earned. */
function WhyWords({
  previewed,
}: {
  readonly previewed: RulesPreview['rules'][number];
}): JSX.Element {
  const { t } = useTranslation('rules');
  const { count, before, after } = previewed;
  const change = toBase(after, POINT_DECIMALS) - toBase(before, POINT_DECIMALS);
  const points = showPoints(fromBase(change < 0n ? -change : change, POINT_DECIMALS));
  if (toBase(count, 0) === 0n) return <>{t('edit.why.never')}</>;
  const key = change < 0n ? 'less' : change > 0n ? 'more' : 'same';
  return <>{t(`edit.why.${key}`, { count: Number(count), points })}</>;
}
