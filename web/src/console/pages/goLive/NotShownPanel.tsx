import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ToDesk } from '../../parts/ToDesk.tsx';
import { useDurationWords } from '../../../shared/ui/time/useDurationWords.ts';
import type { NewestProgram } from './newestOf.ts';
import type { LiveStanding } from './queries.ts';

const MS = 1_000;

/** A token that live programs of the organisation pay in. */
export interface LiveToken {
  readonly address: string;
  readonly symbol: string;
  readonly decimals: number;
}

/** What differs once it is for real: nothing of it can be tried out in test. */
export function NotShownPanel({
  program,
  chainId,
  live,
  tokens,
}: {
  readonly program: NewestProgram;
  /** Of the live chain; null while there is none. */
  readonly chainId: number | null;
  /** Null while it is not known. */
  readonly live: LiveStanding | null;
  readonly tokens: readonly LiveToken[];
}): JSX.Element {
  const { t } = useTranslation('goLive');
  const { long } = useDurationWords();
  const { settlementToken: token, noticeSeconds } = program.settings;
  const isLow = live?.gasTank.some(({ low }) => low) === true;
  const isUnpaid = live?.billing.enabled === true && live.billing.standing !== 'PAID';
  return (
    <section className="panel" aria-labelledby="not-shown">
      <div className="panel-head">
        <h2 id="not-shown">{t('notShown.title')}</h2>
        {chainId !== null && <span className="tag">{t('chain', { chainId })}</span>}
      </div>
      <div className="part live-stack">
        <h3>{t('notShown.gas.title')}</h3>
        <p>{t('notShown.gas.words')}</p>
        {live?.gasTank.map(({ account, low }) => (
          <p key={account}>
            <span className={low ? 'tag worse' : 'tag better'}>
              {low ? t('notShown.gas.low') : t('notShown.gas.enough')}
            </span>
            <code className="live-code">{account}</code>
          </p>
        ))}
        {isLow && <p className="live-warn">{t('notShown.gas.lowWords')}</p>}
      </div>
      <div className="part live-stack">
        <h3>{t('notShown.token.title')}</h3>
        <p>{t('notShown.token.words', { symbol: token.symbol, decimals: token.decimals })}</p>
        {tokens.map(({ address, symbol, decimals }) => (
          <p key={address}>
            {t('notShown.token.known', { symbol, decimals })}
            <code className="live-code">{address}</code>
          </p>
        ))}
      </div>
      <div className="part live-stack">
        <h3>{t('notShown.time.title')}</h3>
        <p>{t('notShown.time.words', { span: long(noticeSeconds * MS) })}</p>
      </div>
      <div className="part live-stack">
        <h3>{t('notShown.members.title')}</h3>
        <p>{t('notShown.members.words')}</p>
      </div>
      <div className="part live-stack">
        <h3>{t('notShown.promises.title')}</h3>
        <p>{t('notShown.promises.words')}</p>
        <ToDesk noun="settings" rest="/print">
          {t('notShown.promises.go')}
        </ToDesk>
      </div>
      {isUnpaid && (
        <div className="part live-stack">
          <h3>{t('notShown.billing.title')}</h3>
          <p>{t('notShown.billing.words')}</p>
          <ToDesk noun="billing">{t('notShown.billing.go')}</ToDesk>
        </div>
      )}
    </section>
  );
}
