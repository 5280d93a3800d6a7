import { useId, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { fromBase, POINT_DECIMALS, showPoints } from '../../../shared/format/amounts.ts';
import { usePointName } from '../../shell/useProgram.ts';
import { readAmount } from './amountText.ts';

/** Base units of points in a whole one: what a step is. */
const STEP = 100n;

const textOf = (units: bigint): string => fromBase(units, POINT_DECIMALS);
const within = (units: bigint, most: bigint): bigint =>
  units < 0n ? 0n : units > most ? most : units;

/** A choice of an amount by one tap. */
export interface AmountChoice {
  readonly words: string;
  readonly amount: bigint;
}

/** Points to choose: by a number, a slider in whole points, steps, and choices. */
export function AmountField({
  label,
  text,
  onText,
  most,
  choices,
  problem,
}: {
  readonly label: string;
  /** As it was typed. */
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Base units that there are. */
  readonly most: bigint;
  readonly choices: readonly AmountChoice[];
  /** What is wrong with it, in words; null for nothing. */
  readonly problem: string | null;
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const id = useId();
  const amount = within(readAmount(text) ?? 0n, most);
  const last = Number((most + STEP - 1n) / STEP);
  const at = amount === most ? last : Number(amount / STEP);
  const choose = (units: bigint): void => onText(textOf(within(units, most)));
  const chooseAt = (place: number): void => choose(place >= last ? most : BigInt(place) * STEP);
  return (
    <div className="amount-field">
      <label htmlFor={id}>{label}</label>
      <div className="amount-line">
        <button
          className="icon-button step"
          type="button"
          aria-label={t('buyback.less')}
          disabled={amount === 0n}
          onClick={() => choose(amount - STEP)}
        >
          <span aria-hidden="true">{'\u2212'}</span>
        </button>
        <input
          id={id}
          className="amount-input"
          inputMode="decimal"
          autoComplete="off"
          value={text}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-problem`}
          onInput={(event) => onText(event.currentTarget.value)}
        />
        <button
          className="icon-button step"
          type="button"
          aria-label={t('buyback.more')}
          disabled={amount === most}
          onClick={() => choose(amount + STEP)}
        >
          <span aria-hidden="true">+</span>
        </button>
      </div>
      <input
        className="amount-slider"
        type="range"
        min="0"
        max={last}
        step="1"
        value={at}
        aria-label={label}
        aria-valuetext={t('buyback.amount', { points, amount: showPoints(textOf(amount)) })}
        onInput={(event) => chooseAt(Number(event.currentTarget.value))}
      />
      <div className="slider-ends" aria-hidden="true">
        <span>0</span>
        <span>{showPoints(textOf(most))}</span>
      </div>
      <div className="chips">
        {choices.map(({ words, amount: chosen }) => (
          <button
            key={words}
            className="chip"
            type="button"
            aria-pressed={readAmount(text) === chosen}
            onClick={() => choose(chosen)}
          >
            {words}
          </button>
        ))}
      </div>
      <p className="field-problem" id={`${id}-problem`} role="status">
        {problem}
      </p>
    </div>
  );
}
