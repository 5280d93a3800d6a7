import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Switch, useLocation } from 'wouter';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { DeskHead, type Crumb } from '../../parts/DeskHead.tsx';
import { useInRow } from '../../parts/useInRow.ts';
import { ConnectPage } from './connect/ConnectPage.tsx';
import { EmbedPage } from './embed/EmbedPage.tsx';
import { KeysPage } from './keys/KeysPage.tsx';
import { RefusedPage } from './refused/RefusedPage.tsx';
import { EndpointPage } from './webhooks/EndpointPage.tsx';
import { WebhooksPage } from './webhooks/WebhooksPage.tsx';
import './developers.css';

const BASE = '/developers';
const TABS = [
  { name: 'keys', path: BASE, Page: KeysPage },
  { name: 'connect', path: `${BASE}/connect`, Page: ConnectPage },
  { name: 'embed', path: `${BASE}/embed`, Page: EmbedPage },
  { name: 'webhooks', path: `${BASE}/webhooks`, Page: WebhooksPage },
  { name: 'refused', path: `${BASE}/refused`, Page: RefusedPage },
] as const;
const HOOK = `${BASE}/webhooks/:id`;

/** Everything that connects an app: keys, the first call, the wallet in its pages, and what it is told. */
export function DevelopersDesk(): JSX.Element {
  const { t } = useTranslation('developers');
  const [path] = useLocation();
  const row = useInRow<HTMLElement>(path);
  const isHere = (tab: string): boolean =>
    tab === BASE ? path === BASE : `${path}/`.startsWith(`${tab}/`);
  const here = TABS.find((tab) => isHere(tab.path));
  const isHook = path.startsWith(`${BASE}/webhooks/`);
  const crumbs: readonly Crumb[] = [
    ...(path === BASE ? [] : [{ words: t('title'), href: BASE }]),
    ...(isHook ? [{ words: t('tabs.webhooks'), href: `${BASE}/webhooks` }] : []),
  ];
  const name = isHook ? 'endpoint' : (here?.name ?? 'keys');
  return (
    <>
      <DeskHead title={t(`titles.${name}`)} lead={t(`leads.${name}`)} crumbs={crumbs} />
      <nav className="desk-tabs" aria-label={t('title')} ref={row}>
        {TABS.map((tab) => (
          <Link
            key={tab.name}
            href={tab.path}
            {...(isHere(tab.path) && { 'aria-current': 'page' as const })}
          >
            {t(`tabs.${tab.name}`)}
          </Link>
        ))}
      </nav>
      <Switch>
        {TABS.map((tab) => (
          <Route key={tab.name} path={tab.path} component={tab.Page} />
        ))}
        <Route path={HOOK}>{({ id }) => <EndpointPage key={id} id={id} />}</Route>
        <Route>
          <NotOnThisConsole />
        </Route>
      </Switch>
    </>
  );
}
