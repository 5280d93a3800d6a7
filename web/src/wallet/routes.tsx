import { lazy, type ComponentType } from 'react';

interface WalletRoute {
  readonly path: string;
  readonly Page: ComponentType;
}

/** Pages beside the home, each loaded when it is first shown. Parameters are read by `useParams` of wouter. */
export const ROUTES: readonly WalletRoute[] = [
  {
    path: '/list',
    Page: lazy(async () => ({ default: (await import('./home/ListPage.tsx')).ListPage })),
  },
  {
    path: '/aside',
    Page: lazy(async () => ({ default: (await import('./home/AsidePage.tsx')).AsidePage })),
  },
  {
    path: '/activity',
    Page: lazy(async () => ({
      default: (await import('./activity/ActivityPage.tsx')).ActivityPage,
    })),
  },
  {
    path: '/activity/:epoch/:rule',
    Page: lazy(async () => ({ default: (await import('./activity/LinePage.tsx')).LinePage })),
  },
  {
    path: '/me',
    Page: lazy(async () => ({ default: (await import('./me/MePage.tsx')).MePage })),
  },
  {
    path: '/me/receipts',
    Page: lazy(async () => ({
      default: (await import('./receipts/ReceiptsPage.tsx')).ReceiptsPage,
    })),
  },
  {
    path: '/me/keep',
    Page: lazy(async () => ({ default: (await import('./keep/KeepPage.tsx')).KeepPage })),
  },
  {
    path: '/rewards',
    Page: lazy(async () => ({ default: (await import('./rewards/RewardsPage.tsx')).RewardsPage })),
  },
  {
    path: '/rewards/:item',
    Page: lazy(async () => ({ default: (await import('./rewards/ItemPage.tsx')).ItemPage })),
  },
  {
    path: '/orders',
    Page: lazy(async () => ({ default: (await import('./orders/OrdersPage.tsx')).OrdersPage })),
  },
  {
    path: '/orders/:order',
    Page: lazy(async () => ({ default: (await import('./orders/OrderPage.tsx')).OrderPage })),
  },
  {
    path: '/buyback',
    Page: lazy(async () => ({ default: (await import('./buyback/BuybackPage.tsx')).BuybackPage })),
  },
  {
    path: '/rules',
    Page: lazy(async () => ({ default: (await import('./rules/RulesPage.tsx')).RulesPage })),
  },
  {
    path: '/rules/versions/:version',
    Page: lazy(async () => ({ default: (await import('./rules/VersionPage.tsx')).VersionPage })),
  },
  {
    path: '/rules/print/:version',
    Page: lazy(async () => ({ default: (await import('./rules/PrintPage.tsx')).PrintPage })),
  },
  {
    path: '/money',
    Page: lazy(async () => ({ default: (await import('./money/MoneyPage.tsx')).MoneyPage })),
  },
  {
    // The sheet is a step of the page: the page stays under it.
    path: '/rules/changes/:number/:step?',
    Page: lazy(async () => ({ default: (await import('./changes/ChangePage.tsx')).ChangePage })),
  },
];
