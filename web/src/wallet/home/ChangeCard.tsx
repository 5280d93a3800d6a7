import { useLayoutEffect, useRef, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showMoney, showPoints, toBase, POINT_DECIMALS } from '../../shared/format/amounts.ts';
import { showDay, showMoment } from '../../shared/format/dates.ts';
import { serviceNowMs } from '../../shared/clock/serviceClock.ts';
import { usePointName } from '../shell/useProgram.ts';
import { topicOf, type TermField, type Topic } from '../terms/difference.ts';
import { differenceOf } from '../terms/topics.ts';
import type { HomeView } from './data/queries.ts';

type HomeProgram = HomeView['program'];
type HomeChange = NonNullable<HomeProgram['pendingChange']>;

/** Numbers that say best what a change wants, of the topics that are about one. */
const TELLING: Readonly<Partial<Record<Topic, TermField>>> = {
  priceLess: 'pricePerPoint',
  budgetLess: 'budgetPerRound',
};

/** Reads what an announced change wants, and the two numbers that say it best. */
function topicAndNumbers(program: HomeProgram, change: HomeChange) {
  const { ruleSets, buybackTerms, clock } = program;
  const groups = differenceOf(change, {
    ruleSets: ruleSets.edges.map(({ node }) => node),
    buybackTerms: buybackTerms.edges.map(({ node }) => node),
    currentEpoch: clock.currentEpoch,
  });
  const topic = topicOf(groups ?? []);
  const telling = groups
    ?.flatMap(({ fields }) => fields)
    .find(({ field }) => field === TELLING[topic]);
  return { topic, from: telling?.before ?? null, to: telling?.after ?? null };
}

const FROM_WORDS: Readonly<Partial<Record<Topic, 'price' | 'budget'>>> = {
  ...{ priceLess: 'price', budgetLess: 'budget' },
};

function Meter({ objections, needed }: { readonly objections: string; readonly needed: string }) {
  const { t } = useTranslation('wallet');
  const bar = useRef<HTMLElement>(null);
  const most = toBase(needed, POINT_DECIMALS);
  const part = most === 0n ? 1_000n : (toBase(objections, POINT_DECIMALS) * 1_000n) / most;
  const width = `${Math.min(100, Number(part) / 10)}%`;
  useLayoutEffect(() => {
    bar.current?.style.setProperty('width', width);
  });
  const numbers = { objections: showPoints(objections), needed: showPoints(needed) };
  return (
    <div className="meter" role="img" aria-label={t('change.meter', numbers)}>
      <i ref={bar} />
    </div>
  );
}

/** A change that was announced: who wants what, and until when it can be struck down. */
export function ChangeCard({
  program,
  change,
  symbol,
}: {
  readonly program: HomeProgram;
  readonly change: HomeChange;
  readonly symbol: string;
}): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const { number, noticeEndsAt, objections, objectionsNeeded, earliestEffect } = change;
  const { topic, from, to } = topicAndNumbers(program, change);
  const path = `/rules/changes/${number}`;
  const canObject = objectionsNeeded !== null && Date.parse(noticeEndsAt) > serviceNowMs();
  const day = earliestEffect === null ? null : showDay(earliestEffect, i18n.language);
  return (
    <section className="card notice" aria-labelledby="change-title">
      <div className="card-head">
        <span className="tag waiting">{t('change.announced')}</span>
        <Link className="more" href={path}>
          {t('change.number', { number })}
        </Link>
      </div>
      <h2 id="change-title">{t(`changes.wish.${topic}`, { points })}</h2>
      <p>
        {from !== null && to !== null && (
          <span className="from-to">
            <s>{showMoney(from)}</s>
            <span className="visually-hidden">{t('change.becomes')}</span>
            <span aria-hidden="true">{'\u2192'}</span>
            <em>
              {showMoney(to)} {symbol}
            </em>{' '}
          </span>
        )}
        {day !== null && t(`change.from.${FROM_WORDS[topic] ?? 'other'}`, { day })}
        {change.firstEligibleRound !== null && `${t('between')}${t('change.lastRound')}`}
      </p>
      {objectionsNeeded !== null && (
        <>
          <Meter objections={objections} needed={objectionsNeeded} />
          <p className="meter-text">
            <span>
              {t('change.objected', {
                objections: showPoints(objections),
                needed: showPoints(objectionsNeeded),
              })}
            </span>
            <span>{t('change.until', { moment: showMoment(noticeEndsAt, i18n.language) })}</span>
          </p>
        </>
      )}
      <div className="actions">
        <Link className="button quiet" href={path}>
          {t('change.forMe')}
        </Link>
        {canObject && (
          <Link className="button" href={`${path}/object`}>
            {t('change.object')}
          </Link>
        )}
      </div>
    </section>
  );
}
