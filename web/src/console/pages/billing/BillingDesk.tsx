import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../shared/polling/usePolled.ts';
import { useWorkplace } from '../../access/workplace.ts';
import { AskingAs } from '../../asking/AskingAs.tsx';
import { Asked } from '../../parts/Asked.tsx';
import { DeskHead } from '../../parts/DeskHead.tsx';
import { NothingYet } from '../../parts/NothingYet.tsx';
import { InvoicePanel } from './InvoicePanel.tsx';
import { PlanPanel } from './PlanPanel.tsx';
import { BillingQuery } from './queries.ts';
import { UsagePanel } from './UsagePanel.tsx';
import './billing.css';

const LINES = [240, 280] as const;

function OrganisationBilling(): JSX.Element {
  const { t } = useTranslation('billing');
  return (
    <Asked of={usePolled(BillingQuery)} lines={LINES}>
      {({ billing }) =>
        billing.enabled ? (
          <>
            <div className="work">
              <PlanPanel billing={billing} />
              <UsagePanel days={billing.days} />
            </div>
            {/* Last: the provider answers late, and nothing is below that it could push aside. */}
            <div className="bills">
              <InvoicePanel />
            </div>
          </>
        ) : (
          <NothingYet title={t('off.title')} words={t('off.words')} />
        )
      }
    </Asked>
  );
}

/** What the organisation pays: its plan, what was used, and its bills. */
export function BillingDesk(): JSX.Element {
  const { t } = useTranslation('billing');
  const { membership, organisationApi } = useWorkplace();
  return (
    <>
      <DeskHead title={t('title')} lead={t('lead', { name: membership.organisation.name })} />
      <AskingAs api={organisationApi}>
        <OrganisationBilling />
      </AskingAs>
    </>
  );
}
