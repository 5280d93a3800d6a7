import { TextInput } from '@mantine/core';
import { useCallback, useEffect, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoney } from '../../../../shared/format/amounts.ts';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import type { WriteState } from '../../../../shared/transactions/transactionState.ts';
import { useErrorWords } from '../../../../shared/ui/States.tsx';
import { When } from '../../../../shared/ui/Values.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { useMay } from '../../../access/barrier.ts';
import { useWorkplace } from '../../../access/workplace.ts';
import { fieldErrors, useAct } from '../../../writes/useAct.ts';
import type { BuybackNow } from '../data/queries.ts';
import { isNothing, readAmountTyped } from '../data/typedMoney.ts';
import { TopUpsQuery, TopUpStart, type DeskTopUp } from './queries.ts';

const START = 'reserveTopUpStart';
/** Cards pay in hundredths. */
const CARD_DECIMALS = 2;

const LOOKS: Readonly<Record<DeskTopUp['state'], string>> = {
  ...{ STARTED: '', EXPIRED: '', CANCELLED: '', PAID: 'waiting', CLEARED: 'waiting' },
  ...{ SENDING: 'waiting', CREDITED: 'better', DISPUTED: 'worse', REFUNDED: 'worse' },
};

/** Tops the reserve up by a card, where the service does that for this token; nothing elsewhere. */
export function CardTopUps({ program }: { readonly program: BuybackNow }): JSX.Element | null {
  const { t } = useTranslation('buyback');
  const { isTest } = useWorkplace();
  const { data } = usePolled(TopUpsQuery);
  const { symbol, address } = program.settings.settlementToken;
  if (data === null) return null;
  const { enabled, stopped, settlementToken } = data.billing.topUps;
  const isOffered = enabled && !isTest && settlementToken?.toLowerCase() === address.toLowerCase();
  const topUps = data.program?.reserveTopUps ?? [];
  if (!isOffered && topUps.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="card">
      <div className="panel-head">
        <h2 id="card">{t('card.title')}</h2>
      </div>
      {isOffered && <CardForm symbol={symbol} isStopped={stopped} />}
      {topUps.length > 0 && (
        <ul>
          {topUps.map((topUp) => (
            <TopUpRow key={topUp.id} topUp={topUp} symbol={symbol} />
          ))}
        </ul>
      )}
    </section>
  );
}

function TopUpRow({
  topUp,
  symbol,
}: {
  readonly topUp: DeskTopUp;
  readonly symbol: string;
}): JSX.Element {
  const { t } = useTranslation('buyback');
  const { state, reason, amount, startedAt, countsFrom, creditedAt, debt } = topUp;
  const counts = creditedAt === null ? countsFrom : null;
  return (
    <li className="panel-row buy-round">
      <span>
        <b>
          {showMoney(amount)} {symbol}
        </b>
        <small>
          <When iso={startedAt} />
        </small>
      </span>
      <span className="buy-line">
        {reason !== null && t(`card.reason.${reason}`)}
        {counts !== null && (
          <>
            {' '}
            {t('card.counts')} <When iso={counts} />
          </>
        )}
        {!isNothing(debt) && t('card.debt', { debt: `${showMoney(debt)} ${symbol}` })}
      </span>
      <span className={`tag ${LOOKS[state]}`}>{t(`card.state.${state}`)}</span>
    </li>
  );
}

const urlOf = ({ payload }: WriteState): string | null =>
  (payload as { readonly url: string | null } | null)?.url ?? null;

function CardForm({
  symbol,
  isStopped,
}: {
  readonly symbol: string;
  readonly isStopped: boolean;
}): JSX.Element {
  const { t } = useTranslation('buyback');
  const words = useErrorWords();
  const mayPay = useMay('OWNER');
  const [typed, setTyped] = useState('');
  const open = useCallback((write: WriteState) => {
    const url = urlOf(write);
    if (url !== null) location.assign(url);
  }, []);
  const act = useAct({ name: START, kind: START, document: TopUpStart }, open);
  const { write, forget } = act;
  const isDone = write?.phase === 'done';
  useEffect(() => {
    // Its page is good for a day only: who comes back is given a new one.
    if (isDone) forget();
  }, [isDone, forget]);
  const amount = readAmountTyped(typed, CARD_DECIMALS);
  const refused = fieldErrors(write, words)['amount'] ?? null;
  const wrong =
    typed === '' || amount !== null ? null : t('put.noAmount', { decimals: CARD_DECIMALS });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (amount !== null) act.start({ amount });
  };
  return (
    <form className="part buy-form" aria-labelledby="card" onSubmit={submit}>
      <p className="buy-fine">{t('card.words')}</p>
      <TextInput
        label={t('put.amount', { symbol })}
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        error={wrong ?? refused}
        disabled={!mayPay || act.isUnderWay}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <ActButton
        needs="OWNER"
        type="submit"
        variant="default"
        barrier={isStopped ? t('card.stopped') : null}
        disabled={amount === null || isNothing(amount)}
        loading={act.isUnderWay}
      >
        {t('card.go')}
      </ActButton>
      {
        // Once it is done, this page is left.
        refused === null && !isDone && <TransactionStatus name={START} />
      }
    </form>
  );
}
