import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showPoints } from '../../../../shared/format/amounts.ts';
import { showMoment } from '../../../../shared/format/dates.ts';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { useErrorWords } from '../../../../shared/ui/States.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { fieldErrors, useAct } from '../../../writes/useAct.ts';
import { memberHref, MOST_OF_AN_ID } from '../address/memberAddress.ts';
import { ActFrame, DonePart, FollowsPart, NoSuchMember } from './ActFrame.tsx';
import { ActedOnQuery, MemberMerge, type ActedOn } from './queries.ts';

const LINES = [320] as const;
/** After the last key the other member is looked for. */
const QUIET_MS = 400;

/** What a person typed, once it is quiet. */
function useQuiet(typed: string): string {
  const [quiet, setQuiet] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(typed), QUIET_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return quiet;
}

/** The other member, or that there is none of this id. */
function Other({ memberId }: { readonly memberId: string }): JSX.Element {
  const { t } = useTranslation('members');
  const { data } = usePolled(ActedOnQuery, { memberId });
  const other = data?.member ?? null;
  return (
    <p className="member-quiet" aria-live="polite">
      {data === null
        ? t('merge.looking')
        : other === null
          ? t('merge.noOther', { memberId })
          : t('merge.hasOther', { memberId, points: showPoints(other.settled) })}
    </p>
  );
}

function Merging({ member }: { readonly member: ActedOn }): JSX.Element {
  const { t, i18n } = useTranslation('members');
  const errorWords = useErrorWords();
  const { memberId } = member;
  const name = `memberMerge:${memberId}`;
  const [typedOther, setTypedOther] = useState('');
  const [stays, setStays] = useState<'other' | 'this'>('other');
  const [confirmed, setConfirmed] = useState('');
  const act = useAct({ name, kind: 'memberMerge', document: MemberMerge });
  const other = typedOther.trim();
  const looked = useQuiet(other);
  const [from, into] = stays === 'other' ? [memberId, other] : [other, memberId];
  const errors = fieldErrors(act.write, errorWords);
  const otherError = stays === 'other' ? errors['intoMemberId'] : errors['fromMemberId'];
  const isReady = other !== '' && other !== memberId && confirmed.trim() === from;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) act.start({ fromMemberId: from, intoMemberId: into });
  };
  if (act.write?.phase === 'done') {
    const { startsAt } = act.write.payload as { readonly startsAt: string | null };
    const at = startsAt === null ? '' : showMoment(startsAt, i18n.language);
    return (
      <DonePart title={t('merge.done.title')} words={t('merge.done.words', { at })}>
        <Link className="button" href={memberHref(memberId)} onClick={() => act.forget()}>
          {t('merge.done.go')}
        </Link>
      </DonePart>
    );
  }
  const names = { from, into };
  return (
    <div className="work">
      <form className="panel" aria-label={t('merge.title')} onSubmit={submit}>
        <div className="panel-head">
          <h2>{t('merge.which')}</h2>
        </div>
        <div className="part member-form">
          <TextInput
            label={t('merge.other')}
            autoComplete="off"
            maxLength={MOST_OF_AN_ID}
            error={other === memberId ? t('merge.same') : otherError}
            value={typedOther}
            onChange={({ currentTarget }) => setTypedOther(currentTarget.value)}
          />
          {looked !== '' && looked === other && looked !== memberId && <Other memberId={looked} />}
          {other !== '' && other !== memberId && (
            <>
              <NativeSelect
                label={t('merge.stays')}
                data={[
                  { value: 'other', label: other },
                  { value: 'this', label: memberId },
                ]}
                value={stays}
                onChange={({ currentTarget: { value } }) =>
                  setStays(value === 'this' ? 'this' : 'other')
                }
              />
              <TextInput
                label={t('merge.confirm', names)}
                description={t('merge.confirmWhy')}
                autoComplete="off"
                value={confirmed}
                onChange={({ currentTarget }) => setConfirmed(currentTarget.value)}
              />
            </>
          )}
          <TransactionStatus name={name} />
          <ActButton
            needs="MANAGER"
            type="submit"
            className="danger-fill"
            loading={act.isUnderWay}
            disabled={!isReady}
          >
            {t('merge.go')}
          </ActButton>
        </div>
      </form>
      <FollowsPart
        isBad
        title={t('merge.forEver')}
        lines={
          other === '' || other === memberId
            ? [t('merge.follows.choose'), t('merge.follows.once')]
            : [
                t('merge.follows.from', names),
                t('merge.follows.before', names),
                t('merge.follows.points', names),
                t('merge.follows.own', names),
                t('merge.follows.escrow', names),
                t('merge.follows.once'),
              ]
        }
      />
    </div>
  );
}

/** Makes one member of two: a person who had two ids. */
export function MergeDesk({ memberId }: { readonly memberId: string }): JSX.Element {
  const { t } = useTranslation('members');
  return (
    <ActFrame memberId={memberId} title={t('merge.title')} lead={t('merge.lead')}>
      <Asked of={usePolled(ActedOnQuery, { memberId })} lines={LINES}>
        {({ member }) =>
          member === null ? <NoSuchMember memberId={memberId} /> : <Merging member={member} />
        }
      </Asked>
    </ActFrame>
  );
}
