import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ActButton } from '../../../access/ActButton.tsx';
import { memberHref } from '../address/memberAddress.ts';

/** What can be done for a member: each has a page that says what follows. */
export function ActsPart({
  memberId,
  isMerged,
}: {
  readonly memberId: string;
  readonly isMerged: boolean;
}): JSX.Element {
  const { t } = useTranslation('members');
  const [, navigate] = useLocation();
  return (
    <section className="panel" aria-labelledby="acts">
      <div className="panel-head">
        <h2 id="acts">{t('acts.title')}</h2>
      </div>
      <div className="part member-acts">
        <ActButton needs="MANAGER" onClick={() => navigate(memberHref(memberId, '/grant'))}>
          {t('acts.grant')}
        </ActButton>
        {!isMerged && (
          <ActButton
            needs="MANAGER"
            variant="default"
            onClick={() => navigate(memberHref(memberId, '/merge'))}
          >
            {t('acts.merge')}
          </ActButton>
        )}
        <ActButton
          needs="OWNER"
          variant="default"
          className="danger"
          onClick={() => navigate(memberHref(memberId, '/erase'))}
        >
          {t('acts.erase')}
        </ActButton>
      </div>
    </section>
  );
}
