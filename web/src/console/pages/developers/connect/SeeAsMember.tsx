import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { useWorkplace } from '../../../access/workplace.ts';
import { useAct } from '../../../writes/useAct.ts';
import { ticketIn, WalletLinkTicketCreate } from './queries.ts';

/** Opens the wallet of a member, as the member sees it: in test alone, where nobody is real. */
export function SeeAsMember({ memberId }: { readonly memberId: string }): JSX.Element | null {
  const { t } = useTranslation('developers');
  const { isTest, programId } = useWorkplace();
  const name = `walletLinkTicketCreate:${memberId}`;
  const act = useAct({ name, kind: 'walletLinkTicketCreate', document: WalletLinkTicketCreate });
  if (!isTest) return null;
  const ticket = ticketIn(act.write?.payload);
  return (
    <section className="panel" aria-labelledby="dev-member">
      <div className="panel-head">
        <h2 id="dev-member">{t('member.title')}</h2>
      </div>
      <div className="part dev-body">
        <p className="dev-why">{t('member.words', { member: memberId })}</p>
        {ticket === null ? (
          <>
            <ActButton
              needs="MANAGER"
              loading={act.isUnderWay}
              onClick={() => act.start({ memberId })}
            >
              {t('member.go')}
            </ActButton>
            <TransactionStatus name={name} />
          </>
        ) : (
          <p>
            <a
              className="button"
              href={`/w/${programId}#t=${ticket}`}
              target="_blank"
              rel="noreferrer"
              // The ticket is good once.
              onClick={() => setTimeout(() => act.forget())}
            >
              {t('member.open', { member: memberId })}
            </a>
          </p>
        )}
      </div>
    </section>
  );
}
