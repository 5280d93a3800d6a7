/**
 * Money of a card against a settlement token, at the one exchange that there is: a token is worth one unit of the currency, and a
 * card pays hundredths of it.
 */

/** Currencies of two decimals whose smallest payment by card is below one unit. */
export const CARD_CURRENCIES = [
  ...(['aud', 'cad', 'chf', 'eur', 'gbp', 'nzd', 'sgd', 'usd'] as const),
] as const;
export type CardCurrency = (typeof CARD_CURRENCIES)[number];

const CARD_DECIMALS = 2;
/** The provider takes eight digits of the smallest unit. */
export const MAX_CHARGE = 99_999_999n;

const power = (exponent: number): bigint => 10n ** BigInt(exponent);

/** Computes base units of so many whole tokens. */
export const tokenUnits = (whole: bigint, decimals: number): bigint => whole * power(decimals);

/** Computes what a card pays for base units of the token, in hundredths; null when these would not be whole. */
export function chargeFor(units: bigint, decimals: number): bigint | null {
  if (decimals <= CARD_DECIMALS) return units * power(CARD_DECIMALS - decimals);
  const perHundredth = power(decimals - CARD_DECIMALS);
  return units % perHundredth === 0n ? units / perHundredth : null;
}

/** Computes the base units of the token that are worth at most what a card paid: a token with fewer decimals rounds down. */
export function unitsRoundedDown(hundredths: bigint, decimals: number): bigint {
  if (decimals >= CARD_DECIMALS) return hundredths * power(decimals - CARD_DECIMALS);
  return hundredths / power(CARD_DECIMALS - decimals);
}

/** Computes the base units of the token that are worth at least what went back to a card. */
export function unitsRoundedUp(hundredths: bigint, decimals: number): bigint {
  if (decimals >= CARD_DECIMALS) return hundredths * power(decimals - CARD_DECIMALS);
  const perUnit = power(CARD_DECIMALS - decimals);
  return (hundredths + perUnit - 1n) / perUnit;
}
