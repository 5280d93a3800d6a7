import { TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showPoints } from '../../../../shared/format/amounts.ts';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { useAct } from '../../../writes/useAct.ts';
import { ActFrame, DonePart, FollowsPart, NoSuchMember } from './ActFrame.tsx';
import { ActedOnQuery, MemberErase, type ActedOn } from './queries.ts';

const LINES = [320] as const;

interface Erasing {
  /** Name of the write. */
  readonly name: string;
  readonly isUnderWay: boolean;
  readonly onErase: () => void;
}

/** Asks for the member as long as there is one. */
function EraseForm({ memberId, ...erasing }: Erasing & { readonly memberId: string }): JSX.Element {
  const asked = usePolled(ActedOnQuery, { memberId });
  return (
    <Asked of={asked} lines={LINES}>
      {({ member }) =>
        member === null ? (
          <NoSuchMember memberId={memberId} />
        ) : (
          <EraseSheet {...erasing} member={member} />
        )
      }
    </Asked>
  );
}

function EraseSheet({
  member: { memberId, account, settled },
  name,
  isUnderWay,
  onErase,
}: Erasing & { readonly member: ActedOn }): JSX.Element {
  const { t } = useTranslation('members');
  const [confirmed, setConfirmed] = useState('');
  const isReady = confirmed.trim() === memberId;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) onErase();
  };
  return (
    <div className="work">
      <form className="panel" aria-label={t('erase.title')} onSubmit={submit}>
        <div className="panel-head">
          <h2>{t('erase.goes')}</h2>
        </div>
        <ul className="part follows">
          <li>{t('erase.gone.id')}</li>
          <li>{t('erase.gone.sessions')}</li>
          <li>{t('erase.gone.actions')}</li>
          <li>{t('erase.gone.notes')}</li>
          <li>{t('erase.gone.merged')}</li>
        </ul>
        <div className="part member-form">
          <TextInput
            label={t('erase.confirm', { memberId })}
            autoComplete="off"
            value={confirmed}
            onChange={({ currentTarget }) => setConfirmed(currentTarget.value)}
          />
          <TransactionStatus name={name} />
          <ActButton
            needs="OWNER"
            type="submit"
            className="danger-fill"
            loading={isUnderWay}
            disabled={!isReady}
          >
            {t('erase.go')}
          </ActButton>
        </div>
      </form>
      <FollowsPart
        title={t('erase.left')}
        lines={[
          t('erase.stays.points', { points: showPoints(settled), account }),
          t('erase.stays.earned'),
          t('erase.stays.chain'),
          t('erase.stays.window'),
          t('erase.stays.again', { memberId }),
        ]}
      />
    </div>
  );
}

/** Erases what the service knows of a member, for good. */
export function EraseDesk({ memberId }: { readonly memberId: string }): JSX.Element {
  const { t } = useTranslation('members');
  const name = `memberErase:${memberId}`;
  const act = useAct({ name, kind: 'memberErase', document: MemberErase });
  const isDone = act.write?.phase === 'done';
  const { account = '' } = (act.write?.payload ?? {}) as { readonly account?: string | null };
  return (
    <ActFrame memberId={memberId} title={t('erase.title')} lead={t('erase.lead')}>
      {isDone ? (
        // There is no such member any more: nothing is asked of it.
        <DonePart
          title={t('erase.done.title')}
          words={t('erase.done.words', { account: account ?? '' })}
        >
          <Link className="button" href="/members" onClick={() => act.forget()}>
            {t('unknown.go')}
          </Link>
        </DonePart>
      ) : (
        <EraseForm
          {...{ memberId, name, isUnderWay: act.isUnderWay }}
          onErase={() => act.start({ memberId })}
        />
      )}
    </ActFrame>
  );
}
