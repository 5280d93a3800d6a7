import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../shared/transactions/TransactionStatus.tsx';
import type { WriteState } from '../../shared/transactions/transactionState.ts';
import { useAllWrites, useWrites } from '../../shared/transactions/useWrite.ts';

/** What its own sheet would have said, which is closed since the page was loaded again. */
const isToBeSaid = ({ isResumed, phase }: WriteState): boolean =>
  isResumed && (phase === 'refused' || phase === 'failed' || phase === 'unknown');

/** Says what became of that which was begun before the page was loaded again, where it was not done. */
export function ResumedWrites(): JSX.Element {
  const { t } = useTranslation('console');
  const writes = useWrites();
  return (
    <>
      {useAllWrites()
        .filter(isToBeSaid)
        .map(({ name, phase }) => (
          <section key={name} className="panel part" role="alert">
            <p>{t('resumed.words')}</p>
            <TransactionStatus name={name} />
            {phase !== 'unknown' && (
              <Button variant="default" onClick={() => writes.dismiss(name)}>
                {t('resumed.seen')}
              </Button>
            )}
          </section>
        ))}
    </>
  );
}
