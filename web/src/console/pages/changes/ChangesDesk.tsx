import type { JSX } from 'react';
import { Route, Switch } from 'wouter';
import { ChangeDesk } from './ChangeDesk.tsx';
import { ChangeListDesk } from './ChangeListDesk.tsx';

/** Changes of terms: all of them, and one. */
export function ChangesDesk(): JSX.Element {
  return (
    <Switch>
      <Route path="/changes/:number">
        {({ number }) => <ChangeDesk key={number} number={Number(number)} />}
      </Route>
      <Route component={ChangeListDesk} />
    </Switch>
  );
}
