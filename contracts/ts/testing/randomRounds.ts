import fc from 'fast-check';
import {
  filledRoundedUp,
  paidRoundedDown,
  payoutRoundedDown,
  returnedRoundedDown,
} from '../roundMath.ts';

/** A round before it is settled. */
export interface DrawnRound {
  /** Base units of points that each holder tendered, each above 0. */
  readonly amounts: readonly bigint[];
  /** Their sum, below 2^96. */
  readonly tendered: bigint;
  /** Base units of the settlement token. */
  readonly budget: bigint;
  readonly pricePerPoint: bigint;
}

/** What a round buys and pays, and each holder's part of it. */
export interface Shares {
  readonly filled: bigint;
  readonly payout: bigint;
  readonly paid: readonly bigint[];
  readonly returned: readonly bigint[];
}

export const MAX_POINTS = 2n ** 96n - 1n;
export const MAX_MONEY = 2n ** 128n - 1n;
/** Decimals of settlement tokens: whole units only, a dollar token, ether, and more than any. */
const DECIMALS = [0, 6, 18, 30];
const MOST_HOLDERS = 24;

const prices = fc.oneof(
  fc.constantFrom(1n, 100n, MAX_MONEY),
  fc.bigInt({ min: 1n, max: MAX_MONEY }),
  // A hundredth to a thousand units of the token.
  fc
    .tuple(fc.constantFrom(...DECIMALS), fc.bigInt({ min: 1n, max: 100_000n }))
    .map(([decimals, cents]) => larger(1n, (cents * 10n ** BigInt(decimals)) / 100n)),
);

const allAmounts = fc
  .tuple(
    fc.integer({ min: 1, max: MOST_HOLDERS }),
    fc.constantFrom(2n, 100_000n, MAX_POINTS / BigInt(MOST_HOLDERS)),
  )
  .chain(([holders, most]) => {
    const amount = fc.oneof(fc.constant(most), fc.bigInt({ min: 1n, max: most }));
    return fc.array(amount, { minLength: holders, maxLength: holders });
  });

/** Rounds of any size in a token of 0, 6, 18 or 30 decimals; the budget buys nothing, a part, all but a bit, or more. */
export const rounds: fc.Arbitrary<DrawnRound> = fc
  .tuple(allAmounts, prices)
  .chain(([amounts, pricePerPoint]) => {
    const tendered = sumOf(amounts);
    const whole = smaller(MAX_MONEY, (tendered * pricePerPoint) / 100n);
    const budgets = fc.oneof(
      fc.constantFrom(0n, 1n, larger(0n, whole - 1n), whole, MAX_MONEY),
      fc.bigInt({ min: 0n, max: whole }),
      fc.bigInt({ min: 0n, max: MAX_MONEY }),
    );
    return budgets.map((budget) => ({ amounts, tendered, budget, pricePerPoint }));
  });

/** What `round` comes to. */
export function sharesOf({ amounts, tendered, budget, pricePerPoint }: DrawnRound): Shares {
  const payout = payoutRoundedDown(tendered, budget, pricePerPoint);
  const filled = filledRoundedUp(payout, pricePerPoint);
  return {
    filled,
    payout,
    paid: amounts.map((amount) => paidRoundedDown(amount, payout, tendered)),
    returned: amounts.map((amount) => returnedRoundedDown(amount, tendered, filled)),
  };
}

export function sumOf(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
