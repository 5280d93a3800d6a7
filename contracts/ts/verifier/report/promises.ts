/** What a promise is about, and how a list of them is headed. */
export const PROMISE_GROUPS = {
  source: 'its source',
  history: 'its history',
  points: 'points',
  terms: 'changes of terms',
  buyback: 'buyback rounds',
  catalogue: 'the catalogue',
  escrow: 'escrow',
} as const;
export type PromiseGroup = keyof typeof PROMISE_GROUPS;

interface CheckedPromise {
  readonly group: PromiseGroup;
  /** As the report names it. */
  readonly name: string;
  /** The promise in plain words. */
  readonly promise: string;
}

/**
 * Every promise that is checked, in the order of the report. The keys are the ids of the checks: they never change, so that pages can
 * have words of their own for them.
 */
export const PROMISES = {
  code: {
    group: 'source',
    name: 'code',
    promise:
      'The four contracts are plain clones, made together by the factory, of those of this source',
  },
  settings: {
    group: 'source',
    name: 'settings',
    promise:
      "Every setting is within the factory's bounds, and the four contracts name one another",
  },
  logs: {
    group: 'history',
    name: 'logs',
    promise:
      'The logs begin with the creation, are in order, and are all events of the four contracts',
  },
  rules: {
    group: 'history',
    name: 'rules',
    promise:
      'Rule sets are only appended, for epochs to come, no two rules share a name, and the contract computes with them',
  },
  recorders: {
    group: 'history',
    name: 'recorders',
    promise:
      'A recorder is replaced from the next epoch on, its word counts for epochs until its end, and a revoked key never returns',
  },
  operators: {
    group: 'history',
    name: 'operators',
    promise: 'The operator hands over its role in two steps, to whom it was offered',
  },
  anchors: {
    group: 'history',
    name: 'anchors',
    promise: 'The log of an epoch was anchored in the epoch after it, once, and never replaced',
  },
  statements: {
    group: 'points',
    name: 'statements',
    promise: 'Only statements inside their window, of defined rules and for members were settled',
  },
  points: {
    group: 'points',
    name: 'points',
    promise: 'Every statement earned what the formula gives under the rules of its epoch',
  },
  mints: {
    group: 'points',
    name: 'mints',
    promise:
      'Every mint belongs to exactly one statement of the batch before it, and every statement that was owed got one',
  },
  budgets: {
    group: 'points',
    name: 'budgets',
    promise:
      'No epoch of the clock minted more than its budget, and none held back what it could mint',
  },
  backed: {
    group: 'points',
    name: 'backed',
    promise:
      'Where the program is backed, no point was minted that the free money could not buy back',
  },
  skips: {
    group: 'points',
    name: 'skips',
    promise: 'Every statement that was left out had to be left out',
  },
  moves: {
    group: 'points',
    name: 'moves',
    promise: 'Points move only as the program allows, and a moved account moves its whole balance',
  },
  balances: {
    group: 'points',
    name: 'balances',
    promise: 'Every balance is the sum of its transfers, and the contract says the same',
  },
  openEpochs: {
    group: 'points',
    name: 'open epochs',
    promise: 'What the contract minted for each member and open epoch is what was logged',
  },
  supply: {
    group: 'points',
    name: 'supply',
    promise: 'The supply is what was settled less what was burned, and the sum of all balances',
  },
  terms: {
    group: 'terms',
    name: 'terms',
    promise:
      'Buyback terms are only appended, within their bounds, for rounds that have not opened',
  },
  announced: {
    group: 'terms',
    name: 'announced',
    promise:
      'Nothing is in force that was not announced: every version is a change enacted with the very terms announced',
  },
  impact: {
    group: 'terms',
    name: 'impact',
    promise: 'Every change was judged by whom it hurts, field by field against the newest version',
  },
  improvements: {
    group: 'terms',
    name: 'improvements',
    promise:
      'Terms got better one step at a time, and more was offered only with the money for it there',
  },
  notice: {
    group: 'terms',
    name: 'notice',
    promise: 'No hurtful change was enacted before its notice had ended, or after it had died',
  },
  lastRounds: {
    group: 'terms',
    name: 'last rounds',
    promise:
      'Every change that hurts holders waited for a round with its whole budget there from opening to close, after its notice',
  },
  objections: {
    group: 'terms',
    name: 'objections',
    promise:
      'Objections were locked for the notice and add up, and struck down is what reached the threshold, new points aside',
  },
  oneAtATime: {
    group: 'terms',
    name: 'one at a time',
    promise:
      'One hurtful change was pending at a time, with a rest after one that failed, longer after each strike in a row',
  },
  rounds: {
    group: 'buyback',
    name: 'rounds',
    promise:
      'Rounds ran by the clock; each result follows from its terms, its tenders and the money at its close',
  },
  shares: {
    group: 'buyback',
    name: 'shares',
    promise: 'Every holder got the same share of a round, in money and in points, once',
  },
  reserve: {
    group: 'buyback',
    name: 'reserve',
    promise:
      'The reserve is what came in less what went out, never less than what is owed, and the token is there',
  },
  prices: {
    group: 'catalogue',
    name: 'prices',
    promise: 'No price rose, no item went and no stock fell without its notice or an order',
  },
  orders: {
    group: 'catalogue',
    name: 'orders',
    promise:
      'Every order ended once: fulfilled before its deadline, or refunded; and all are counted',
  },
  escrows: {
    group: 'escrow',
    name: 'escrows',
    promise:
      'Points went into escrow and came out for whom the events name, and what is owed is there',
  },
  burned: {
    group: 'escrow',
    name: 'burned',
    promise:
      'What was bought back or redeemed was burned, to the last point, and no other escrow was',
  },
} as const satisfies Record<string, CheckedPromise>;

/** Names one promise for good. */
export type CheckId = keyof typeof PROMISES;

/** The ids in the order of the report. */
export const CHECK_IDS = Object.keys(PROMISES) as readonly CheckId[];
