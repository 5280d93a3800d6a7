import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoney, showPoints } from '../../../shared/format/amounts.ts';
import { budgetOf } from '../../terms/compareRules.ts';
import { copyOf } from '../newProgram/draft/copyOf.ts';
import { newDraft } from '../newProgram/draft/draft.ts';
import { LeftList } from './LeftList.tsx';
import type { NewestProgram } from './newestOf.ts';

const NEW = ['token', 'round', 'looks', 'items', 'keys', 'members'] as const;

/** What the form is filled in with, and what begins anew. */
export function CopiedPanel({
  program,
  nowMs,
}: {
  readonly program: NewestProgram;
  /** Of the live chain, or of the device while there is none. */
  readonly nowMs: number;
}): JSX.Element {
  const { t } = useTranslation('goLive');
  const { name, symbol, ruleSet, buyback, settings, pendingChange } = program;
  const copy = copyOf(
    program,
    newDraft((rule) => rule),
    nowMs,
  );
  const limit = budgetOf(ruleSet);
  const taken = ruleSet.rules.length - copy.leftRules.length;
  const money = (amount: string): string =>
    `${showMoney(amount)} ${settings.settlementToken.symbol}`;
  return (
    <section className="panel" aria-labelledby="live-copied">
      <div className="panel-head">
        <h2 id="live-copied">{t('copied.title')}</h2>
      </div>
      <div className="part">
        <ul className="live-list">
          <li>{t('copied.names', { name, symbol })}</li>
          <li>
            {t('copied.rules', {
              taken,
              all: ruleSet.rules.length,
              version: ruleSet.version,
              budget:
                limit === null
                  ? t('copied.noLimit')
                  : t('copied.limit', { points: showPoints(limit) }),
            })}
          </li>
          <li>
            {copy.draft.hasBuyback
              ? t('copied.buyback', {
                  price: money(buyback.pricePerPoint),
                  budget: money(buyback.budgetPerRound),
                })
              : t('copied.noBuyback')}
          </li>
          <li>{t('copied.locks')}</li>
        </ul>
        {pendingChange !== null && (
          <p className="fine">{t('copied.pending', { number: pendingChange.number })}</p>
        )}
      </div>
      {(copy.left.length > 0 || copy.leftRules.length > 0) && (
        <div className="part">
          <LeftList copy={copy} />
        </div>
      )}
      <div className="part">
        <h3>{t('fresh.title')}</h3>
        <ul className="live-list">
          {NEW.map((one) => (
            <li key={one}>{t(`fresh.${one}`)}</li>
          ))}
        </ul>
      </div>
    </section>
  );
}
