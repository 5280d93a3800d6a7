import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoney } from '../../../shared/format/amounts.ts';
import { Choices, DraftText, Lock, type StepProps } from './parts.tsx';
import { mostCost } from './draft/draft.ts';

/** What the program and its points are called. */
export function StepName(step: StepProps): JSX.Element {
  return (
    <>
      <DraftText name="name" {...step} />
      <DraftText name="symbol" {...step} />
    </>
  );
}

/** Whether points are bought back, and for how much. */
export function StepBuyback(step: StepProps): JSX.Element {
  const { t } = useTranslation('newProgram');
  const { draft, onChange } = step;
  const cost = mostCost(draft);
  const days = t('days');
  return (
    <>
      <Choices
        legend={t('hasBuyback.title')}
        words={t('hasBuyback.words')}
        value={draft.hasBuyback ? 'yes' : 'no'}
        choices={(['yes', 'no'] as const).map((value) => ({
          value,
          title: t(`hasBuyback.${value}.title`),
          words: t(`hasBuyback.${value}.words`),
        }))}
        onChoose={(value) =>
          onChange({ hasBuyback: value === 'yes', ...(value === 'no' && { backed: false }) })
        }
      />
      {draft.hasBuyback && (
        <>
          <div className="np-row">
            <DraftText name="price" isNumber {...step} />
            <DraftText name="roundBudget" isNumber {...step} />
            <DraftText name="minTender" isNumber {...step} />
          </div>
          {cost !== null && (
            <p className="np-says" role="status">
              {t('mostCost', { money: showMoney(cost) })}
            </p>
          )}
        </>
      )}
      <div className="np-group">
        <h3>
          <Lock />
          {t('rounds.title')}
        </h3>
        <p className="np-why">{draft.hasBuyback ? t('rounds.words') : t('rounds.wordsWithout')}</p>
        <div className="np-row">
          <DraftText name="periodDays" isNumber unit={days} {...step} />
          <DraftText name="windowDays" isNumber unit={days} {...step} />
          <DraftText name="firstDays" isNumber unit={days} {...step} />
        </div>
      </div>
    </>
  );
}
