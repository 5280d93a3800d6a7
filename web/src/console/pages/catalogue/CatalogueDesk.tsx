import type { JSX } from 'react';
import { Route, Switch } from 'wouter';
import { ItemDesk } from './ItemDesk.tsx';
import { ItemListDesk } from './ItemListDesk.tsx';

/** What members can get for points: all items, and one. */
export function CatalogueDesk(): JSX.Element {
  return (
    <Switch>
      <Route path="/catalogue/:number">
        {({ number }) => <ItemDesk key={number} number={Number(number)} />}
      </Route>
      <Route component={ItemListDesk} />
    </Switch>
  );
}
