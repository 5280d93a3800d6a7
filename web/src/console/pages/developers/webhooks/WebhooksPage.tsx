import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { FragmentOf } from '../../../../shared/graphql/graphql.ts';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { When } from '../../../../shared/ui/Values.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { NothingYet } from '../../../parts/NothingYet.tsx';
import { useAct } from '../../../writes/useAct.ts';
import { NewThing } from '../parts/NewThing.tsx';
import { EndpointForm } from './EndpointForm.tsx';
import { EndpointCreate, EndpointsQuery, secretIn, type EndpointFields } from './queries.ts';

export type KeptEndpoint = FragmentOf<typeof EndpointFields>;

const LINES = [120, 120] as const;
const TAGS = { ENABLED: 'better', DISABLED: '', DEAD: 'worse' } as const;

/** Whether an endpoint is sent anything, in words. */
export function EndpointState({ endpoint }: { readonly endpoint: KeptEndpoint }): JSX.Element {
  const { t } = useTranslation('developers');
  const { state, failures } = endpoint;
  if (state === 'ENABLED' && failures > 0) {
    return <span className="tag waiting">{t('hooks.failing', { count: failures })}</span>;
  }
  return <span className={`tag ${TAGS[state]}`}>{t(`hooks.states.${state}`)}</span>;
}

/** Endpoints that are told what happens. */
export function WebhooksPage(): JSX.Element {
  const { t } = useTranslation('developers');
  const made = useAct({
    ...{ name: 'webhookEndpointCreate', kind: 'webhookEndpointCreate' },
    document: EndpointCreate,
  });
  return (
    <div className="work">
      <div>
        <Asked of={usePolled(EndpointsQuery)} lines={LINES} needs="MANAGER">
          {({ webhookEndpoints }) =>
            webhookEndpoints.length === 0 ? (
              <NothingYet title={t('hooks.none')} words={t('hooks.noneWords')} />
            ) : (
              <section className="panel" aria-labelledby="endpoints">
                <div className="panel-head">
                  <h2 id="endpoints">{t('hooks.title')}</h2>
                </div>
                <ul>
                  {webhookEndpoints.map((endpoint) => (
                    <li key={endpoint.id} className="part dev-item">
                      <div className="dev-item-head">
                        <h3>
                          <Link href={`/developers/webhooks/${endpoint.id}`}>{endpoint.url}</Link>
                        </h3>
                        <EndpointState endpoint={endpoint} />
                      </div>
                      <p className="dev-facts">
                        {endpoint.description !== '' && <span>{endpoint.description}</span>}
                        <span>
                          {endpoint.lastTakenAt === null ? (
                            t('hooks.tookNothing')
                          ) : (
                            <>
                              {t('hooks.took')} <When iso={endpoint.lastTakenAt} />
                            </>
                          )}
                        </span>
                        <span>
                          {endpoint.kinds === null
                            ? t('hooks.all')
                            : t('hooks.kindCount', { count: endpoint.kinds.length })}
                        </span>
                      </p>
                    </li>
                  ))}
                </ul>
              </section>
            )
          }
        </Asked>
      </div>
      <NewThing
        title={t('hooks.new')}
        words={t('hooks.newWords')}
        needs="MANAGER"
        made={{
          title: t('hooks.isMade'),
          words: t('hooks.once'),
          secret: secretIn(made.write?.payload),
          onKept: () => made.forget(),
        }}
      >
        <EndpointForm />
      </NewThing>
    </div>
  );
}
