/** BSON has no integers above 64 bits: bigints are written as decimal strings. */
export type Stored<T> = T extends bigint
  ? string
  : T extends object
    ? { [K in keyof T]: Stored<T[K]> }
    : T;

/** Amounts among the fields of events and of what is derived from them, wherever they are. */
const BIGINT_FIELDS: ReadonlySet<string> = new Set([
  'amount',
  'budget',
  'budgetPerEpoch',
  'budgetPerRound',
  'countedSupply',
  'filled',
  'held',
  'locked',
  'maxCount',
  'maxPoints',
  'minTender',
  'moneyClaimed',
  'needed',
  'objectionCap',
  'objections',
  'payout',
  'perAction',
  'perUnit',
  'points',
  'pointsClaimed',
  'price',
  'pricePerPoint',
  'reserve',
  'struckDownBy',
  'tendered',
]);

/** Converts a value for the database. */
export function toStored<T>(value: T): Stored<T> {
  return written(value) as Stored<T>;
}

/** Converts a value from the database: amounts are bigints again. */
export function fromStored<T>(value: Stored<T>): T {
  return read(value) as T;
}

function written(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, written(of)]));
}

function read(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(read);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, of]) => [
      name,
      BIGINT_FIELDS.has(name) && typeof of === 'string' ? BigInt(of) : read(of),
    ]),
  );
}
