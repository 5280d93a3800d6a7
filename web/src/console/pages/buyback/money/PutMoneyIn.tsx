import { TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { fromBase, showMoney, toBase } from '../../../../shared/format/amounts.ts';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import type { WriteState } from '../../../../shared/transactions/transactionState.ts';
import { useErrorWords } from '../../../../shared/ui/States.tsx';
import { QrCode } from '../../../../shared/ui/qr/QrCode.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { useMay } from '../../../access/barrier.ts';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import { fieldErrors, useAct } from '../../../writes/useAct.ts';
import { ReserveDeposit } from '../data/acts.ts';
import type { BuybackNow } from '../data/queries.ts';
import type { Lack } from '../data/reserveParts.ts';
import { amountToType, isNothing, readAmountTyped } from '../data/typedMoney.ts';

const DEPOSIT = 'reserveDeposit';

/** How far each of the two steps is: the first is over when the second has a transaction. Null where none goes on. */
function stepsOf(write: WriteState): readonly ['now' | 'done', 'later' | 'now' | 'done'] | null {
  if (write.phase === 'refused' || write.phase === 'failed') return null;
  if (write.phase === 'done') return ['done', 'done'];
  return write.transaction === null ? ['now', 'later'] : ['done', 'now'];
}

/** What lacks in all, as a decimal string. */
const sumOf = (lacks: readonly Lack[], decimals: number): string =>
  fromBase(
    lacks.reduce((sum, { amount }) => sum + toBase(amount, decimals), 0n),
    decimals,
  );

/** How money comes into the reserve: from the account that the service signs for, or by a transfer of the operator's own wallet. */
export function PutMoneyIn(about: {
  readonly program: BuybackNow;
  readonly lacks: readonly Lack[];
}): JSX.Element {
  const { operatorAccount: account } = about.program;
  const isHandedOver = account !== null && account.address !== account.ofService;
  return isHandedOver ? <TransferMoney {...about} /> : <DepositForm {...about} />;
}

/** The service can not move the money of another wallet: what is sent to the buyback is taken in by itself. */
function TransferMoney({
  program,
  lacks,
}: {
  readonly program: BuybackNow;
  readonly lacks: readonly Lack[];
}): JSX.Element {
  const { t } = useTranslation('buyback');
  const { buyback, settlementToken } = program.settings;
  const { symbol, decimals } = settlementToken;
  const lacking = sumOf(lacks, decimals);
  return (
    <section className="part buy-form" aria-labelledby="put">
      <h3 id="put">{t('put.title')}</h3>
      <p>{t('put.transfer', { symbol })}</p>
      {!isNothing(lacking) && (
        <p className="blocked">
          {t('put.transferLacks', { amount: `${showMoney(lacking)} ${symbol}` })}
        </p>
      )}
      <div className="buy-address">
        <QrCode text={buyback} label={t('put.transferQr')} />
        <div>
          <code>{buyback}</code>
          <CopyButton text={buyback} label={t('put.copy')} />
        </div>
      </div>
      <p className="fine">
        {t('put.transferToken', { symbol })} <code>{settlementToken.address}</code>
      </p>
    </section>
  );
}

/** Puts money of the operator's account into the reserve, in two steps that are shown as two. */
function DepositForm({
  program,
  lacks,
}: {
  readonly program: BuybackNow;
  readonly lacks: readonly Lack[];
}): JSX.Element {
  const { t } = useTranslation('buyback');
  const words = useErrorWords();
  const mayPut = useMay('OWNER');
  const { operatorAccount: account, settings, reserve } = program;
  const { symbol, decimals } = settings.settlementToken;
  const [typed, setTyped] = useState<string | null>(null);
  const act = useAct({ name: DEPOSIT, kind: DEPOSIT, document: ReserveDeposit }, () =>
    setTyped(null),
  );
  const { write } = act;
  const lacking = sumOf(lacks, decimals);
  // What lacks is read from the chain a moment later: it is not offered once more meanwhile.
  const isBehind =
    write?.phase === 'done' && (write.transaction?.blockNumber ?? 0) > reserve.asOfBlock;
  const text = typed ?? (isBehind || isNothing(lacking) ? '' : amountToType(lacking));
  const amount = readAmountTyped(text, decimals);
  const isShort =
    account !== null &&
    amount !== null &&
    toBase(amount, decimals) > toBase(account.money, decimals);
  const wrong =
    text === ''
      ? null
      : amount === null || isNothing(amount)
        ? t('put.noAmount', { decimals })
        : isShort
          ? t('put.short', {
              missing: `${showMoney(
                fromBase(toBase(amount, decimals) - toBase(account.money, decimals), decimals),
              )} ${symbol}`,
            })
          : null;
  // Nobody has typed yet: it is no mistake of theirs.
  const isBefore = typed === null;
  const refused = fieldErrors(write, words)['amount'] ?? null;
  const steps = write === null ? null : stepsOf(write);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (amount === null || wrong !== null) return;
    act.start({ amount });
  };
  return (
    <form className="part buy-form" aria-labelledby="put" onSubmit={submit}>
      <h3 id="put">{t('put.title')}</h3>
      <TextInput
        label={t('put.amount', { symbol })}
        description={
          account === null
            ? t('put.unknown')
            : isBefore && wrong !== null
              ? wrong
              : t('put.there', { money: `${showMoney(account.money)} ${symbol}` })
        }
        inputMode="decimal"
        autoComplete="off"
        value={text}
        error={isBefore ? refused : (wrong ?? refused)}
        disabled={!mayPut || act.isUnderWay}
        onChange={({ currentTarget }) => {
          if (write !== null) act.forget();
          setTyped(currentTarget.value);
        }}
      />
      {account !== null && (
        <details className="buy-account" {...(isShort && { open: true })}>
          <summary>{t('put.account')}</summary>
          <p>{t('put.accountWords', { symbol })}</p>
          <div className="buy-address">
            <QrCode text={account.address} label={t('put.qr')} />
            <div>
              <code>{account.address}</code>
              <CopyButton text={account.address} label={t('put.copy')} />
            </div>
          </div>
        </details>
      )}
      <ActButton
        needs="OWNER"
        type="submit"
        fullWidth
        barrier={reserve.stale ? t('stale') : null}
        disabled={amount === null || wrong !== null}
        loading={act.isUnderWay}
      >
        {t('put.go')}
      </ActButton>
      {steps !== null && (
        <ol className="buy-steps">
          {steps.map((step, at) => (
            <li key={at} className={`is-${step}`}>
              {at === 0 ? t('put.allow') : t('put.deposit')}
              <small>{t(`put.step.${step}`)}</small>
            </li>
          ))}
        </ol>
      )}
      <TransactionStatus name={DEPOSIT} />
    </form>
  );
}
