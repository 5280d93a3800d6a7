import type { JSX } from 'react';
import { Route, Switch } from 'wouter';
import { ChangeRulesDesk } from './edit/ChangeRulesDesk.tsx';
import { VersionDesk } from './versions/VersionDesk.tsx';
import { VersionsDesk } from './versions/VersionsDesk.tsx';

/** The rules: all versions, one of them, and the next one. */
export function RulesDesk(): JSX.Element {
  return (
    <Switch>
      <Route path="/rules/new" component={ChangeRulesDesk} />
      <Route path="/rules/:version">
        {({ version }) => <VersionDesk version={Number(version)} />}
      </Route>
      <Route component={VersionsDesk} />
    </Switch>
  );
}
