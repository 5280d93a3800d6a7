import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showDay } from '../../../shared/format/dates.ts';
import { usePolled } from '../../../shared/polling/usePolled.ts';
import { Asked } from '../../parts/Asked.tsx';
import { showTotal } from './minorUnits.ts';
import { InvoicesQuery, type Invoices } from './queries.ts';

const LINES = [56, 56] as const;
const TAGS = {
  ...{ DRAFT: 'quiet', OPEN: 'waiting', PAID: 'better', UNCOLLECTIBLE: 'worse', VOID: 'quiet' },
} as const;

function InvoiceRow({ invoice }: { readonly invoice: Invoices[number] }): JSX.Element {
  const { t, i18n } = useTranslation('billing');
  const { number, state, totalMinorUnits, currency, createdAt, url, pdfUrl } = invoice;
  return (
    <li className="panel-row">
      <span className={`tag ${TAGS[state]}`}>{t(`invoices.states.${state}`)}</span>
      <strong>{showTotal(totalMinorUnits, currency, i18n.language)}</strong>
      <span>
        {showDay(createdAt, i18n.language)}
        {number !== null && ` · ${number}`}
      </span>
      <span className="invoice-links">
        {url !== null && <a href={url}>{t('invoices.open')}</a>}
        {pdfUrl !== null && <a href={pdfUrl}>{t('invoices.pdf')}</a>}
      </span>
    </li>
  );
}

/** The newest bills. */
export function InvoicePanel(): JSX.Element {
  const { t } = useTranslation('billing');
  return (
    <section className="panel" aria-labelledby="invoices">
      <div className="panel-head">
        <h2 id="invoices">{t('invoices.title')}</h2>
      </div>
      <Asked of={usePolled(InvoicesQuery)} lines={LINES}>
        {({ billing: { invoices } }) =>
          invoices.length === 0 ? (
            <p className="part">{t('invoices.none')}</p>
          ) : (
            <ul>
              {invoices.map((invoice) => (
                <InvoiceRow key={invoice.id} invoice={invoice} />
              ))}
            </ul>
          )
        }
      </Asked>
    </section>
  );
}
