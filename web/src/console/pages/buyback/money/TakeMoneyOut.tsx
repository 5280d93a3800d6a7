import { Button, TextInput } from '@mantine/core';
import { useCallback, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoney, toBase } from '../../../../shared/format/amounts.ts';
import type { VariablesOf } from '../../../../shared/graphql/graphql.ts';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { useErrorWords } from '../../../../shared/ui/States.tsx';
import { Amount } from '../../../../shared/ui/Values.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { useFocusTurn } from '../../../parts/useFocusHere.ts';
import { CheckLine } from '../../../terms/CheckLine.tsx';
import { fieldErrors, forgetEnded, useAct, type Act } from '../../../writes/useAct.ts';
import { ReserveWithdraw } from '../data/acts.ts';
import type { BuybackNow } from '../data/queries.ts';
import type { ReservePart } from '../data/reserveParts.ts';
import { amountToType, isNothing, readAmountTyped } from '../data/typedMoney.ts';

const WITHDRAW = 'reserveWithdraw';
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** Takes money out of the reserve that is promised to nobody, and says what it may not touch. */
export function TakeMoneyOut({
  program,
  parts,
}: {
  readonly program: BuybackNow;
  readonly parts: readonly ReservePart[];
}): JSX.Element {
  const { t } = useTranslation('buyback');
  const [isAsked, setAsked] = useState(false);
  const leave = useCallback(() => setAsked(false), []);
  const place = useFocusTurn<HTMLDivElement>(isAsked, 'input');
  const act = useAct({ name: WITHDRAW, kind: WITHDRAW, document: ReserveWithdraw }, leave);
  const { reserve, settings } = program;
  const { symbol } = settings.settlementToken;
  const hasNone = isNothing(reserve.withdrawable);
  const kept = parts.filter(({ name, amount }) => name !== 'free' && !isNothing(amount));
  return (
    <section className="panel" aria-labelledby="take">
      <div className="panel-head">
        <h2 id="take">{t('take.title')}</h2>
        <span className="tag">
          {t('take.free', { money: `${showMoney(reserve.withdrawable)} ${symbol}` })}
        </span>
      </div>
      <div className="part buy-words" ref={place}>
        <p className="buy-fine">{settings.backed ? t('take.wordsBacked') : t('take.words')}</p>
        {kept.length > 0 && (
          <ul className="buy-kept">
            {kept.map(({ name, amount, round }) => (
              <li key={name}>
                <span>{t(`reserve.parts.${name}`, { round: round ?? '' })}</span>
                <b>
                  <Amount value={amount} symbol={symbol} />
                </b>
              </li>
            ))}
          </ul>
        )}
        {isAsked ? (
          <TakeForm {...{ program, act }} onLeave={leave} />
        ) : (
          <>
            <ActButton
              needs="OWNER"
              variant="default"
              barrier={reserve.stale ? t('stale') : hasNone ? t('take.none') : null}
              onClick={() => {
                forgetEnded(act);
                setAsked(true);
              }}
            >
              {t('take.ask')}
            </ActButton>
            <TransactionStatus name={WITHDRAW} />
          </>
        )}
      </div>
    </section>
  );
}

function TakeForm({
  program,
  act,
  onLeave,
}: {
  readonly program: BuybackNow;
  readonly act: Act<VariablesOf<typeof ReserveWithdraw>['input']>;
  readonly onLeave: () => void;
}): JSX.Element {
  const { t } = useTranslation('buyback');
  const words = useErrorWords();
  const { reserve, settings } = program;
  const { symbol, decimals } = settings.settlementToken;
  const [typed, setTyped] = useState('');
  const [to, setTo] = useState('');
  const [isTicked, setTicked] = useState(false);
  const amount = readAmountTyped(typed, decimals);
  const isTooMuch =
    amount !== null && toBase(amount, decimals) > toBase(reserve.withdrawable, decimals);
  const address = to.trim();
  const wrong = {
    amount:
      typed === ''
        ? null
        : amount === null || isNothing(amount)
          ? t('put.noAmount', { decimals })
          : isTooMuch
            ? t('take.tooMuch', { money: `${showMoney(reserve.withdrawable)} ${symbol}` })
            : null,
    to: address === '' || ADDRESS.test(address) ? null : t('take.noAddress'),
  };
  const refused = fieldErrors(act.write, words);
  const isReady = amount !== null && wrong.amount === null && ADDRESS.test(address) && isTicked;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    act.start({ amount, to: address as `0x${string}` });
  };
  const edited = (): void => {
    if (act.write !== null) act.forget();
  };
  return (
    <form className="buy-form" aria-labelledby="take" onSubmit={submit}>
      <TextInput
        label={t('put.amount', { symbol })}
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        error={wrong.amount ?? refused['amount']}
        disabled={act.isUnderWay}
        onChange={({ currentTarget }) => {
          edited();
          setTyped(currentTarget.value);
        }}
      />
      <button
        type="button"
        className="text-button"
        onClick={() => setTyped(amountToType(reserve.withdrawable))}
      >
        {t('take.all')}
      </button>
      <TextInput
        label={t('take.to')}
        description={t('take.toWords')}
        autoComplete="off"
        spellCheck={false}
        value={to}
        error={wrong.to ?? refused['to']}
        disabled={act.isUnderWay}
        onChange={({ currentTarget }) => {
          edited();
          setTo(currentTarget.value);
        }}
      />
      <CheckLine isTicked={isTicked} onTick={setTicked}>
        {t('take.iKnow')}
      </CheckLine>
      <div className="buy-ways">
        <ActButton needs="OWNER" type="submit" disabled={!isReady} loading={act.isUnderWay}>
          {t('take.go')}
        </ActButton>
        <Button variant="default" disabled={act.isUnderWay} onClick={onLeave}>
          {t('take.leave')}
        </Button>
      </div>
      <TransactionStatus name={WITHDRAW} />
    </form>
  );
}
