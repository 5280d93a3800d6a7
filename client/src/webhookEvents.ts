// Written by `npm run schema` from the table of events of the server: change that.

/** What `data` of every event has beside the fields of its type. */
export interface WebhookCommon {
  readonly environment: 'test' | 'live';
  readonly programId: string | null;
  readonly sequence: number;
  readonly memberId: string | null;
  readonly account: string | null;
  readonly block: number | null;
  readonly transaction: string | null;
}

/** Fields of `data` by the type of the event. Points and money are decimal strings, times are ISO 8601. */
export interface WebhookData {
  /** Told when points of an epoch were minted; `total` is all of that epoch so far. */
  readonly 'points.settled': {
    readonly epoch: number;
    readonly points: string;
    readonly total: string;
  };
  /** Told when points were tendered in a round; `total` is all in it now. */
  readonly 'tender.placed': {
    readonly round: number;
    readonly points: string;
    readonly total: string;
  };
  /** Told when points were taken out of an open round. */
  readonly 'tender.withdrawn': {
    readonly round: number;
    readonly points: string;
    readonly total: string;
  };
  /** Told when a round with a tender of the member was settled: what it is owed. */
  readonly 'tender.settled': {
    readonly round: number;
    readonly points: string;
    readonly bought: string;
    readonly returned: string;
    readonly money: string;
  };
  /** Told when the money of a round was paid. */
  readonly 'tender.paid': { readonly round: number; readonly money: string; readonly to: string };
  /** Told when the points that a round did not buy came back. */
  readonly 'tender.returned': { readonly round: number; readonly points: string };
  /** Told when money that was paid before was sent on. */
  readonly 'money.sent': { readonly money: string; readonly to: string };
  /** Told when an item was ordered. */
  readonly 'order.placed': {
    readonly order: number;
    readonly item: number;
    readonly quantity: number;
    readonly points: string;
    readonly orderRef: string;
    readonly deadline: string;
  };
  /** Told when an order was fulfilled. */
  readonly 'order.fulfilled': { readonly order: number; readonly points: string };
  /** Told when an order was refunded. */
  readonly 'order.refunded': {
    readonly order: number;
    readonly item: number;
    readonly points: string;
    readonly isOverdue: boolean;
  };
  /** Told when points were locked against a change; `objections` is all of them. */
  readonly 'objection.placed': {
    readonly change: number;
    readonly points: string;
    readonly total: string;
    readonly objections: string;
  };
  /** Told when points that were locked against a change came back. */
  readonly 'objection.released': { readonly change: number; readonly points: string };
  /** Told when all points of an account moved to another one. */
  readonly 'member.moved': { readonly from: string; readonly to: string; readonly points: string };
  /** Told when the member was merged into another one, which earns from `fromEpoch` on. */
  readonly 'member.merged': { readonly intoAccount: string; readonly fromEpoch: number };
  /** Told when what was known of the member was erased, its id as well. */
  readonly 'member.erased': Readonly<Record<never, never>>;
  /** Told when a change of terms was announced. */
  readonly 'change.announced': {
    readonly change: number;
    readonly target: string;
    readonly hurtsMembers: boolean;
    readonly hurtsHolders: boolean;
    readonly noticeEndsAt: string;
    readonly diesAt: string;
    readonly lastRoundOwed: boolean;
  };
  /** Told when objections are enough to strike a change down. */
  readonly 'change.threshold_reached': {
    readonly change: number;
    readonly objections: string;
    readonly needed: string;
  };
  /** Told when a change was withdrawn; `isStrike` if it counts as struck down. */
  readonly 'change.withdrawn': { readonly change: number; readonly isStrike: boolean };
  /** Told when a change was struck down by objections. */
  readonly 'change.struck_down': {
    readonly change: number;
    readonly objections: string;
    readonly needed: string;
  };
  /** Told when a change was enacted; it became this version of the terms. */
  readonly 'change.enacted': { readonly change: number; readonly version: number };
  /** Told when a change was not enacted in its time, and can not be any more. */
  readonly 'change.died': { readonly change: number };
  /** Told when a version of the rules was published. */
  readonly 'rules.published': {
    readonly version: number;
    readonly fromEpoch: number;
    readonly rules: number;
    readonly budgetPerEpoch: string;
    readonly documentHash: string;
  };
  /** Told when the first epoch of a version of the rules began. */
  readonly 'rules.in_force': { readonly version: number; readonly fromEpoch: number };
  /** Told when a version of the buyback terms was published. */
  readonly 'buyback_terms.published': {
    readonly version: number;
    readonly fromRound: number;
    readonly pricePerPoint: string;
    readonly budgetPerRound: string;
    readonly minTender: string;
  };
  /** Told when the first round of a version of the buyback terms opened. */
  readonly 'buyback_terms.in_force': { readonly version: number; readonly fromRound: number };
  /** Told when a round opened. */
  readonly 'round.opened': { readonly round: number; readonly closesAt: string };
  /** Told when a round closed. */
  readonly 'round.closed': { readonly round: number };
  /** Told when the result of a round was computed. */
  readonly 'round.settled': {
    readonly round: number;
    readonly version: number;
    readonly covered: boolean;
    readonly budget: string;
    readonly tendered: string;
    readonly bought: string;
    readonly payout: string;
  };
  /** Told when money came into the reserve; `from` is null for a plain transfer. */
  readonly 'reserve.deposited': {
    readonly money: string;
    readonly reserve: string;
    readonly from: string | null;
  };
  /** Told when money was withdrawn from the reserve. */
  readonly 'reserve.withdrawn': {
    readonly money: string;
    readonly reserve: string;
    readonly to: string;
  };
  /** Told when the free reserve is below the budget of the next round; once a round. */
  readonly 'reserve.low': {
    readonly round: number;
    readonly available: string;
    readonly budget: string;
  };
  /** Told when another key is to vouch for actions from an epoch on. */
  readonly 'recorder.rotated': { readonly recorder: string; readonly fromEpoch: number };
  /** Told when a key that vouched for actions was revoked; `next` takes its place. */
  readonly 'recorder.revoked': { readonly recorder: string; readonly next: string | null };
  /** Told when the program was offered to `next`; null when that was taken back. */
  readonly 'operator.offered': { readonly operator: string; readonly next: string | null };
  /** Told when another operator took the program over; `previous` is null for the first. */
  readonly 'operator.changed': { readonly previous: string | null; readonly operator: string };
  /** Told when an item was added to the catalogue. */
  readonly 'item.added': {
    readonly item: number;
    readonly price: string;
    readonly stock: number;
    readonly text: string;
  };
  /** Told when the price of an item was cut. */
  readonly 'item.price_cut': { readonly item: number; readonly price: string };
  /** Told when a higher price of an item was announced. */
  readonly 'item.price_rise_scheduled': {
    readonly item: number;
    readonly price: string;
    readonly takesEffectAt: string;
  };
  /** Told when stock was added to an item. */
  readonly 'item.stock_added': {
    readonly item: number;
    readonly added: number;
    readonly stock: number;
  };
  /** Told when the withdrawal of an item was announced. */
  readonly 'item.withdrawal_scheduled': { readonly item: number; readonly takesEffectAt: string };
  /** Told when an announced withdrawal was taken back. */
  readonly 'item.withdrawal_cancelled': { readonly item: number };
  /** Told when no action of an epoch is taken any more. */
  readonly 'epoch.closed': { readonly epoch: number };
  /** Told when the log of an epoch was anchored. */
  readonly 'epoch.anchored': {
    readonly epoch: number;
    readonly root: string;
    readonly count: number;
  };
  /** Told when an account that pays for gas is low; once a day and account. */
  readonly 'gas_tank.low': { readonly payer: string; readonly balanceWei: string };
  /** Sent on request alone. */
  readonly 'webhook.test': Readonly<Record<never, never>>;
}
