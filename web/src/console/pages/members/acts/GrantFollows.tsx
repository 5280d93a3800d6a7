import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints } from '../../../../shared/format/amounts.ts';
import { showMoment } from '../../../../shared/format/dates.ts';
import type { DeskClock, DeskRule } from '../../../terms/fields.ts';
import { useTermsSaying } from '../../../terms/useTermsSaying.ts';
import { FollowsPart } from './ActFrame.tsx';
import { hasCap, pointsOfGrant } from './grant.ts';

const SECONDS_A_MINUTE = 60;

/** What a grant does, said before it is made. */
export function GrantFollows({
  rule,
  grant,
  hours,
  into,
  division,
  marginSeconds,
  person,
}: {
  readonly rule: DeskRule;
  /** Null while it can not be read. */
  readonly grant: { readonly count: number; readonly amount: string } | null;
  /** After how many hours it counts. */
  readonly hours: string;
  readonly into: { readonly memberId: string | null; readonly startsAt: string } | null;
  readonly division: DeskClock;
  /** So long before it counts it can not be voided any more. */
  readonly marginSeconds: number;
  /** Who grants it. */
  readonly person: string;
}): JSX.Element {
  const { t, i18n } = useTranslation('members');
  const { sayRule } = useTermsSaying(division);
  const minutes = Math.round(marginSeconds / SECONDS_A_MINUTE);
  const merged =
    into === null
      ? []
      : [
          t('grant.follows.merged', {
            at: showMoment(into.startsAt, i18n.language),
            member: into.memberId ?? t('merged.other'),
          }),
        ];
  return (
    <FollowsPart
      title={
        grant === null
          ? t('grant.follows.nothing')
          : t('grant.follows.points', { points: showPoints(pointsOfGrant(rule, grant)) })
      }
      lines={[
        t('grant.follows.rule', { says: sayRule(rule) }),
        ...(hasCap(rule) ? [t('grant.follows.cap')] : []),
        hours === '0' ? t('grant.follows.atOnce') : t('grant.follows.later', { minutes }),
        t('grant.follows.settles'),
        t('grant.follows.kept', { person }),
        ...merged,
      ]}
    />
  );
}
