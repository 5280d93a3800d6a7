import { lazy, Suspense, type JSX } from 'react';
import { Route, Switch } from 'wouter';
import { Skeleton } from '../../../shared/ui/States.tsx';
import { OrderDesk } from './OrderDesk.tsx';
import { OrderListDesk } from './OrderListDesk.tsx';

const ScanDesk = lazy(async () => ({ default: (await import('./scan/ScanDesk.tsx')).ScanDesk }));

const LINES = [64, 320] as const;

/** Orders of members: all of them, one, and the camera that reads their codes. */
export function OrdersDesk(): JSX.Element {
  return (
    <Switch>
      <Route path="/orders/scan">
        <Suspense fallback={<Skeleton lines={LINES} />}>
          <ScanDesk />
        </Suspense>
      </Route>
      <Route path="/orders/:number">
        {({ number }) => <OrderDesk key={number} number={Number(number)} />}
      </Route>
      <Route component={OrderListDesk} />
    </Switch>
  );
}
