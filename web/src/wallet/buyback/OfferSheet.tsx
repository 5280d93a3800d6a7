import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { fromBase, POINT_DECIMALS, showPoints } from '../../shared/format/amounts.ts';
import { showMoment } from '../../shared/format/dates.ts';
import { serviceNowMs } from '../../shared/clock/serviceClock.ts';
import { Sheet } from '../../shared/ui/Sheet.tsx';
import { useDurationWords } from '../../shared/ui/time/useDurationWords.ts';
import { usePointName } from '../shell/useProgram.ts';
import { AmountField, type AmountChoice } from './amount/AmountField.tsx';
import { problemOf, readAmount } from './amount/amountText.ts';
import type { RoundNumbers } from './estimate.ts';
import { EstimateView, type MoneyLook } from './EstimateView.tsx';
import type { FullRound } from './queries.ts';

const textOf = (units: bigint): string => fromBase(units, POINT_DECIMALS);
const shown = (units: bigint): string => showPoints(textOf(units));
const HALF = 2n;

/** Base units of points of the member. */
export interface OwnPoints {
  /** Offered in the round already. */
  readonly had: bigint;
  /** Ready to be offered. */
  readonly settled: bigint;
  /** Earned, but not final. */
  readonly pending: bigint;
}

/** Chooses how many points to offer, and sees what would be bought of them if the round closed now. */
export function OfferSheet({
  round,
  numbers,
  own,
  money,
  onOffer,
  onClose,
}: {
  readonly round: FullRound;
  readonly numbers: RoundNumbers;
  readonly own: OwnPoints;
  readonly money: MoneyLook;
  /** @param amount decimal string of points, on top of what is offered */
  readonly onOffer: (amount: string) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const { long } = useDurationWords();
  const points = usePointName();
  const { had, settled, pending } = own;
  const [text, setText] = useState(textOf(settled));
  const amount = readAmount(text);
  const { least } = numbers;
  const problem = problemOf(amount, { most: settled, least, stays: (more) => had + more });
  const lowest = least > had ? least - had : 0n;
  const choices: AmountChoice[] = [
    { words: t('buyback.choice.least', { amount: shown(lowest) }), amount: lowest },
    { words: t('buyback.choice.half'), amount: settled / HALF },
    { words: t('buyback.choice.all'), amount: settled },
  ].filter((choice) => choice.amount > 0n && choice.amount <= settled);
  const values = { points, settled: shown(settled), least: shown(least), lowest: shown(lowest) };
  const left = long(Date.parse(round.closesAt) - serviceNowMs());
  return (
    <Sheet title={t('buyback.offerTitle', { points })} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (amount !== null && problem === null) onOffer(textOf(amount));
        }}
      >
        <p className="sheet-note">{t('buyback.roundLeft', { number: round.number, left })}</p>
        <AmountField
          label={had > 0n ? t('buyback.howManyMore') : t('buyback.howMany')}
          text={text}
          onText={setText}
          most={settled}
          choices={choices}
          problem={problem === null ? null : t(`buyback.problem.offer.${problem}`, values)}
        />
        {pending > 0n && (
          <p className="sheet-note">
            {t('buyback.notFinal', { points, amount: shown(pending) })}
            {t('between')}
            <Link href="/list" onClick={onClose}>
              {t('buyback.collectFirst')}
            </Link>
          </p>
        )}
        <EstimateView
          numbers={numbers}
          had={had}
          change={problem === null && amount !== null ? amount : 0n}
          money={money}
        />
        <p className="sheet-note">
          {t('buyback.until', { moment: showMoment(round.closesAt, i18n.language) })}
        </p>
        <button className="button whole" type="submit" disabled={problem !== null}>
          {t('buyback.offer', { points, amount: shown(problem === null ? (amount ?? 0n) : 0n) })}
        </button>
      </form>
    </Sheet>
  );
}
