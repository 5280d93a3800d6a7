import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showMoney, showPoints } from '../../../../shared/format/amounts.ts';
import { showDay } from '../../../../shared/format/dates.ts';
import { useDurationWords } from '../../../../shared/ui/time/useDurationWords.ts';
import { ToDesk } from '../../../parts/ToDesk.tsx';
import { datesOfRound } from '../data/roundDates.ts';
import { isNothing } from '../data/typedMoney.ts';
import type { BuybackNow, DeskTerms } from '../data/queries.ts';

const MS_PER_SECOND = 1_000;

/** Says terms in one sentence. */
export function useTermsSentence(symbol: string): (terms: DeskTerms) => string {
  const { t } = useTranslation('buyback');
  return ({ pricePerPoint, budgetPerRound, minTender }) =>
    isNothing(budgetPerRound)
      ? t('inForce.nothing')
      : t('inForce.sentence', {
          price: `${showMoney(pricePerPoint)} ${symbol}`,
          budget: `${showMoney(budgetPerRound)} ${symbol}`,
          least: showPoints(minTender),
        });
}

/** What is in force, in words, and what is to come. */
export function InForcePanel({
  program,
  isNever,
}: {
  readonly program: BuybackNow;
  /** Whether no terms ever offered anything. */
  readonly isNever: boolean;
}): JSX.Element {
  const { t, i18n } = useTranslation('buyback');
  const { long } = useDurationWords();
  const { settings, buybackTerms, currentRound, nextRound, pendingChange } = program;
  const sentence = useTermsSentence(settings.settlementToken.symbol);
  const versions = buybackTerms.edges.map(({ node }) => node);
  // Before the first round opens, what it will run on is what holds.
  const roundNow = currentRound?.number ?? nextRound.number;
  const inForce = versions.find(({ fromRound }) => fromRound <= roundNow) ?? versions.at(-1);
  const toCome = versions
    .filter(({ version }) => inForce !== undefined && version > inForce.version)
    .reverse();
  const opens = (round: number): string =>
    showDay(datesOfRound(settings, round).opensAt, i18n.language);
  return (
    <section className="panel" aria-labelledby="in-force">
      <div className="panel-head">
        <h2 id="in-force">{isNever ? t('never.title') : t('inForce.title')}</h2>
        {inForce !== undefined && (
          <span className={isNever ? 'tag' : 'tag better'}>
            {t('inForce.since', { version: inForce.version, round: inForce.fromRound })}
          </span>
        )}
      </div>
      <div className="part buy-words">
        {isNever ? (
          <>
            <p>
              {t('never.words', {
                price: `${showMoney(versions[0]?.pricePerPoint ?? '0')} ${settings.settlementToken.symbol}`,
                minTender: showPoints(versions[0]?.minTender ?? '0'),
              })}
            </p>
            <Link href="/buyback/terms" className="button">
              {t('never.go')}
            </Link>
          </>
        ) : (
          inForce !== undefined && <p className="buy-sentence">{sentence(inForce)}</p>
        )}
        <p className="buy-fine">
          {t('inForce.clock', {
            period: long(settings.roundPeriodSeconds * MS_PER_SECOND),
            window: long(settings.roundWindowSeconds * MS_PER_SECOND),
          })}
        </p>
      </div>
      {toCome.map((terms) => (
        <div key={terms.version} className="part buy-words">
          <h3>{t('inForce.toCome', { round: terms.fromRound, day: opens(terms.fromRound) })}</h3>
          <p>{sentence(terms)}</p>
        </div>
      ))}
      {pendingChange?.target === 'BUYBACK' && (
        <p className="part blocked">
          {t('inForce.announced', { number: pendingChange.number })}{' '}
          <ToDesk noun="changes" rest={`/${pendingChange.number}`}>
            {t('inForce.toChange')}
          </ToDesk>
        </p>
      )}
    </section>
  );
}
