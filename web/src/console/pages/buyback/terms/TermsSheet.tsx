import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoney, showPoints } from '../../../../shared/format/amounts.ts';
import { TypedField } from '../../../announcing/fields/TypedField.tsx';
import { isNothing } from '../data/typedMoney.ts';
import { FIELD_PLACE, withField } from '../../../announcing/fields/withField.tsx';
import type { MostOfTerms } from './pastRounds.ts';
import { TERMS_FIELDS, type TermsDiffers, type TermsField, type TypedTerms } from './typedTerms.ts';

/** The terms as they shall be: three sentences with a field each. */
export function TermsSheet({
  title,
  tag,
  typed,
  base,
  differs,
  errors,
  most,
  symbol,
  isDisabled,
  onChange,
  onAgain,
}: {
  readonly title: string;
  readonly tag: string;
  readonly typed: TypedTerms;
  /** The newest version as it would be typed. */
  readonly base: TypedTerms;
  readonly differs: readonly TermsDiffers[];
  /** In words, by field. */
  readonly errors: Partial<Record<TermsField, string>>;
  readonly most: MostOfTerms;
  readonly symbol: string;
  readonly isDisabled: boolean;
  readonly onChange: (typed: TypedTerms) => void;
  /** Begins again from the newest version. */
  readonly onAgain: () => void;
}): JSX.Element {
  const { t } = useTranslation('buyback');
  // Where nothing is bought back, price and minimum are free.
  const isOffered = !isNothing(base.budgetPerRound);
  const why: Partial<Record<TermsField, string>> = {
    budgetPerRound:
      most.percent === null
        ? t('terms.why.budgetOnly', { points: showPoints(most.points) })
        : t('terms.why.budget', { points: showPoints(most.points), percent: most.percent }),
    minTender: t(isOffered ? 'terms.why.minTender' : 'terms.why.minTenderFree'),
    pricePerPoint: isOffered
      ? t('terms.why.price', { price: showMoney(base.pricePerPoint), symbol })
      : t('terms.why.priceFree'),
  };
  return (
    <form
      className="panel rules-sheet"
      aria-label={t('terms.form')}
      onSubmit={(event) => event.preventDefault()}
    >
      <fieldset disabled={isDisabled}>
        <div className="panel-head">
          <h2>{title}</h2>
          <span className="tag">{tag}</span>
        </div>
        {TERMS_FIELDS.map((field) => {
          const line = differs.find((each) => each.field === field) ?? null;
          return (
            <section
              key={field}
              className={line === null ? 'rule' : 'rule changed'}
              aria-label={t(`fields.${field}`)}
            >
              <div className="rule-head">
                <h3>{t(`fields.${field}`)}</h3>
                <span className={markLook(line)}>
                  {t(`terms.mark.${line === null ? 'unchanged' : line.effect}`)}
                </span>
              </div>
              <p className="sentence">
                {withField(
                  t(`terms.sentence.${field}`, { field: FIELD_PLACE, symbol }),
                  <TypedField
                    kind="wide"
                    label={t(`terms.label.${field}`, { symbol })}
                    value={typed[field]}
                    was={line === null ? null : base[field]}
                    effect={line?.effect ?? null}
                    error={errors[field] ?? null}
                    onChange={(value) => onChange({ ...typed, [field]: value })}
                  />,
                )}
              </p>
              <p className="why">{why[field]}</p>
            </section>
          );
        })}
        {differs.length > 0 && (
          <div className="add">
            <button type="button" className="text-button" onClick={onAgain}>
              {t('terms.again')}
            </button>
          </div>
        )}
      </fieldset>
    </form>
  );
}

const markLook = (line: TermsDiffers | null): string =>
  line === null ? 'tag' : `tag ${line.effect === 'better' ? 'better' : 'worse'}`;
