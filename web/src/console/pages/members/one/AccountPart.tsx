import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount, When } from '../../../../shared/ui/Values.tsx';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import type { DeskMember } from './queries.ts';

/** Accounts of a member, money that it is owed, and what the service still pays for. */
export function AccountPart({
  member,
  symbol,
}: {
  readonly member: DeskMember;
  /** Of the settlement token. */
  readonly symbol: string;
}): JSX.Element {
  const { t } = useTranslation('members');
  const { account, ownAccount, isCustodial, money, quota } = member;
  const current = isCustodial || ownAccount === null ? account : ownAccount;
  return (
    <section className="panel" aria-labelledby="account">
      <div className="panel-head">
        <h2 id="account">{t('account.title')}</h2>
        <span className={isCustodial ? 'tag' : 'tag accent'}>
          {isCustodial ? t('account.service') : t('account.own')}
        </span>
      </div>
      <div className="part">
        <p className="member-quiet">
          {isCustodial ? t('account.serviceWords') : t('account.ownWords')}
        </p>
        <code className="member-address">{current}</code>
        <CopyButton text={current} label={t('account.copy')} />
      </div>
      <dl className="part facts">
        <div>
          <dt>{t('account.owed')}</dt>
          <dd>
            <Amount value={money.owed} symbol={symbol} />
          </dd>
        </div>
        <div>
          <dt>{t('account.money')}</dt>
          <dd>
            {money.account === null ? (
              t('account.unknown')
            ) : (
              <Amount value={money.account} symbol={symbol} />
            )}
          </dd>
        </div>
        <div>
          <dt>{t('account.quota')}</dt>
          <dd>{t('account.left', { count: quota.left })}</dd>
        </div>
      </dl>
      {quota.renewsAt !== null && (
        <p className="part member-quiet">
          {t('account.renews')} <When iso={quota.renewsAt} />
        </p>
      )}
    </section>
  );
}
