import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { GasAccount } from './queries.ts';

const SHOWN_DECIMALS = 5;

/** Cut, not rounded: it never shows more than there is. */
function coins(amount: string): string {
  const [whole = '0', parts = ''] = amount.split('.');
  const shown = parts.slice(0, SHOWN_DECIMALS).replace(/0+$/, '');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return shown === '' ? grouped : `${grouped}.${shown}`;
}

/** What pays for transactions, and when it is to be filled. */
export function GasPanel({ accounts }: { readonly accounts: readonly GasAccount[] }): JSX.Element {
  const { t } = useTranslation('settings');
  const isLow = accounts.some(({ low }) => low);
  return (
    <section className="panel" aria-labelledby="gas">
      <div className="panel-head">
        <h2 id="gas">{t('gas.title')}</h2>
        <span className={isLow ? 'tag worse' : 'tag better'}>
          {isLow ? t('gas.low') : t('gas.enough')}
        </span>
      </div>
      <p className="part settings-words">{t('gas.words')}</p>
      {accounts.map(({ account, balance, lowBelow }) => (
        <div key={account} className="part settings-stack">
          <code className="settings-code">{account}</code>
          <p>{t('gas.has', { balance: coins(balance), least: coins(lowBelow) })}</p>
        </div>
      ))}
    </section>
  );
}
