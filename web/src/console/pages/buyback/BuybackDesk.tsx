import type { JSX } from 'react';
import { Route, Switch } from 'wouter';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { BuybackNowDesk } from './now/BuybackNowDesk.tsx';
import { RoundDesk } from './rounds/RoundDesk.tsx';
import { BuybackTermsDesk } from './terms/BuybackTermsDesk.tsx';
import './buyback.css';

/** The buyback: how it stands, one of its rounds, and its terms. */
export function BuybackDesk(): JSX.Element {
  return (
    <Switch>
      <Route path="/buyback" component={BuybackNowDesk} />
      <Route path="/buyback/terms" component={BuybackTermsDesk} />
      <Route path="/buyback/rounds/:number">
        {({ number }) => <RoundDesk key={number} number={Number(number)} />}
      </Route>
      <Route>
        <NotOnThisConsole />
      </Route>
    </Switch>
  );
}
