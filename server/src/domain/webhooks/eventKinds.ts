/** The table of events that apps are told of. Documents, the API and the client's types are made from it. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';

/** Values of fields inside the service; JSON has points and money as decimal strings and times in ISO 8601. */
export interface FieldValues {
  /** Base units. */
  readonly points: bigint;
  /** Base units of the settlement token. */
  readonly money: bigint;
  readonly number: number;
  readonly text: string;
  readonly flag: boolean;
  readonly address: Address;
  readonly hex: Hex;
  /** Unix milliseconds. */
  readonly time: number;
}
export type FieldType = keyof FieldValues;
/** A type with a question mark can be null. */
type Field = FieldType | `${FieldType}?`;

/** Where an event is derived from: what the chain logged, what its clock says, what is stored, or a state that is looked at. */
export type EventSource = 'CHAIN' | 'CLOCK' | 'RECORD' | 'STATE';

interface EventKind {
  readonly about: 'MEMBER' | 'PROGRAM';
  readonly source: EventSource;
  /** When it happens: the end of a sentence that begins with "when". */
  readonly when: string;
  readonly data: Readonly<Record<string, Field>>;
}

const member = <Data extends EventKind['data']>(when: string, data: Data) =>
  ({ about: 'MEMBER', source: 'CHAIN', when, data }) as const;
const program = <Data extends EventKind['data']>(when: string, data: Data) =>
  ({ about: 'PROGRAM', source: 'CHAIN', when, data }) as const;
const byClock = <Data extends EventKind['data']>(when: string, data: Data) =>
  ({ about: 'PROGRAM', source: 'CLOCK', when, data }) as const;

/** Every kind of event. A name is never given another meaning, and no field is ever taken out. */
export const WEBHOOK_KINDS = {
  'points.settled': member('points of an epoch were minted; `total` is all of that epoch so far', {
    epoch: 'number',
    points: 'points',
    total: 'points',
  }),
  'tender.placed': member('points were tendered in a round; `total` is all in it now', {
    round: 'number',
    points: 'points',
    total: 'points',
  }),
  'tender.withdrawn': member('points were taken out of an open round', {
    round: 'number',
    points: 'points',
    total: 'points',
  }),
  'tender.settled': member('a round with a tender of the member was settled: what it is owed', {
    round: 'number',
    points: 'points',
    bought: 'points',
    returned: 'points',
    money: 'money',
  }),
  'tender.paid': member('the money of a round was paid', {
    round: 'number',
    money: 'money',
    to: 'address',
  }),
  'tender.returned': member('the points that a round did not buy came back', {
    round: 'number',
    points: 'points',
  }),
  'money.sent': member('money that was paid before was sent on', { money: 'money', to: 'address' }),
  'order.placed': member('an item was ordered', {
    order: 'number',
    item: 'number',
    quantity: 'number',
    points: 'points',
    orderRef: 'hex',
    deadline: 'time',
  }),
  'order.fulfilled': member('an order was fulfilled', { order: 'number', points: 'points' }),
  'order.refunded': member('an order was refunded', {
    order: 'number',
    item: 'number',
    points: 'points',
    isOverdue: 'flag',
  }),
  'objection.placed': member('points were locked against a change; `objections` is all of them', {
    change: 'number',
    points: 'points',
    total: 'points',
    objections: 'points',
  }),
  'objection.released': member('points that were locked against a change came back', {
    change: 'number',
    points: 'points',
  }),
  'member.moved': member('all points of an account moved to another one', {
    from: 'address',
    to: 'address',
    points: 'points',
  }),
  'member.merged': {
    ...member('the member was merged into another one, which earns from `fromEpoch` on', {
      intoAccount: 'address',
      fromEpoch: 'number',
    }),
    source: 'RECORD',
  },
  'member.erased': {
    ...member('what was known of the member was erased, its id as well', {}),
    source: 'RECORD',
  },
  'change.announced': program('a change of terms was announced', {
    change: 'number',
    target: 'text',
    hurtsMembers: 'flag',
    hurtsHolders: 'flag',
    noticeEndsAt: 'time',
    diesAt: 'time',
    lastRoundOwed: 'flag',
  }),
  'change.threshold_reached': program('objections are enough to strike a change down', {
    change: 'number',
    objections: 'points',
    needed: 'points',
  }),
  'change.withdrawn': program('a change was withdrawn; `isStrike` if it counts as struck down', {
    change: 'number',
    isStrike: 'flag',
  }),
  'change.struck_down': program('a change was struck down by objections', {
    change: 'number',
    objections: 'points',
    needed: 'points',
  }),
  'change.enacted': program('a change was enacted; it became this version of the terms', {
    change: 'number',
    version: 'number',
  }),
  'change.died': byClock('a change was not enacted in its time, and can not be any more', {
    change: 'number',
  }),
  'rules.published': program('a version of the rules was published', {
    version: 'number',
    fromEpoch: 'number',
    rules: 'number',
    budgetPerEpoch: 'points',
    documentHash: 'hex',
  }),
  'rules.in_force': byClock('the first epoch of a version of the rules began', {
    version: 'number',
    fromEpoch: 'number',
  }),
  'buyback_terms.published': program('a version of the buyback terms was published', {
    version: 'number',
    fromRound: 'number',
    pricePerPoint: 'money',
    budgetPerRound: 'money',
    minTender: 'points',
  }),
  'buyback_terms.in_force': byClock('the first round of a version of the buyback terms opened', {
    version: 'number',
    fromRound: 'number',
  }),
  'round.opened': byClock('a round opened', { round: 'number', closesAt: 'time' }),
  'round.closed': byClock('a round closed', { round: 'number' }),
  'round.settled': program('the result of a round was computed', {
    round: 'number',
    version: 'number',
    covered: 'flag',
    budget: 'money',
    tendered: 'points',
    bought: 'points',
    payout: 'money',
  }),
  'reserve.deposited': program('money came into the reserve; `from` is null for a plain transfer', {
    money: 'money',
    reserve: 'money',
    from: 'address?',
  }),
  'reserve.withdrawn': program('money was withdrawn from the reserve', {
    money: 'money',
    reserve: 'money',
    to: 'address',
  }),
  'reserve.low': {
    ...program('the free reserve is below the budget of the next round; once a round', {
      round: 'number',
      available: 'money',
      budget: 'money',
    }),
    source: 'STATE',
  },
  'recorder.rotated': program('another key is to vouch for actions from an epoch on', {
    recorder: 'address',
    fromEpoch: 'number',
  }),
  'recorder.revoked': program(
    'a key that vouched for actions was revoked; `next` takes its place',
    {
      recorder: 'address',
      next: 'address?',
    },
  ),
  'operator.offered': program('the program was offered to `next`; null when that was taken back', {
    operator: 'address',
    next: 'address?',
  }),
  'operator.changed': program(
    'another operator took the program over; `previous` is null for the first',
    {
      previous: 'address?',
      operator: 'address',
    },
  ),
  'item.added': program('an item was added to the catalogue', {
    item: 'number',
    price: 'points',
    stock: 'number',
    text: 'text',
  }),
  'item.price_cut': program('the price of an item was cut', { item: 'number', price: 'points' }),
  'item.price_rise_scheduled': program('a higher price of an item was announced', {
    item: 'number',
    price: 'points',
    takesEffectAt: 'time',
  }),
  'item.stock_added': program('stock was added to an item', {
    item: 'number',
    added: 'number',
    stock: 'number',
  }),
  'item.withdrawal_scheduled': program('the withdrawal of an item was announced', {
    item: 'number',
    takesEffectAt: 'time',
  }),
  'item.withdrawal_cancelled': program('an announced withdrawal was taken back', {
    item: 'number',
  }),
  'epoch.closed': byClock('no action of an epoch is taken any more', { epoch: 'number' }),
  'epoch.anchored': program('the log of an epoch was anchored', {
    epoch: 'number',
    root: 'hex',
    count: 'number',
  }),
  'gas_tank.low': {
    ...program('an account that pays for gas is low; once a day and account', {
      payer: 'address',
      balanceWei: 'text',
    }),
    source: 'STATE',
  },
} as const satisfies Readonly<Record<string, EventKind>>;

/** Sent on request alone, to see that deliveries arrive. */
export const TEST_KIND = 'webhook.test';

export type ToldKind = keyof typeof WEBHOOK_KINDS;
export type WebhookKind = ToldKind | typeof TEST_KIND;
export const TOLD_KINDS = Object.keys(WEBHOOK_KINDS) as readonly ToldKind[];

type ValueOf<Of> = Of extends `${infer Type extends FieldType}?`
  ? FieldValues[Type] | null
  : Of extends FieldType
    ? FieldValues[Of]
    : never;

/** Fields of a kind with their values. */
export type DataOf<Kind extends ToldKind> = {
  readonly [Name in keyof (typeof WEBHOOK_KINDS)[Kind]['data']]: ValueOf<
    (typeof WEBHOOK_KINDS)[Kind]['data'][Name]
  >;
};
