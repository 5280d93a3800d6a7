import { lazy, type ComponentType } from 'react';
import { openWords } from './i18n/words.ts';
import type { DeskNoun } from './icons/deskIcons.tsx';
import type { Desk } from './parts/desks.ts';

/** A page that is loaded, with its words, when it is first shown. Its folder is `pages/NOUN`. */
const desk = (noun: DeskNoun, path: string, load: () => Promise<ComponentType>): Desk => ({
  ...{ noun, path },
  Page: lazy(async () => {
    const [Page] = await Promise.all([load(), openWords(noun)]);
    return { default: Page };
  }),
});

/** The pages of a program. A new one is a folder in `pages` and a line here: the navigation shows it by itself. */
export const DESKS: readonly Desk[] = [
  desk('today', '/', async () => (await import('./pages/today/TodayDesk.tsx')).TodayDesk),
  desk('rules', '/rules/*?', async () => (await import('./pages/rules/RulesDesk.tsx')).RulesDesk),
  desk(
    'changes',
    '/changes/*?',
    async () => (await import('./pages/changes/ChangesDesk.tsx')).ChangesDesk,
  ),
  desk(
    'buyback',
    '/buyback/*?',
    async () => (await import('./pages/buyback/BuybackDesk.tsx')).BuybackDesk,
  ),
  desk(
    'liability',
    '/liability',
    async () => (await import('./pages/liability/LiabilityDesk.tsx')).LiabilityDesk,
  ),
  desk(
    'catalogue',
    '/catalogue/*?',
    async () => (await import('./pages/catalogue/CatalogueDesk.tsx')).CatalogueDesk,
  ),
  desk(
    'orders',
    '/orders/*?',
    async () => (await import('./pages/orders/OrdersDesk.tsx')).OrdersDesk,
  ),
  desk(
    'members',
    '/members/*?',
    async () => (await import('./pages/members/MembersDesk.tsx')).MembersDesk,
  ),
  desk('review', '/review', async () => (await import('./pages/review/ReviewDesk.tsx')).ReviewDesk),
  desk(
    'developers',
    '/developers/*?',
    async () => (await import('./pages/developers/DevelopersDesk.tsx')).DevelopersDesk,
  ),
  desk('team', '/team/*?', async () => (await import('./pages/team/TeamDesk.tsx')).TeamDesk),
  desk(
    'billing',
    '/billing',
    async () => (await import('./pages/billing/BillingDesk.tsx')).BillingDesk,
  ),
  desk(
    'settings',
    '/settings/*?',
    async () => (await import('./pages/settings/SettingsDesk.tsx')).SettingsDesk,
  ),
];
