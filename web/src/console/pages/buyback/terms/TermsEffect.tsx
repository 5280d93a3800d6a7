import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoney, showPoints } from '../../../../shared/format/amounts.ts';
import { showDay } from '../../../../shared/format/dates.ts';
import { ErrorCard } from '../../../../shared/ui/States.tsx';
import { useDurationWords } from '../../../../shared/ui/time/useDurationWords.ts';
import { useMay } from '../../../access/barrier.ts';
import { BlockedNote } from '../../../announcing/BlockedNote.tsx';
import { HurtVerdict, isHurtful, type VerdictKind } from '../../../announcing/HurtVerdict.tsx';
import { OutlookTimeline } from '../../../announcing/OutlookTimeline.tsx';
import { RefusedNotes } from '../../../announcing/RefusedNotes.tsx';
import type { AskedOutlook } from '../../../announcing/useContractOutlook.ts';
import { datesOfRound } from '../data/roundDates.ts';
import type { TermsChange } from '../data/queries.ts';
import type { MostOfTerms, RecomputedRound } from './pastRounds.ts';
import { PastRoundsPart } from './PastRoundsPart.tsx';

/** Rounds that the cost is said for. */
export const ROUNDS_AHEAD = 4;

/** What the change does: whom it hurts, past rounds on it, what it costs at most, and when it could be in force. */
export function TermsEffect({
  asked,
  kind,
  program,
  version,
  rounds,
  most,
  blocked,
  children,
}: {
  readonly asked: AskedOutlook;
  readonly kind: VerdictKind;
  readonly program: TermsChange;
  /** That is the newest. */
  readonly version: number;
  readonly rounds: readonly RecomputedRound[];
  readonly most: MostOfTerms;
  /** Why it can not be announced now; null for no reason. */
  readonly blocked: string | null;
  /** How it is announced. */
  readonly children: ReactNode;
}): JSX.Element {
  const { t, i18n } = useTranslation('buyback');
  const { long } = useDurationWords();
  const maySimulate = useMay('MANAGER');
  const { outlook, refused, failure, isAsking } = asked;
  const { settings, nextRound, clock } = program;
  const { symbol } = settings.settlementToken;
  const notice = long(settings.noticeSeconds * 1_000);
  const waits = outlook === null || outlook.lastRound === null ? 'wait.notice' : 'wait.round';
  const last = datesOfRound(settings, nextRound.number + ROUNDS_AHEAD - 1);
  const isEmpty = kind === 'none' || kind === 'wrong';
  return (
    <aside className="effect" id="effect" aria-label={t('terms.effect')} aria-busy={isAsking}>
      <div className={isAsking ? 'panel is-asking' : 'panel'}>
        <HurtVerdict kind={kind} title={t(`verdict.${wordOf(kind)}.title`)}>
          {t(`verdict.${wordOf(kind)}.words`, { wait: t(waits, { notice }) })}
        </HurtVerdict>
        {blocked !== null && <BlockedNote words={blocked} pending={program.pendingChange} />}
        <RefusedNotes refused={refused} />
        {failure !== null && <ErrorCard error={failure} onAgain={asked.askAgain} />}
        <PastRoundsPart {...{ rounds, version }} token={settings.settlementToken} />
        <section className="part">
          <h3>{t('most.title')}</h3>
          <dl className="facts">
            <div>
              <dt>{t('most.round')}</dt>
              <dd>{showPoints(most.points)}</dd>
            </div>
            <div>
              <dt>{t('most.rounds', { count: ROUNDS_AHEAD })}</dt>
              <dd>
                {showMoney(most.money)} {symbol}
              </dd>
            </div>
          </dl>
          <p className="fine">{t('most.fine', { day: showDay(last.closesAt, i18n.language) })}</p>
        </section>
        {!isEmpty && outlook !== null && (
          <OutlookTimeline
            outlook={outlook}
            now={clock.now}
            inForce={
              isHurtful(kind)
                ? t('terms.inForceLater')
                : t('terms.inForce', {
                    round: nextRound.number,
                  })
            }
          />
        )}
        {!isEmpty && !maySimulate && (
          <p className="part fine">{t('console:announcing.timeline.notYours')}</p>
        )}
        {children}
      </div>
    </aside>
  );
}

/** Buyback terms never hurt those who only earn. */
export const wordOf = (kind: VerdictKind): 'none' | 'wrong' | 'better' | 'holders' =>
  kind === 'members' || kind === 'both' ? 'holders' : kind;
