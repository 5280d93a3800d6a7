import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints } from '../../../shared/format/amounts.ts';
import type { ChangeRow } from './data/queries.ts';

type ShownState = ChangeRow['state'] | 'TO_ENACT';

const STATES: Readonly<Record<ShownState, string>> = {
  ...{ PENDING: 'waiting', TO_ENACT: 'waiting', ENACTED: 'better', STRUCK_DOWN: 'worse' },
  ...{ WITHDRAWN: '', DEAD: '' },
};

/** The state of a change as it is shown: once its notice is over, it waits to be enacted. @param now of the API, in ms */
export const shownStateOf = ({ state, noticeEndsAt }: ChangeRow, now: number): ShownState =>
  state === 'PENDING' && Date.parse(noticeEndsAt) <= now ? 'TO_ENACT' : state;

/** How far a change is. */
export function StateTag({
  change,
  now,
}: {
  readonly change: ChangeRow;
  /** The time of the API, in ms. */
  readonly now: number;
}): JSX.Element {
  const { t } = useTranslation('changes');
  const state = shownStateOf(change, now);
  return <span className={`tag ${STATES[state]}`}>{t(`state.${state}`)}</span>;
}

/** Whom a change hurts, in one word. */
export const hurtOf = ({
  hurtsMembers,
  hurtsHolders,
}: ChangeRow): 'both' | 'members' | 'holders' | 'nobody' =>
  hurtsMembers ? (hurtsHolders ? 'both' : 'members') : hurtsHolders ? 'holders' : 'nobody';

/** Whom a change hurts. */
export function HurtTag({ change }: { readonly change: ChangeRow }): JSX.Element {
  const { t } = useTranslation('changes');
  const hurt = hurtOf(change);
  return (
    <span className={`tag ${hurt === 'nobody' ? 'better' : 'worse'}`}>{t(`hurts.${hurt}`)}</span>
  );
}

/** Says how many points object; nothing for a change that nobody can object to. */
export function useObjectionWords(): (change: ChangeRow) => string {
  const { t } = useTranslation('changes');
  return (change) => {
    if (hurtOf(change) === 'nobody') return '';
    const points = showPoints(change.objections);
    const { objectionsNeeded, struckDownBy } = change;
    if (struckDownBy !== null) {
      return t('objectedEnough', { points, needed: showPoints(struckDownBy) });
    }
    if (objectionsNeeded === null) return t('objected', { points });
    return t('objectedOf', { points, needed: showPoints(objectionsNeeded) });
  };
}
