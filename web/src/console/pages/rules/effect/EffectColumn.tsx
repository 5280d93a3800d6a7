import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorCard } from '../../../../shared/ui/States.tsx';
import { useDurationWords } from '../../../../shared/ui/time/useDurationWords.ts';
import { useMay } from '../../../access/barrier.ts';
import { BlockedNote } from '../../../announcing/BlockedNote.tsx';
import { HurtVerdict, isHurtful, type VerdictKind } from '../../../announcing/HurtVerdict.tsx';
import { OutlookTimeline } from '../../../announcing/OutlookTimeline.tsx';
import { RefusedNotes } from '../../../announcing/RefusedNotes.tsx';
import type { TermsLine } from '../../../terms/compareRules.ts';
import { epochOf } from '../../../terms/epochs.ts';
import { PreviewPart } from './PreviewPart.tsx';
import type { RuleChangeProgram } from './queries.ts';
import type { AskedRules } from './useOutlook.ts';

/** What the change does: whom it hurts, what it would have cost, when it could be in force, and how it is announced. */
export function EffectColumn({
  asked,
  kind,
  lines,
  program,
  baseVersion,
  blocked,
  onSplit,
  children,
}: {
  readonly asked: AskedRules;
  readonly kind: VerdictKind;
  readonly lines: readonly TermsLine[];
  readonly program: RuleChangeProgram;
  readonly baseVersion: number;
  /** Why it can not be announced now; null for no reason. */
  readonly blocked: string | null;
  /** Announces what is better apart; null where there is nothing to split. */
  readonly onSplit: (() => void) | null;
  /** How it is announced. */
  readonly children: ReactNode;
}): JSX.Element {
  const { t } = useTranslation('rules');
  const maySimulate = useMay('MANAGER');
  const { long } = useDurationWords();
  const { outlook, preview, refused, failure, isAsking } = asked;
  const worse = lines.filter(({ effect }) => effect === 'worse' || effect === 'holders').length;
  const { symbol } = program.settings.settlementToken;
  const price = program.buybackTerms.edges[0]?.node.pricePerPoint ?? null;
  const notice = long(program.settings.noticeSeconds * 1_000);
  const waits = outlook === null || outlook.lastRound === null ? 'wait.notice' : 'wait.round';
  const isHurting = isHurtful(kind);
  const isEmpty = kind === 'none' || kind === 'wrong';
  return (
    <aside className="effect" id="effect" aria-label={t('effect')} aria-busy={isAsking}>
      <div className={isAsking ? 'panel is-asking' : 'panel'}>
        <HurtVerdict kind={kind} title={t(`verdict.${kind}.title`)}>
          {isHurting
            ? t(`verdict.${kind}.words`, { count: worse, notice, wait: t(waits, { notice }) })
            : t(`verdict.${kind}.words`)}
          {isHurting && onSplit !== null && t('between') + t('verdict.apart')}
          {onSplit !== null && (
            <button type="button" className="text-button" onClick={onSplit}>
              {t('split.go')}
            </button>
          )}
        </HurtVerdict>
        {blocked !== null && <BlockedNote words={blocked} pending={program.pendingChange} />}
        <RefusedNotes refused={refused} />
        {failure !== null && <ErrorCard error={failure} onAgain={asked.askAgain} />}
        {!isEmpty && preview !== null && (
          <PreviewPart {...{ preview, baseVersion, symbol, price }} />
        )}
        {!isEmpty && outlook !== null && (
          <OutlookTimeline
            outlook={outlook}
            now={program.clock.now}
            inForce={t('inForceFrom', { epoch: epochOf(program.clock, outlook.earliestEffect) })}
          />
        )}
        {!isEmpty && !maySimulate && (
          <p className="part fine">{t('console:announcing.timeline.notYours')}</p>
        )}
        {!isEmpty && isAsking && preview === null && <div className="part effect-waits" />}
        {children}
      </div>
    </aside>
  );
}
