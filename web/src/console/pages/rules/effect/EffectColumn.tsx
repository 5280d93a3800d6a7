import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Details, Fact } from '../../../../shared/ui/Details.tsx';
import { ErrorCard } from '../../../../shared/ui/States.tsx';
import { useMay } from '../../../access/barrier.ts';
import type { TermsLine } from '../../../terms/compareRules.ts';
import { OutlookTimeline } from './OutlookTimeline.tsx';
import { PreviewPart } from './PreviewPart.tsx';
import type { RuleChangeProgram } from './queries.ts';
import type { AskedOutlook } from './useOutlook.ts';
import { useRefusalWords } from './useRefusalWords.ts';
import { HurtVerdict, type VerdictKind } from './HurtVerdict.tsx';
import './effect.css';

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
  readonly asked: AskedOutlook;
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
  const refusalWords = useRefusalWords();
  const { outlook, preview, refused, failure, isAsking } = asked;
  // Each reason is said once here; the fields have their own.
  const once = refused.filter(
    ({ code }, at) => refused.findIndex((other) => other.code === code) === at,
  );
  const worse = lines.filter(({ effect }) => effect === 'worse' || effect === 'holders').length;
  const { symbol } = program.settings.settlementToken;
  const price = program.buybackTerms.edges[0]?.node.pricePerPoint ?? null;
  const isEmpty = kind === 'none' || kind === 'wrong';
  return (
    <aside className="effect" id="effect" aria-label={t('effect')} aria-busy={isAsking}>
      <div className={isAsking ? 'panel is-asking' : 'panel'}>
        <HurtVerdict
          kind={kind}
          worse={worse}
          noticeSeconds={program.settings.noticeSeconds}
          hasBetter={onSplit !== null}
        >
          {onSplit !== null && (
            <button type="button" className="text-button" onClick={onSplit}>
              {t('split.go')}
            </button>
          )}
        </HurtVerdict>
        {blocked !== null && (
          <p className="part blocked">
            {blocked}{' '}
            {program.pendingChange !== null && (
              <Link href={`/changes/${program.pendingChange.number}`}>{t('blocked.look')}</Link>
            )}
          </p>
        )}
        {once.map(({ code, field, message }) => (
          <div key={`${code} ${field}`} className="part blocked" role="alert">
            {refusalWords({ code, message })}
            <Details>
              <Fact name={code}>{message}</Fact>
            </Details>
          </div>
        ))}
        {failure !== null && <ErrorCard error={failure} onAgain={asked.askAgain} />}
        {!isEmpty && preview !== null && (
          <PreviewPart {...{ preview, baseVersion, symbol, price }} />
        )}
        {!isEmpty && outlook !== null && (
          <OutlookTimeline outlook={outlook} clock={program.clock} />
        )}
        {!isEmpty && !maySimulate && <p className="part fine">{t('timeline.notYours')}</p>}
        {!isEmpty && isAsking && preview === null && <div className="part effect-waits" />}
        {children}
      </div>
    </aside>
  );
}
