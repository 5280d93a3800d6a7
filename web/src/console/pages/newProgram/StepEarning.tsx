import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useWrongWords, Choices, DraftText, type StepProps } from './parts.tsx';
import {
  MOST_RULES,
  presetRules,
  type Business,
  type RuleDraft,
  type RuleKind,
} from './draft/draft.ts';

const BUSINESSES: readonly Business[] = ['shop', 'app', 'community'];
const KINDS: readonly RuleKind[] = ['each', 'spent'];

function RuleCard({
  rule,
  index,
  wrong,
  onChange,
  onRemove,
}: {
  readonly rule: RuleDraft;
  readonly index: number;
  readonly wrong: StepProps['wrong'];
  readonly onChange: (part: Partial<RuleDraft>) => void;
  /** Null for the last one: a program has a rule. */
  readonly onRemove: (() => void) | null;
}): JSX.Element {
  const { t } = useTranslation('newProgram');
  const wrongWords = useWrongWords();
  const field = (name: 'name' | 'points' | 'most', label: string) => (
    <TextInput
      className={`np-${name}`}
      label={label}
      autoComplete="off"
      {...((name === 'points' || name === 'most') && { inputMode: 'decimal' as const })}
      error={wrongWords(wrong[`rules.${index}.${name}`])}
      value={rule[name]}
      onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
    />
  );
  return (
    <fieldset className="np-rule">
      <legend className="visually-hidden">{t('rule.title', { number: index + 1 })}</legend>
      <Textarea
        className="np-text"
        label={t('rule.text')}
        autoComplete="off"
        autosize
        minRows={2}
        error={wrongWords(wrong[`rules.${index}.text`])}
        value={rule.text}
        onChange={({ currentTarget }) => onChange({ text: currentTarget.value })}
      />
      {field('name', t('rule.name'))}
      <NativeSelect
        className="np-kind"
        label={t('rule.kind')}
        data={KINDS.map((value) => ({ value, label: t(`rule.kinds.${value}`) }))}
        value={rule.kind}
        onChange={({ currentTarget }) =>
          onChange({ kind: currentTarget.value === 'spent' ? 'spent' : 'each', most: '' })
        }
      />
      {field('points', t(`rule.points.${rule.kind}`))}
      {field('most', t(`rule.most.${rule.kind}`))}
      {onRemove !== null && (
        <Button className="np-remove" variant="default" onClick={onRemove}>
          {t('rule.remove')}
        </Button>
      )}
    </fieldset>
  );
}

/** How members earn: rules to begin with, each of which can be written anew, and what they make together at most. */
export function StepEarning({
  isCopy,
  draft,
  wrong,
  onChange,
}: StepProps & {
  /** Whether the rules are those of another program: a click must not put others in their place. */
  readonly isCopy: boolean;
}): JSX.Element {
  const { t } = useTranslation('newProgram');
  const { rules } = draft;
  const change = (index: number, part: Partial<RuleDraft>): void =>
    onChange({ rules: rules.map((rule, at) => (at === index ? { ...rule, ...part } : rule)) });
  const add = (): void => {
    const ruleId = Math.max(...rules.map((rule) => rule.ruleId)) + 1;
    const fresh: RuleDraft = { ruleId, kind: 'each', name: '', text: '', points: '1.00', most: '' };
    onChange({ rules: [...rules, fresh] });
  };
  return (
    <>
      {!isCopy && (
        <Choices
          legend={t('business.title')}
          words={t('business.words')}
          value={draft.business}
          choices={BUSINESSES.map((value) => ({
            value,
            title: t(`business.${value}.title`),
            words: t(`business.${value}.words`),
          }))}
          onChoose={(value) => {
            const business = BUSINESSES.find((one) => one === value) ?? 'shop';
            onChange({ business, rules: presetRules(business, (name) => t(`presets.${name}`)) });
          }}
        />
      )}
      <section className="np-rules" aria-label={t('rule.all')}>
        {rules.map((rule, index) => (
          <RuleCard
            key={rule.ruleId}
            {...{ rule, index, wrong }}
            onChange={(part) => change(index, part)}
            onRemove={
              rules.length === 1
                ? null
                : () => onChange({ rules: rules.filter((_rule, at) => at !== index) })
            }
          />
        ))}
        {rules.length < MOST_RULES && (
          <Button variant="default" onClick={add}>
            {t('rule.add')}
          </Button>
        )}
      </section>
      <DraftText name="budget" isNumber {...{ draft, wrong, onChange }} />
    </>
  );
}
