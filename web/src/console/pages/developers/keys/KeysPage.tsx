import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useWorkplace } from '../../../access/workplace.ts';
import { ShowMoreRows } from '../../../lists/ShowMoreRows.tsx';
import { useRows } from '../../../lists/useRows.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { NothingYet } from '../../../parts/NothingYet.tsx';
import { useAct } from '../../../writes/useAct.ts';
import { NewThing } from '../parts/NewThing.tsx';
import { KeyForm } from './KeyForm.tsx';
import { KeyRow } from './KeyRow.tsx';
import { ApiKeyCreate, keyIn, KeysQuery } from './queries.ts';

const LINES = [120, 120] as const;

/** The keys by which apps are connected. */
export function KeysPage(): JSX.Element {
  const { t } = useTranslation('developers');
  const { api } = useWorkplace();
  const rows = useRows({
    document: KeysQuery,
    variables: {},
    client: api.client,
    pick: ({ apiKeys }) => apiKeys,
  });
  const made = useAct({ name: 'apiKeyCreate', kind: 'apiKeyCreate', document: ApiKeyCreate });
  return (
    <div className="work">
      <div>
        <Asked of={rows.first} lines={LINES}>
          {() =>
            rows.rows.length === 0 ? (
              <NothingYet title={t('keys.none')} words={t('keys.noneWords')}>
                <Link className="button" href="/developers/connect">
                  {t('tabs.connect')}
                </Link>
              </NothingYet>
            ) : (
              <section className="panel" aria-labelledby="keys">
                <div className="panel-head">
                  <h2 id="keys">{t('keys.title')}</h2>
                </div>
                <ul>
                  {rows.rows.map((apiKey) => (
                    <KeyRow key={apiKey.id} apiKey={apiKey} />
                  ))}
                </ul>
              </section>
            )
          }
        </Asked>
        <ShowMoreRows of={rows} />
      </div>
      <NewThing
        title={t('keys.new')}
        words={t('keys.newWords')}
        needs="OWNER"
        made={{
          title: t('keys.isMade'),
          words: t('keys.once'),
          secret: keyIn(made.write?.payload),
          onKept: () => made.forget(),
        }}
      >
        <KeyForm />
      </NewThing>
    </div>
  );
}
