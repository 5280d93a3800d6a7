/** Lists of a program that there is a file of: the connections of the API, with what of each row is in the file. */

/** One list of the API as a file. */
export interface ListFile {
  /** Field of `Program` that is a connection. */
  readonly connection: string;
  /** Arguments of the connection that a request may give, with their types. */
  readonly filters: Readonly<Record<string, string>>;
  /** What a filter is when it is left out, where that is not the connection's own. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** Columns: paths from a row, which head the columns too. */
  readonly columns: readonly string[];
}

const MOMENT = (field: string): string[] => [`${field}.at`, `${field}.transactionHash`];

/** By the name of the file, without `.csv`. */
export const LISTS: Readonly<Record<string, ListFile>> = {
  actions: {
    connection: 'actions',
    filters: { memberId: 'String', state: 'HistoryState' },
    columns: [
      ...['memberId', 'eventId', 'rule.ruleId', 'rule.name', 'epoch', 'count', 'amount'],
      ...['points', 'state', 'why', 'occurredAt', 'recordedAt', 'maturesAt', 'voidedAt'],
      ...['voidReason', 'actor', 'reason', 'evidenceHash', ...MOMENT('settled')],
    ],
  },
  members: {
    connection: 'members',
    filters: { search: 'String', order: 'MemberOrder' },
    // In the order of activity a member who does something meanwhile moves past the row that was written last.
    defaults: { order: 'MEMBER_ID' },
    columns: ['memberId', 'account', 'ownAccount', 'settled', 'createdAt', 'lastActivityAt'],
  },
  orders: {
    connection: 'orders',
    filters: { state: 'OrderState', memberId: 'String', order: 'OrderSequence' },
    columns: [
      ...['number', 'state', 'item.number', 'item.text', 'quantity', 'points', 'member.memberId'],
      ...['account', 'orderedAt', 'deadline', 'note', 'transactionHash', ...MOMENT('resolved')],
    ],
  },
  items: {
    connection: 'items',
    filters: {},
    columns: [
      ...['number', 'text', 'price', 'stock', 'available', 'scheduledPrice', 'scheduledPriceAt'],
      ...['withdrawnAt', 'transactionHash'],
    ],
  },
  rounds: {
    connection: 'rounds',
    filters: {},
    columns: [
      ...['number', 'state', 'opensAt', 'closesAt', 'terms.pricePerPoint', 'terms.budgetPerRound'],
      ...['terms.minTender', 'holders', 'tendered', 'result.filled', 'result.payout'],
    ],
  },
  changes: {
    connection: 'changes',
    filters: {},
    columns: [
      ...['number', 'target', 'state', 'hurtsMembers', 'hurtsHolders', 'announcedAt'],
      ...['noticeEndsAt', 'diesAt', 'objections', 'objectionsNeeded', 'isStrike', 'becameVersion'],
      ...['transactionHash', ...MOMENT('resolved')],
    ],
  },
  'rule-sets': {
    connection: 'ruleSets',
    filters: {},
    columns: ['version', 'fromEpoch', 'budgetPerEpoch', 'documentHash', 'transactionHash'],
  },
  'buyback-terms': {
    connection: 'buybackTerms',
    filters: {},
    columns: [
      ...['version', 'fromRound', 'pricePerPoint', 'budgetPerRound', 'minTender'],
      'transactionHash',
    ],
  },
};
