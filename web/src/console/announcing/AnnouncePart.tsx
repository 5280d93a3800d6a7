import { TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../shared/transactions/TransactionStatus.tsx';
import { useDurationWords } from '../../shared/ui/time/useDurationWords.ts';
import { ActButton } from '../access/ActButton.tsx';
import { useMay } from '../access/barrier.ts';
import { CheckLine } from '../terms/CheckLine.tsx';
import './effect.css';

/** One sentence to be ticked, the name of the program for what hurts, and the button that tells everybody. */
export function AnnouncePart({
  name,
  isHurting,
  programName,
  noticeSeconds,
  barrier,
  isReady,
  isUnderWay,
  onAnnounce,
}: {
  /** Of the write. */
  readonly name: string;
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
  const { t } = useTranslation('console');
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
            {isHurting ? t('announcing.iKnowHurts', { notice }) : t('announcing.iKnow')}
          </CheckLine>
          {isHurting && (
            <TextInput
              label={t('announcing.name', { name: programName })}
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
        {t('announcing.go')}
      </ActButton>
      <TransactionStatus name={name} />
    </div>
  );
}
