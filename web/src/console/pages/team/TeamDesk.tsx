import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Switch, useLocation } from 'wouter';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { useWorkplace } from '../../access/workplace.ts';
import { AskingAs } from '../../asking/AskingAs.tsx';
import { DeskHead } from '../../parts/DeskHead.tsx';
import { LogPage } from './log/LogPage.tsx';
import { PeoplePage } from './people/PeoplePage.tsx';
import { YouPage } from './you/YouPage.tsx';
import './team.css';

const BASE = '/team';
const TABS = [
  { name: 'people', path: BASE, Page: PeoplePage },
  { name: 'log', path: `${BASE}/log`, Page: LogPage },
  { name: 'you', path: `${BASE}/you`, Page: YouPage },
] as const;

/** Who works for the organisation, what each may and has done, and how one signs in oneself. */
export function TeamDesk(): JSX.Element {
  const { t } = useTranslation('team');
  const { organisationApi, membership } = useWorkplace();
  const [path] = useLocation();
  const { name } = TABS.find((tab) => tab.path === path) ?? TABS[0];
  const { organisation } = membership;
  return (
    <>
      <DeskHead
        title={t(`titles.${name}`)}
        lead={t(`leads.${name}`, { organisation: organisation.name })}
      />
      <nav className="desk-tabs" aria-label={t('tabs.title')}>
        {TABS.map((tab) => (
          <Link
            key={tab.name}
            href={tab.path}
            {...(tab.name === name && { 'aria-current': 'page' as const })}
          >
            {t(`tabs.${tab.name}`)}
          </Link>
        ))}
      </nav>
      <AskingAs api={organisationApi}>
        <Switch>
          {TABS.map((tab) => (
            <Route key={tab.name} path={tab.path} component={tab.Page} />
          ))}
          <Route>
            <NotOnThisConsole />
          </Route>
        </Switch>
      </AskingAs>
    </>
  );
}
