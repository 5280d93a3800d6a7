import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showTime } from '../format/dates.ts';
import { Details, Fact } from '../ui/Details.tsx';
import { useErrorWords } from '../ui/States.tsx';
import type { WriteState } from './transactionState.ts';
import { useWrite, useWrites } from './useWrite.ts';
import './transactionStatus.css';

/** Says in words how far a write is. */
export function useWriteWords(): (write: WriteState) => string {
  const { t, i18n } = useTranslation('shared');
  const errorWords = useErrorWords();
  return (write) => {
    const { phase, transaction, errors, againAtMs, steppedBack, isGivenUp } = write;
    const code = errors[0]?.code;
    switch (phase) {
      case 'toSign':
      case 'unsure':
        return t(`write.${phase}`);
      case 'checking':
        return t('write.checking');
      case 'sent':
        if (steppedBack) return t('write.steppedBack');
        return transaction?.status === 'SENT' ? t('write.SENT') : t('write.QUEUED');
      case 'done':
        return t('write.MINED');
      case 'failed': {
        if (write.isByWallet) return t('write.failedByWallet');
        const status = transaction?.status === 'DROPPED' ? t('write.DROPPED') : t('write.REVERTED');
        return code === undefined ? status : `${status} ${errorWords(code)}`;
      }
      case 'refused': {
        const why = code === undefined ? t('errors.OTHER') : errorWords(code);
        if (againAtMs === null) return why;
        const time = showTime(new Date(againAtMs).toISOString(), i18n.language);
        return `${why} ${t('write.againAt', { time })}`;
      }
      case 'waiting':
        return code === undefined ? t('write.QUEUED') : errorWords(code);
      case 'unknown':
        return isGivenUp ? t('write.unknownStill') : t('write.unknown');
    }
  };
}

const LOOKS: Readonly<Record<WriteState['phase'], string>> = {
  ...{ checking: 'moving', sent: 'moving', waiting: 'moving', unknown: 'waiting' },
  ...{ done: 'done', refused: 'bad', failed: 'bad', toSign: 'waiting', unsure: 'waiting' },
};
/** There is something to press. */
const GOES_ON: Partial<Readonly<Record<WriteState['phase'], 'tryAgain' | 'write.goOn'>>> = {
  ...{ unknown: 'tryAgain', waiting: 'tryAgain' },
  ...{ toSign: 'write.goOn', unsure: 'write.goOn' },
};

/** How far one write is, in place: words first, what the machine calls it under Details. Nothing while there is none. */
export function TransactionStatus({ name }: { readonly name: string }): JSX.Element | null {
  const { t } = useTranslation('shared');
  const words = useWriteWords();
  const writes = useWrites();
  const write = useWrite(name);
  if (write === null) return null;
  const { phase, transaction } = write;
  const goesOn = GOES_ON[phase];
  return (
    <div className={`transaction-status ${LOOKS[phase]}`}>
      <p role="status">
        <i className="transaction-sign" aria-hidden="true" />
        {words(write)}
      </p>
      {goesOn !== undefined && (
        <button className="button quiet" type="button" onClick={() => writes.tryAgain(name)}>
          {t(goesOn)}
        </button>
      )}
      <Details>
        <Fact name={t('details.kind')}>{write.kind}</Fact>
        {write.idempotencyKey !== null && (
          <Fact name={t('details.key')}>{write.idempotencyKey}</Fact>
        )}
        {transaction !== null && <Fact name={t('details.status')}>{transaction.status}</Fact>}
        {transaction?.hash != null && <Fact name={t('details.hash')}>{transaction.hash}</Fact>}
        {transaction?.blockNumber != null && (
          <Fact name={t('details.block')}>{transaction.blockNumber}</Fact>
        )}
        {write.errors.map(({ code, message }) => (
          <Fact key={code} name={code}>
            {message}
          </Fact>
        ))}
      </Details>
    </div>
  );
}
