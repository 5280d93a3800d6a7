import { SegmentedControl } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showDay, showMoment } from '../../../../shared/format/dates.ts';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { useFilters } from '../../../lists/useFilters.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { DeskHead } from '../../../parts/DeskHead.tsx';
import { NoSuchMember } from '../acts/ActFrame.tsx';
import { memberHref } from '../address/memberAddress.ts';
import { AccountPart } from './AccountPart.tsx';
import { ActionsPart } from './ActionsPart.tsx';
import { ActsPart } from './ActsPart.tsx';
import { FindActionPart } from './FindActionPart.tsx';
import { PointsPart } from './PointsPart.tsx';
import { DeskMemberQuery, type DeskMember, type ProgramOfMember } from './queries.ts';
import { ReceiptPart } from './ReceiptPart.tsx';
import { StoryPart } from './StoryPart.tsx';

const LINES = [260, 320] as const;

/** What happened, told as a story or action by action. */
function HappenedPart({
  member: { memberId },
  program,
}: {
  readonly member: DeskMember;
  readonly program: ProgramOfMember;
}): JSX.Element {
  const { t } = useTranslation('members');
  const filters = useFilters();
  const isStory = filters.get('show') === 'story';
  return (
    <section className="panel" aria-labelledby="happened">
      <div className="panel-head happened-head">
        <h2 id="happened">{t('happened.title')}</h2>
        <SegmentedControl
          aria-label={t('happened.title')}
          value={isStory ? 'story' : 'actions'}
          data={[
            { value: 'actions', label: t('happened.actions') },
            { value: 'story', label: t('happened.story') },
          ]}
          onChange={(show) =>
            filters.set({ show: show === 'story' ? show : '', kind: '', state: '' })
          }
        />
      </div>
      {isStory ? (
        <StoryPart memberId={memberId} symbol={program.settings.settlementToken.symbol} />
      ) : (
        <ActionsPart memberId={memberId} nowMs={Date.parse(program.clock.now)} />
      )}
    </section>
  );
}

function MergedNote({
  into,
}: {
  readonly into: NonNullable<DeskMember['mergedInto']>;
}): JSX.Element {
  const { t, i18n } = useTranslation('members');
  const { memberId, startsAt } = into;
  return (
    <section className="panel member-note">
      <p>
        {t('merged.words', { at: showMoment(startsAt, i18n.language) })}{' '}
        {memberId === null ? (
          t('merged.erased')
        ) : (
          <Link href={memberHref(memberId)}>{memberId}</Link>
        )}
      </p>
    </section>
  );
}

/** One member: where the points are, how they came, and what can be done. */
export function MemberDesk({ memberId }: { readonly memberId: string }): JSX.Element {
  const { t, i18n } = useTranslation('members');
  const asked = usePolled(DeskMemberQuery, { memberId });
  const known = asked.data?.member ?? null;
  const lead =
    known === null
      ? undefined
      : known.lastActivityAt === null
        ? t('since', { day: showDay(known.createdAt, i18n.language) })
        : t('sinceAndLast', {
            day: showDay(known.createdAt, i18n.language),
            last: showMoment(known.lastActivityAt, i18n.language),
          });
  return (
    <>
      <DeskHead
        title={memberId}
        crumbs={[{ words: t('title'), href: '/members' }]}
        {...(lead !== undefined && { lead })}
      />
      <Asked of={asked} lines={LINES} isStale={({ member }) => member?.balance.stale === true}>
        {({ program, member }) => {
          if (program === null || member === null) {
            return <NoSuchMember memberId={memberId} />;
          }
          const nowMs = Date.parse(program.clock.now);
          const { symbol } = program.settings.settlementToken;
          return (
            <div className="work">
              <div>
                {member.mergedInto !== null && <MergedNote into={member.mergedInto} />}
                <PointsPart {...{ member, nowMs }} />
                <HappenedPart {...{ member, program }} />
              </div>
              <div>
                <ActsPart memberId={member.memberId} isMerged={member.mergedInto !== null} />
                <FindActionPart memberId={member.memberId} nowMs={nowMs} />
                <AccountPart {...{ member, symbol }} />
                <ReceiptPart member={member} clock={program.clock} />
              </div>
            </div>
          );
        }}
      </Asked>
    </>
  );
}
