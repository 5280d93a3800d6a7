import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showDay } from '../../../../shared/format/dates.ts';
import { nameInWords } from '../../../../shared/format/words.ts';
import type { TermsLine } from '../../../terms/compareRules.ts';
import { epochBegins } from '../../../terms/epochs.ts';
import type { DeskClock, DeskRuleSet } from '../../../terms/fields.ts';
import { useTermsSaying } from '../../../terms/useTermsSaying.ts';
import type { RulesPreview } from '../effect/queries.ts';
import { RuleCard } from './RuleCard.tsx';
import { TypedField } from '../../../announcing/fields/TypedField.tsx';
import type { RulesForm as Form } from './useRulesForm.ts';
import { FIELD_PLACE, withField } from '../../../announcing/fields/withField.tsx';

/** All rules as they shall be: sentences with fields. */
export function RulesSheet({
  form,
  newest,
  lines,
  errors,
  preview,
  clock,
  nextRuleId,
  isDisabled,
}: {
  readonly form: Form;
  readonly newest: DeskRuleSet;
  readonly lines: readonly TermsLine[];
  readonly errors: Readonly<Record<string, string>>;
  readonly preview: RulesPreview | null;
  readonly clock: DeskClock;
  /** An id that was never used; null while it is not known, or all are used. */
  readonly nextRuleId: number | null;
  readonly isDisabled: boolean;
}): JSX.Element {
  const { t, i18n } = useTranslation('rules');
  const { period, nameOf } = useTermsSaying(clock);
  const { version, fromEpoch, rules } = newest;
  const day = showDay(epochBegins(clock, fromEpoch), i18n.language);
  const isInForce = fromEpoch <= clock.currentEpoch;
  const budget = lines.find(({ field }) => field === 'budgetPerEpoch') ?? null;
  return (
    <form
      className="panel rules-sheet"
      aria-label={t('edit.form')}
      onSubmit={(event) => event.preventDefault()}
    >
      <fieldset disabled={isDisabled}>
        <div className="panel-head">
          <h2>{t('version', { version: version + 1 })}</h2>
          <span className="tag">
            {isInForce
              ? t('edit.afterInForce', { version, day })
              : t('edit.afterToCome', { version, day })}
          </span>
        </div>
        {form.typed.rules.map((rule) => {
          const old = rules.find(({ ruleId }) => ruleId === rule.ruleId);
          const named = rule.name.trim() === '' ? t('edit.newRule') : nameInWords(rule.name);
          return (
            <RuleCard
              key={rule.ruleId}
              rule={rule}
              base={form.base.rules.find(({ ruleId }) => ruleId === rule.ruleId) ?? null}
              title={old === undefined ? named : nameOf(old)}
              lines={lines.filter((line) => line.rule?.ruleId === rule.ruleId)}
              errors={errors}
              previewed={preview?.rules.find(({ ruleId }) => ruleId === rule.ruleId) ?? null}
              clock={clock}
              onChange={form.setRule}
              onRemove={rule.isNew ? () => form.removeRule(rule.ruleId) : null}
            />
          );
        })}
        <section
          className={budget === null ? 'rule' : 'rule changed'}
          aria-label={t('edit.budget.title')}
        >
          <div className="rule-head">
            <h3>{t('edit.budget.title')}</h3>
            <span className={budget === null ? 'tag' : 'tag worse'}>
              {budget === null
                ? t('edit.mark.unchanged')
                : t(`edit.mark.${budget.effect === 'holders' ? 'holders' : 'worse'}`)}
            </span>
          </div>
          <p className="sentence">
            {withField(
              t('edit.budget.sentence', { field: FIELD_PLACE, period }),
              <TypedField
                placeholder={t('edit.noLimit')}
                kind="wide"
                label={t('edit.budget.label', { period })}
                value={form.typed.budget}
                was={budget === null ? null : budgetShown(form.base.budget, t('edit.noLimit'))}
                effect={budget?.effect ?? null}
                error={errors['budget'] ?? null}
                onChange={form.setBudget}
              />,
            )}
          </p>
          <p className="why">{t('edit.budget.later')}</p>
        </section>
        <div className="add">
          <button
            type="button"
            className="text-button"
            disabled={nextRuleId === null}
            onClick={() => nextRuleId !== null && form.addRule(nextRuleId)}
          >
            {t('edit.add')}
          </button>
          {form.hasDraft && (
            <button type="button" className="text-button" onClick={form.clear}>
              {t('edit.again', { version })}
            </button>
          )}
        </div>
      </fieldset>
    </form>
  );
}

const budgetShown = (budget: string, noLimit: string): string => (budget === '' ? noLimit : budget);
