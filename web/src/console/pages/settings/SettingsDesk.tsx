import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Switch, useLocation } from 'wouter';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { DeskHead } from '../../parts/DeskHead.tsx';
import { ForEverPage } from './forEver/ForEverPage.tsx';
import { OperatorPage } from './operator/OperatorPage.tsx';
import { PrintDesk } from './print/PrintDesk.tsx';
import './settings.css';

const BASE = '/settings';
const TABS = [
  { name: 'forEver', path: BASE, Page: ForEverPage },
  { name: 'print', path: `${BASE}/print`, Page: PrintDesk },
  { name: 'operator', path: `${BASE}/operator`, Page: OperatorPage },
] as const;

/** What never changes, where the contracts are, the small print, and who runs the program. */
export function SettingsDesk(): JSX.Element {
  const { t } = useTranslation('settings');
  const [path] = useLocation();
  const { name } = TABS.find((tab) => tab.path === path) ?? TABS[0];
  return (
    <>
      <DeskHead title={t(`titles.${name}`)} lead={t(`leads.${name}`)} />
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
      <Switch>
        {TABS.map((tab) => (
          <Route key={tab.name} path={tab.path} component={tab.Page} />
        ))}
        <Route>
          <NotOnThisConsole />
        </Route>
      </Switch>
    </>
  );
}
