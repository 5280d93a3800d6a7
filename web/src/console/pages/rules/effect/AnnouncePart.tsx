import { TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { useDurationWords } from '../../../../shared/ui/time/useDurationWords.ts';
import { ActButton } from '../../../access/ActButton.tsx';
import { useMay } from '../../../access/barrier.ts';
import { CheckLine } from '../../../terms/CheckLine.tsx';

/** The name of the write, for `<TransactionStatus>`. */
export const ANNOUNCE = 'changeAnnounce:rules';

/** One sentence to be ticked, the name of the program for what hurts, and the button that tells everybody. */
export function AnnouncePart({
  isHurting,
  programName,
  noticeSeconds,
  barrier,
  isReady,
  isUnderWay,
  onAnnounce,
}: {
  readonly isHurting: boolean;
  readonly programName: string;
  readonly noticeSeconds: number;
  /** Why it can not be announced now; null for no reason. */
  readonly barrier: string | null;
  /** Whether there is something to announce, and the contract has said what it does. */
  readonly isReady: boolean;
  readonly isUnderWay: boolean;
  readonly onAnnounce: () => void;
}): JSX.Element {
  const { t } = useTranslation('rules');
  const { long } = useDurationWords();
  const mayAnnounce = useMay('OWNER');
  const [isTicked, setTicked] = useState(false);
  const [typedName, setTypedName] = useState('');
  const isNamed = !isHurting || typedName.trim() === programName.trim();
  const notice = long(noticeSeconds * 1_000);
  return (
    <div className="announce">
      {mayAnnounce && (
        <>
          <CheckLine isTicked={isTicked} onTick={setTicked}>
            {isHurting ? t('announce.iKnowHurts', { notice }) : t('announce.iKnow')}
          </CheckLine>
          {isHurting && (
            <TextInput
              label={t('announce.name', { name: programName })}
              autoComplete="off"
              value={typedName}
              onChange={({ currentTarget }) => setTypedName(currentTarget.value)}
            />
          )}
        </>
      )}
      <ActButton
        needs="OWNER"
        barrier={barrier}
        fullWidth
        disabled={!isReady || !isTicked || !isNamed || isUnderWay}
        onClick={onAnnounce}
      >
        {t('announce.go')}
      </ActButton>
      {!mayAnnounce && <p className="fine">{t('announce.ask')}</p>}
      <TransactionStatus name={ANNOUNCE} />
    </div>
  );
}
