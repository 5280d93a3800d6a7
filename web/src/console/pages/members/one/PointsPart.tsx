import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoment } from '../../../../shared/format/dates.ts';
import { Amount, When } from '../../../../shared/ui/Values.tsx';
import type { DeskNoun } from '../../../icons/deskIcons.tsx';
import { ToDesk } from '../../../parts/ToDesk.tsx';
import type { DeskMember } from './queries.ts';
import {
  percentOf,
  totalOf,
  whereabouts,
  type PointsPlace,
  type PlaceKind,
} from './whereabouts.ts';

const LOOKS: Readonly<Record<PlaceKind, string>> = {
  ...{ settled: 'better', onWay: 'waiting', BUDGET: 'waiting', BACKING: 'waiting' },
  ...{ maturing: 'later', tendered: 'locked', objected: 'locked', ordered: 'locked' },
  ...{ lost: 'worse' },
};
/** Pages of what a place is about. */
const PAGES: Partial<
  Readonly<
    Record<PlaceKind, { readonly noun: DeskNoun; readonly rest: (number: number) => string }>
  >
> = {
  tendered: { noun: 'buyback', rest: (number) => `/rounds/${number}` },
  objected: { noun: 'changes', rest: (number) => `/${number}` },
  ordered: { noun: 'orders', rest: (number) => `/${number}` },
};

/** One sentence: what it means that points are there, and what comes next. */
function usePlaceWords(nowMs: number): (place: PointsPlace) => string {
  const { t, i18n } = useTranslation('members');
  return ({ kind, at, closesAt, isAsked }) => {
    const times = {
      at: at === null ? '' : showMoment(at, i18n.language),
      closes: closesAt === null ? '' : showMoment(closesAt, i18n.language),
    };
    const isDue = at !== null && Date.parse(at) <= nowMs;
    if (kind === 'onWay') {
      if (isAsked) return t('place.onWay.asked');
      return at !== null && !isDue ? t('place.onWay.waits', times) : t('place.onWay.now');
    }
    if ((kind === 'BUDGET' || kind === 'BACKING') && isDue) return t(`place.${kind}.due`, times);
    if (kind === 'maturing' && at === null) return t('place.maturing.soon');
    return t(`place.${kind}.words`, times);
  };
}

function PlaceLinks({
  place: { kind, links },
}: {
  readonly place: PointsPlace;
}): JSX.Element | null {
  const { t } = useTranslation('members');
  const page = PAGES[kind];
  if (links.length === 0 || page === undefined) return null;
  return (
    <ul className="place-links">
      {links.map(({ number, at }) => (
        <li key={number}>
          <ToDesk noun={page.noun} rest={page.rest(number)}>
            {t(`place.${kind}.link`, { number })}
          </ToDesk>
          {at !== null && (
            <small>
              {t('place.until')} <When iso={at} />
            </small>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Where the points of a member are: the first thing that is asked. */
export function PointsPart({
  member,
  nowMs,
}: {
  readonly member: DeskMember;
  /** By the clock of the service. */
  readonly nowMs: number;
}): JSX.Element {
  const { t } = useTranslation('members');
  const words = usePlaceWords(nowMs);
  const places = whereabouts(member);
  const total = totalOf(places);
  return (
    <section className="panel" aria-labelledby="points">
      <div className="panel-head points-head">
        <h2 id="points">{t('place.title')}</h2>
        <span className="points-total">
          <small>{t('place.total')}</small>
          <Amount value={total} />
        </span>
      </div>
      <div className="points-bar" aria-hidden="true">
        {places
          .filter(({ kind }) => kind !== 'lost')
          .map(({ kind, points }) => (
            <span
              key={kind}
              className={LOOKS[kind]}
              style={{ flexGrow: percentOf(points, total) }}
            />
          ))}
      </div>
      <dl>
        {places.map((place) => (
          <div className="place" key={place.kind}>
            <dt>
              <i className={`place-sign ${LOOKS[place.kind]}`} aria-hidden="true" />
              {t(`place.${place.kind}.name`)}
            </dt>
            <dd className="place-points">
              <Amount value={place.points} />
            </dd>
            <dd className="place-words">
              {words(place)}
              <PlaceLinks place={place} />
              {place.kind === 'BACKING' && <ToDesk noun="buyback">{t('place.BACKING.go')}</ToDesk>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="part fine">{t('place.asOf', { block: member.balance.asOfBlock })}</p>
    </section>
  );
}
