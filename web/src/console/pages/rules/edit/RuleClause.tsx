import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { NUMBER_FIELDS, type NumberField, type TermsLine } from '../../../terms/compareRules.ts';
import { endAfterDay, lastDayOf } from '../../../terms/epochs.ts';
import type { DeskClock } from '../../../terms/fields.ts';
import { unitsOf } from '../../../terms/unitsOf.ts';
import { useTermsSaying } from '../../../terms/useTermsSaying.ts';
import { readPoints, type TypedRule } from '../draft/typedRules.ts';
import { TypedField } from '../../../announcing/fields/TypedField.tsx';
import { FIELD_PLACE, withField } from '../../../announcing/fields/withField.tsx';

/** Whether a field says nothing: no points, or no limit. */
function saysNothing(rule: TypedRule, field: NumberField): boolean {
  const text = rule[field].trim();
  const isEarning = field === 'perAction' || field === 'perMillionUnits';
  return text === '' || (isEarning && readPoints(text) === '0.00');
}

/** Fields that a sentence has: those that say something now or before; all of them when it is wide. */
export const shownClauses = (
  rule: TypedRule,
  base: TypedRule | null,
  isWide: boolean,
): readonly NumberField[] =>
  NUMBER_FIELDS.filter(
    (field) => isWide || !saysNothing(rule, field) || (base !== null && !saysNothing(base, field)),
  );

/** One part of the sentence of a rule, with its field. */
export function RuleClause({
  rule,
  base,
  field,
  title,
  clock,
  isFirst,
  hasCount,
  line,
  error,
  describedBy,
  onChange,
}: {
  readonly rule: TypedRule;
  readonly base: TypedRule | null;
  readonly field: NumberField;
  readonly title: string;
  readonly clock: DeskClock;
  readonly isFirst: boolean;
  /** Whether the sentence speaks of times besides points. */
  readonly hasCount: boolean;
  /** What is different of it; null when it is as before. */
  readonly line: TermsLine | null;
  readonly error: string | null;
  readonly describedBy: string;
  readonly onChange: (rule: TypedRule) => void;
}): JSX.Element {
  const { t } = useTranslation('rules');
  const { period, say } = useTermsSaying(clock);
  const units = unitsOf(rule.digits);
  const values = { period, units, field: FIELD_PLACE };
  const isDate = field === 'untilEpoch';
  // While a date is typed it is no day at all for a while, and the field must not be emptied under the hands.
  const [typing, setTyping] = useState<string | null>(null);
  const shown = isDate && rule[field] !== '' ? lastDayOf(clock, Number(rule[field])) : rule[field];
  const value = isDate ? (typing ?? shown) : shown;
  const was =
    line === null || base === null
      ? null
      : line.before === null
        ? t('edit.noLimit')
        : isDate
          ? say('untilEpoch', line.before)
          : base[field];
  const input = (
    <TypedField
      placeholder={t('edit.noLimit')}
      kind={isDate ? 'date' : field === 'maxCount' ? 'count' : 'number'}
      label={t(`edit.label.${field}`, { rule: title, period, units })}
      {...{ value, was, error, describedBy }}
      effect={line?.effect ?? null}
      onChange={(typed) => {
        if (!isDate) return onChange({ ...rule, [field]: typed });
        const end = endAfterDay(clock, typed);
        setTyping(typed);
        if (typed === '' || end !== null) onChange({ ...rule, untilEpoch: `${end ?? ''}` });
      }}
      onLeave={() => setTyping(null)}
    />
  );
  const key =
    isFirst && field === 'perMillionUnits'
      ? 'perUnitsFirst'
      : field === 'maxPoints' && !hasCount
        ? 'maxPointsOnly'
        : field;
  return <span className="clause">{withField(t(`edit.clause.${key}`, values), input)}</span>;
}
