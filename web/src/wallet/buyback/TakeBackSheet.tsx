import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { fromBase, POINT_DECIMALS, showPoints } from '../../shared/format/amounts.ts';
import { showMoment } from '../../shared/format/dates.ts';
import { Sheet } from '../../shared/ui/Sheet.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { AmountField } from './amount/AmountField.tsx';
import { problemOf, readAmount } from './amount/amountText.ts';
import type { RoundNumbers } from './estimate.ts';
import { EstimateView, type MoneyLook } from './EstimateView.tsx';
import type { FullRound } from './queries.ts';

const textOf = (units: bigint): string => fromBase(units, POINT_DECIMALS);
const shown = (units: bigint): string => showPoints(textOf(units));

/** Chooses how much of an offer to take back: all, or so much that the least stays. */
export function TakeBackSheet({
  round,
  numbers,
  had,
  money,
  onTakeBack,
  onClose,
}: {
  readonly round: FullRound;
  readonly numbers: RoundNumbers;
  /** Base units of points that the member offers. */
  readonly had: bigint;
  readonly money: MoneyLook;
  /** @param amount decimal string of points */
  readonly onTakeBack: (amount: string) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const [text, setText] = useState(textOf(had));
  const amount = readAmount(text);
  const { least } = numbers;
  const problem = problemOf(amount, { most: had, least, stays: (less) => had - less });
  const toLeast = had - least;
  const choices = [
    { words: t('buyback.choice.toLeast', { amount: shown(least) }), amount: toLeast },
    { words: t('buyback.choice.all'), amount: had },
  ].filter((choice) => choice.amount > 0n);
  const values = { points, had: shown(had), least: shown(least) };
  const stays = problem === null && amount !== null ? had - amount : had;
  return (
    <Sheet title={t('buyback.takeBackTitle')} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (amount !== null && problem === null) onTakeBack(textOf(amount));
        }}
      >
        <p className="sheet-note">
          {t('buyback.takeBackWords', {
            ...values,
            moment: showMoment(round.closesAt, i18n.language),
          })}
        </p>
        <AmountField
          label={t('buyback.howManyBack')}
          text={text}
          onText={setText}
          most={had}
          choices={choices}
          problem={problem === null ? null : t(`buyback.problem.takeBack.${problem}`, values)}
        />
        {stays > 0n ? (
          <EstimateView numbers={numbers} had={had} change={stays - had} money={money} />
        ) : (
          <p className="sheet-note">{t('buyback.nothingStays')}</p>
        )}
        <button className="button whole" type="submit" disabled={problem !== null}>
          {t('buyback.takeBackNow', {
            points,
            amount: shown(problem === null ? (amount ?? 0n) : 0n),
          })}
        </button>
      </form>
    </Sheet>
  );
}
