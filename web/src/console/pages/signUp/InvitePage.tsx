import { Button } from '@mantine/core';
import { useEffect, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../shared/polling/usePolled.ts';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import { When } from '../../../shared/ui/Values.tsx';
import { useSignedIn } from '../../access/workplace.ts';
import { AskingAs } from '../../asking/AskingAs.tsx';
import { DoorPage } from '../../signIn/DoorPage.tsx';
import { useAct } from '../../writes/useAct.ts';
import { InvitationAccept, InvitationQuery, organisationOf } from './queries.ts';

function Invitation({ id }: { readonly id: string }): JSX.Element {
  const { t } = useTranslation('signUp');
  const { person, signOut } = useSignedIn();
  const name = `invitationAccept:${id}`;
  const act = useAct({ name, kind: 'invitationAccept', document: InvitationAccept });
  const { write } = act;
  useEffect(() => {
    // Also when it was accepted before this part was there: the session may have ended in between.
    if (write?.phase !== 'done') return;
    const organisation = organisationOf(write.payload);
    // The page begins anew: who the person is has changed.
    location.assign(organisation === null ? '/console' : `/console/o/${organisation.slug}`);
  }, [write]);
  const { t: words } = useTranslation('console');
  const { data } = usePolled(InvitationQuery, { id });
  const offer = data?.invitation ?? null;
  const isAccepted = act.isUnderWay || write?.phase === 'done';
  const isRefused = write?.phase === 'refused' && write.errors[0]?.code === 'NOT_FOUND';
  // Once it is accepted, it is open no more.
  const isNone = isRefused || (data !== null && offer === null && !isAccepted);
  return (
    <DoorPage title={t('invite.title')} lead={t('invite.lead', { email: person.email })}>
      <div className="invite-place">
        {offer !== null && (
          <p className="invite-offer">
            {t('invite.offer', {
              name: offer.organisationName,
              role: words(`roles.${offer.role}`),
            })}{' '}
            <small>
              {t('invite.until')} <When iso={offer.expiresAt} />
            </small>
          </p>
        )}
        {isNone ? (
          <p className="form-refused" role="alert">
            {t('invite.notYours', { email: person.email })}
          </p>
        ) : (
          <TransactionStatus name={name} />
        )}
      </div>
      <div className="sign-in-form">
        <Button fullWidth loading={isAccepted} disabled={isNone} onClick={() => act.start({ id })}>
          {t('invite.go')}
        </Button>
        <Button fullWidth variant="default" onClick={() => void signOut(location.pathname)}>
          {t('invite.other')}
        </Button>
      </div>
    </DoorPage>
  );
}

/** Where the link of an invitation leads: the person whose address was invited joins the team. */
export function InvitePage({ id }: { readonly id: string }): JSX.Element {
  const { api } = useSignedIn();
  return (
    <AskingAs api={api}>
      <Invitation id={id} />
    </AskingAs>
  );
}
