import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoney } from '../../../shared/format/amounts.ts';
import { Amount } from '../../../shared/ui/Values.tsx';
import { ToDesk } from '../../parts/ToDesk.tsx';
import type { LiabilityProgram } from './data/queries.ts';
import { ratioOf } from './data/shares.ts';

/** What money there is for it. */
export function MoneyPanel({
  liability: { reserve, owed, free, worth },
  settings: { backed, settlementToken },
}: Pick<LiabilityProgram, 'liability' | 'settings'>): JSX.Element {
  const { t } = useTranslation('liability');
  const { symbol } = settlementToken;
  const percent = ratioOf(free, worth);
  return (
    <section className="panel" aria-labelledby="money">
      <div className="panel-head">
        <h2 id="money">{t('money.title')}</h2>
        {backed && <span className="tag better">{t('money.backed')}</span>}
      </div>
      <dl className="part facts lia-money">
        <div>
          <dt>{t('money.reserve')}</dt>
          <dd>
            <Amount value={reserve} symbol={symbol} />
          </dd>
        </div>
        <div>
          <dt>{t('money.owed')}</dt>
          <dd>
            <Amount value={owed} symbol={symbol} />
          </dd>
        </div>
        <div>
          <dt>{t('money.free')}</dt>
          <dd>
            <Amount value={free} symbol={symbol} />
          </dd>
        </div>
        {percent !== null && (
          <div>
            <dt>{t('money.ratio')}</dt>
            <dd>{t('percent', { percent })}</dd>
          </div>
        )}
      </dl>
      <p className="part lia-fine">
        {percent === null
          ? t('money.nothing')
          : t(backed ? 'money.wordsBacked' : 'money.words', {
              free: `${showMoney(free)} ${symbol}`,
              worth: `${showMoney(worth)} ${symbol}`,
            })}{' '}
        <ToDesk noun="buyback">{t('money.toBuyback')}</ToDesk>
      </p>
    </section>
  );
}
