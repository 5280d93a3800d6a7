import { NativeSelect } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, useLocation, useSearch } from 'wouter';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { isFinal } from '../../../../shared/transactions/transactionState.ts';
import { useWrite } from '../../../../shared/transactions/useWrite.ts';
import { Skeleton } from '../../../../shared/ui/States.tsx';
import { When } from '../../../../shared/ui/Values.tsx';
import { NotOnThisConsole } from '../../../access/NotOnThisConsole.tsx';
import { useWorkplace } from '../../../access/workplace.ts';
import { ShowMoreRows } from '../../../lists/ShowMoreRows.tsx';
import { useRows } from '../../../lists/useRows.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { DeliveryRow } from './DeliveryRow.tsx';
import { deletionOf, EndpointActs } from './EndpointActs.tsx';
import { typeOfKind } from './kinds.ts';
import { DeliveriesQuery, EndpointsQuery } from './queries.ts';
import { EndpointState, type KeptEndpoint } from './WebhooksPage.tsx';

const LINES = [110, 110, 110] as const;
const STATES = ['WAITING', 'RETRYING', 'DELIVERED', 'DEAD'] as const;

/** What was sent to an endpoint: filtered by the address of the page. */
function DeliveryLog({ endpointId }: { readonly endpointId: string }): JSX.Element {
  const { t } = useTranslation('developers');
  const { api } = useWorkplace();
  const search = useSearch();
  const [path, navigate] = useLocation();
  const wanted = new URLSearchParams(search).get('state');
  const state = STATES.find((one) => one === wanted) ?? null;
  const rows = useRows({
    document: DeliveriesQuery,
    variables: { endpointId, state },
    client: api.client,
    pick: ({ webhookDeliveries }) => webhookDeliveries,
  });
  return (
    <>
      <section className="panel" aria-labelledby="deliveries">
        <div className="panel-head">
          <h2 id="deliveries">{t('log.title')}</h2>
          <NativeSelect
            className="dev-filter"
            aria-label={t('log.filter')}
            data={[
              { value: '', label: t('log.all') },
              ...STATES.map((value) => ({ value, label: t(`log.states.${value}`) })),
            ]}
            value={state ?? ''}
            onChange={({ currentTarget: { value } }) =>
              navigate(value === '' ? path : `${path}?state=${value}`)
            }
          />
        </div>
        <Asked of={rows.first} lines={LINES}>
          {() =>
            rows.rows.length === 0 ? (
              <p className="part dev-why">{t('log.none')}</p>
            ) : (
              <ul>
                {rows.rows.map((delivery) => (
                  <DeliveryRow key={delivery.id} delivery={delivery} />
                ))}
              </ul>
            )
          }
        </Asked>
      </section>
      <ShowMoreRows of={rows} />
    </>
  );
}

function EndpointHead({ endpoint }: { readonly endpoint: KeptEndpoint }): JSX.Element {
  const { t } = useTranslation('developers');
  return (
    <section className="panel" aria-labelledby="endpoint">
      <div className="panel-head">
        <h2 id="endpoint" className="dev-url">
          {endpoint.url}
        </h2>
        <EndpointState endpoint={endpoint} />
      </div>
      <p className="part dev-facts">
        <code>{endpoint.id}</code>
        {endpoint.description !== '' && <span>{endpoint.description}</span>}
        <span>{endpoint.program === null ? t('keys.whereAll') : endpoint.program.name}</span>
        {endpoint.secretsEndAt.map((at) => (
          <span key={at}>
            {t('secret.oldEnds')} <When iso={at} />
          </span>
        ))}
      </p>
      {endpoint.kinds !== null && (
        <ul className="part dev-tags">
          {endpoint.kinds.map((kind) => (
            <li key={kind} className="tag">
              <code>{typeOfKind(kind)}</code>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** An endpoint that is not there: of one that was deleted here, it leads back to the others. */
function Gone({ id }: { readonly id: string }): JSX.Element {
  const deletion = useWrite(deletionOf(id).name);
  if (deletion?.phase === 'done') return <Redirect to="/developers/webhooks" replace />;
  // It went before the answer came: the page may have been loaded again meanwhile.
  if (deletion !== null && !isFinal(deletion)) return <Skeleton lines={LINES} />;
  return <NotOnThisConsole />;
}

/** One endpoint: what was sent to it, and what can be done with it. */
export function EndpointPage({ id }: { readonly id: string }): JSX.Element {
  return (
    <Asked of={usePolled(EndpointsQuery)} lines={LINES} needs="MANAGER">
      {({ webhookEndpoints }) => {
        const endpoint = webhookEndpoints.find((each) => each.id === id);
        if (endpoint === undefined) return <Gone id={id} />;
        return (
          <div className="work">
            <div>
              <EndpointHead endpoint={endpoint} />
              <DeliveryLog endpointId={id} />
            </div>
            <EndpointActs endpoint={endpoint} />
          </div>
        );
      }}
    </Asked>
  );
}
