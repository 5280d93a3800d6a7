import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { When } from '../../../../shared/ui/Values.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import { useAct } from '../../../writes/useAct.ts';
import { InvitationCancel, type OpenInvitation } from './queries.ts';

function InvitationRow({ invitation }: { readonly invitation: OpenInvitation }): JSX.Element {
  const { t } = useTranslation('team');
  const { t: words } = useTranslation('console');
  const { id, email, role, url, expiresAt } = invitation;
  const name = `invitationCancel:${id}`;
  const act = useAct({ name, kind: 'invitationCancel', document: InvitationCancel });
  return (
    <li className="part team-row">
      <div className="team-row-head">
        <h3>{email}</h3>
        <span className="tag waiting">{words(`roles.${role}`)}</span>
      </div>
      <p className="team-facts">
        <span>
          {t('invitations.until')} <When iso={expiresAt} />
        </span>
      </p>
      <div className="team-ways">
        <CopyButton text={url} label={t('invite.copy')} />
        <ActButton
          needs="OWNER"
          variant="default"
          loading={act.isUnderWay}
          onClick={() => act.start({ id })}
        >
          {t('invitations.cancel')}
        </ActButton>
      </div>
      <TransactionStatus name={name} />
    </li>
  );
}

/** Who was asked to join, and has not yet. */
export function InvitationRows({
  invitations,
}: {
  readonly invitations: readonly OpenInvitation[];
}): JSX.Element {
  const { t } = useTranslation('team');
  return (
    <section className="panel" aria-labelledby="invitations">
      <div className="panel-head">
        <h2 id="invitations">{t('invitations.title')}</h2>
      </div>
      <ul>
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </section>
  );
}
