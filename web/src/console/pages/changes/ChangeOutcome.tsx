import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints } from '../../../shared/format/amounts.ts';
import { showMoment } from '../../../shared/format/dates.ts';
import { useDurationWords } from '../../../shared/ui/time/useDurationWords.ts';
import { useWorkplace } from '../../access/workplace.ts';
import { hurtOf, HurtTag, shownStateOf, StateTag } from './changeWords.tsx';
import { forceOf, type Force } from './data/force.ts';
import { MilderLink } from './MilderLink.tsx';
import type { ChangeOfProgram, DeskChange } from './data/queries.ts';

const TONES: Readonly<Record<DeskChange['state'], string>> = {
  ...{ PENDING: 'waits', ENACTED: 'good', STRUCK_DOWN: 'bad' },
  ...{ WITHDRAWN: 'quiet', DEAD: 'quiet' },
};
const CAME_TO_NOTHING: readonly DeskChange['state'][] = ['STRUCK_DOWN', 'WITHDRAWN', 'DEAD'];

/** How far a change is, in a sentence or two, and what can follow. */
export function ChangeOutcome({
  program,
  change,
}: {
  readonly program: ChangeOfProgram;
  readonly change: DeskChange;
}): JSX.Element {
  const { t, i18n } = useTranslation('changes');
  const now = Date.parse(program.clock.now);
  const force = forceOf(program, change);
  const title = useOutcomeTitle(change, now, force);
  const words = useOutcomeWords(change, now, force);
  const { programId } = useWorkplace();
  const { state, number } = change;
  const { until } = program.changeRest;
  const isOver = CAME_TO_NOTHING.includes(state);
  const rests = isOver && until !== null && Date.parse(until) > now;
  const audit = `/audit/#/${program.chainId}/${program.address}?from=${program.createdAt.blockNumber}`;
  return (
    <section className="panel" aria-label={t(`state.${shownStateOf(change, now)}`)}>
      <div className={`verdict ${TONES[state]}`} role="status">
        <h2>{title}</h2>
        <p>
          {words}
          {isOver && t('between') + t('outcome.stays')}
          {rests && t('between') + t('outcome.rest', { at: showMoment(until, i18n.language) })}
        </p>
        <p className="change-tags">
          <span className="tag">{t(`target.${change.target}`)}</span>
          <HurtTag change={change} />
          <StateTag {...{ change, now }} />
        </p>
      </div>
      <p className="part change-links">
        <a href={`/w/${programId}#/rules/changes/${number}`} target="_blank" rel="noopener">
          {t('members')}
        </a>
        <a href={audit} target="_blank" rel="noopener">
          {t('audit')}
        </a>
        {isOver && change.proposedRules !== null && <MilderLink {...{ program, change }} />}
      </p>
      <p className="members-how">{t('membersHow')}</p>
    </section>
  );
}

function useOutcomeTitle(change: DeskChange, now: number, force: Force): string {
  const { t } = useTranslation('changes');
  const state = shownStateOf(change, now);
  if (state === 'TO_ENACT') return t('outcome.PENDING.over');
  if (state === 'ENACTED' && force.is === 'in force') return t('outcome.ENACTED.inForce');
  if (state === 'ENACTED' && force.is === 'replaced') return t('outcome.ENACTED.replaced');
  return t(`outcome.${state}.title`);
}

function useOutcomeWords(change: DeskChange, now: number, force: Force): string {
  const { t, i18n } = useTranslation('changes');
  const { long } = useDurationWords();
  const { state, noticeEndsAt, announcedAt, diesAt, resolved, becameVersion } = change;
  const { earliestEnactment, struckDownBy, objections } = change;
  const moment = (iso: string): string => showMoment(iso, i18n.language);
  const decided = moment(resolved?.at ?? announcedAt);
  switch (state) {
    case 'PENDING': {
      const left = Date.parse(noticeEndsAt) - now;
      if (left > 0) {
        return t('outcome.PENDING.notice', { left: long(left), at: moment(noticeEndsAt) });
      }
      const isDue = earliestEnactment !== null && Date.parse(earliestEnactment) <= now;
      return isDue
        ? t('outcome.PENDING.due', { at: moment(diesAt) })
        : t('outcome.PENDING.waits', { at: moment(earliestEnactment ?? diesAt) });
    }
    case 'ENACTED': {
      const key = hurtOf(change) === 'nobody' ? 'atOnce' : 'words';
      const enacted = t(`outcome.ENACTED.${key}`, { at: decided, version: becameVersion ?? 0 });
      if (force.at === null || force.is !== 'to come') return enacted;
      return enacted + t('between') + t('outcome.ENACTED.from', { at: moment(force.at) });
    }
    case 'STRUCK_DOWN':
      return t('outcome.STRUCK_DOWN.words', {
        ...{ at: decided, objections: showPoints(objections) },
        needed: showPoints(struckDownBy ?? objections),
      });
    case 'WITHDRAWN':
      return `${t('outcome.WITHDRAWN.words', { at: decided })}${
        change.isStrike ? t('between') + t('outcome.WITHDRAWN.strike') : ''
      }`;
    case 'DEAD':
      return t('outcome.DEAD.words', { at: moment(diesAt) });
  }
}
