import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showDay, showMoment } from '../../shared/format/dates.ts';
import { useServiceNow } from '../../shared/clock/useServiceNow.ts';
import { startOfEpoch } from '../terms/useTermWords.ts';
import type { ChangeView, WholeChange } from './data/queries.ts';

const MS_PER_SECOND = 1_000;

/** A moment that was, or will be. */
interface Step {
  readonly key:
    | 'announced'
    | 'noticeEnds'
    | 'lastRound'
    | 'earliest'
    | 'dies'
    | 'STRUCK_DOWN'
    | 'WITHDRAWN'
    | 'ENACTED'
    | 'DEAD';
  readonly at: string;
  /** End of a span; null for a moment. */
  readonly until: string | null;
}

const moment = (key: Step['key'], at: string): Step => ({ key, at, until: null });

/** When a round is open, which follows from the settings alone. */
function roundOf(settings: ChangeView['program']['settings'], round: number): Step {
  const { firstRoundAt, roundPeriodSeconds, roundWindowSeconds } = settings;
  const opens = Date.parse(firstRoundAt) + round * roundPeriodSeconds * MS_PER_SECOND;
  return {
    key: 'lastRound',
    at: new Date(opens).toISOString(),
    until: new Date(opens + roundWindowSeconds * MS_PER_SECOND).toISOString(),
  };
}

/** What happens with a change, in the order of time. */
function stepsOf({ program }: ChangeView, change: WholeChange): readonly Step[] {
  const { state, announcedAt, noticeEndsAt, earliestEffect, diesAt, resolved } = change;
  const { firstEligibleRound, becameVersion, target } = change;
  const steps = [moment('announced', announcedAt)];
  const hasNotice = noticeEndsAt !== announcedAt;
  const end = resolved?.at ?? null;
  if (hasNotice && (end === null || noticeEndsAt < end)) {
    steps.push(moment('noticeEnds', noticeEndsAt));
  }
  if (state === 'PENDING') {
    if (firstEligibleRound !== null) steps.push(roundOf(program.settings, firstEligibleRound));
    if (earliestEffect !== null) steps.push(moment('earliest', earliestEffect));
    steps.push(moment('dies', diesAt));
    return steps.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }
  if (state === 'DEAD') return [...steps, moment('DEAD', diesAt)];
  const version = program.ruleSets.edges
    .map(({ node }) => node)
    .find((each) => target === 'RULES' && each.version === becameVersion);
  const inForce = version === undefined ? null : startOfEpoch(program.clock, version.fromEpoch);
  steps.push(moment(state, inForce ?? end ?? announcedAt));
  return steps;
}

/** The dates of a change: what was is filled, what comes is not. */
export function Timeline({
  viewer,
  change,
}: {
  readonly viewer: ChangeView;
  readonly change: WholeChange;
}): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const now = useServiceNow();
  return (
    <section className="card" aria-labelledby="when-title">
      <h2 id="when-title">{t('changes.when.title')}</h2>
      <ol className="timeline">
        {stepsOf(viewer, change).map(({ key, at, until }) => {
          const isPast = Date.parse(at) <= now;
          return (
            <li key={key} className={isPast ? 'past' : ''}>
              <time dateTime={at}>
                {until === null
                  ? showMoment(at, i18n.language)
                  : t('changes.when.span', {
                      ...{ from: showDay(at, i18n.language), to: showDay(until, i18n.language) },
                    })}
              </time>
              <span>{t(`changes.when.${key}`)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
