import { DAY_MS, MINUTE_MS } from '@dewpoint/server/testing/builders/time.ts';
import { FIRST_ROUND_AFTER_MS } from '../../wallet/walletService.ts';
import type { Looker } from './controlRow.ts';
import { payPlan, type RolesWorld } from './world.ts';

/** A page, in a state in which some controls are there. */
export interface Place {
  /** Of the console. */
  readonly path: (world: RolesWorld) => string;
  readonly title: (at: Looker) => string;
  /** Brings it into that state, once. */
  readonly before?: (world: RolesWorld) => Promise<unknown>;
  /** What has to be typed before the controls are there. */
  readonly reach?: (at: Looker) => Promise<unknown>;
}

/** Of the rounds of the café. */
const WINDOW_MS = 3 * DAY_MS;
const NOTICE_MS = 7 * DAY_MS;

const of =
  (program: 'cafe' | 'other' | 'live', path: string) =>
  (world: RolesWorld): string =>
    `/console/p/${program === 'live' ? world.liveId : world[program].program.id}${path}`;
const titled =
  (key: string, values: Readonly<Record<string, string | number>> = {}) =>
  ({ say }: Looker): string =>
    say(key, values);
const place = (
  program: 'cafe' | 'other' | 'live',
  path: string,
  title: Place['title'],
  more: Partial<Place> = {},
): Place => ({ ...{ path: of(program, path), title }, ...more });

const lowerVisits = ({ field }: Looker): Promise<void> =>
  field('rules:edit.label.perAction', { rule: 'Check-in' }).fill('1.25');
const lowerPrice = ({ page }: Looker): Promise<void> =>
  page.getByLabel(/^Price of a point/).fill('0.05');
/** Stores it, which managers may; what is announced then is for owners. */
async function storePrint({ field, button }: Looker): Promise<void> {
  await field('settings:print.text').fill('# Tea\n\nOnly tea.');
  await button('settings:print.store').click();
}

/** By the clock of the chain: what comes later has what came before. */
export const PLACES = {
  rules: place('cafe', '/rules/new', titled('rules:edit.title'), { reach: lowerVisits }),
  terms: place('cafe', '/buyback/terms', titled('buyback:terms.title'), { reach: lowerPrice }),
  print: place('cafe', '/settings/print', titled('settings:titles.print')),
  buyback: place('cafe', '/buyback', titled('buyback:title')),
  catalogue: place('cafe', '/catalogue', titled('catalogue:title')),
  item: place('cafe', '/catalogue/1', () => 'A pot of tea'),
  itemWithdrawn: place('cafe', '/catalogue/2', () => 'A mug with our name'),
  order: place('cafe', '/orders/1', titled('orders:one', { number: 1 })),
  member: place('cafe', '/members/mei', () => 'mei'),
  grant: place('cafe', '/members/mei/grant', titled('members:grant.title')),
  merge: place('cafe', '/members/mei/merge', titled('members:merge.title')),
  erase: place('cafe', '/members/mei/erase', titled('members:erase.title')),
  memberOfReview: place('cafe', '/members/li-wei', () => 'li-wei'),
  review: place('cafe', '/review', titled('review:title')),
  keys: place('cafe', '/developers', titled('developers:titles.keys')),
  connect: place('cafe', '/developers/connect', titled('developers:titles.connect')),
  embed: place('cafe', '/developers/embed', titled('developers:titles.embed')),
  webhooks: place('cafe', '/developers/webhooks', titled('developers:titles.webhooks')),
  endpoint: {
    path: (world) => of('cafe', `/developers/webhooks/${world.endpointId}`)(world),
    title: titled('developers:titles.endpoint'),
  },
  team: place('cafe', '/team', titled('team:titles.people')),
  operator: place('cafe', '/settings/operator', titled('settings:titles.operator')),
  printStored: place('cafe', '/settings/print', titled('settings:titles.print'), {
    reach: storePrint,
  }),
  change: place('other', '/changes/1', titled('changes:one', { number: 1 })),
  offered: place('other', '/settings/operator', titled('settings:titles.operator')),
  buybackLive: place('live', '/buyback', titled('buyback:title')),
  billing: place('live', '/billing', titled('billing:title')),
  billingPaid: place('live', '/billing', titled('billing:title'), { before: payPlan }),
  newProgram: { path: () => '/console/o/teahouse/new', title: titled('newProgram:title') },
  buybackDue: place('cafe', '/buyback', titled('buyback:title'), {
    before: async ({ stage, cafe }) => {
      await cafe.pass(FIRST_ROUND_AFTER_MS + MINUTE_MS);
      await cafe.act('roundTender', { memberId: 'mei', round: 0, amount: '6.00' });
      // Nothing comes into a block any more: the worker can not do it first.
      await stage.holdBlocks();
      await stage.service.moveClockTo((await cafe.now()) + WINDOW_MS);
    },
  }),
  changeDue: place('other', '/changes/1', titled('changes:one', { number: 1 }), {
    before: async ({ stage, cafe }) =>
      stage.service.moveClockTo((await cafe.now()) + NOTICE_MS - WINDOW_MS),
  }),
} as const satisfies Readonly<Record<string, Place>>;

export type PlaceName = keyof typeof PLACES;
