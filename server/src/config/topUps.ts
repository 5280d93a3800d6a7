/** Variables of top-ups of reserves by card. Read by `stripe.ts`. */
import { z } from 'zod';
import { CARD_CURRENCIES, type CardCurrency } from '../domain/billing/cardExchange.ts';

/** How reserves are topped up by card, out of the treasury. */
export interface TopUpConfig {
  /** Settlement token that the treasury holds, on the live chain; it is worth one unit of the currency. */
  readonly token: `0x${string}`;
  readonly currency: CardCurrency;
  /** Whole tokens that are started, and that leave the treasury, in a day (UTC): of one program, and of all. */
  readonly programDailyLimit: bigint;
  readonly dailyLimit: bigint;
}

/** The account that top-ups come out of: also while they, or payments, are off, for what is under way to be brought to its end. */
export interface TreasuryConfig {
  /** Private key; null for the account that the keystore derives. */
  readonly key: `0x${string}` | null;
  /** How many transactions of the account a person knows of that the database may not know. */
  readonly knownNonce: number;
}

/** A whole number of tokens that the card can pay for in one go. */
const limit = z
  .string()
  .regex(/^[1-9]\d{0,11}$/, 'must be a whole number of tokens, from 1 to 999999999999')
  .transform((whole) => BigInt(whole));

/** Order of the group of secp256k1: private keys are 1 to n - 1. */
const KEYS_BELOW = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const isKey = (hex: string): boolean =>
  /^0x[0-9a-fA-F]{64}$/.test(hex) && BigInt(hex) > 0n && BigInt(hex) < KEYS_BELOW;

/** By their names in the environment. */
export const topUpVariables = {
  STRIPE_TOP_UPS: z.enum(['off', 'on'], { error: "must be 'on' or 'off'" }).default('off'),
  STRIPE_TOP_UP_TOKEN: z
    .string()
    .regex(/^0x[0-9a-fA-F]{40}$/, 'must be the address of a token')
    .transform((address) => address as `0x${string}`)
    .optional(),
  STRIPE_TOP_UP_CURRENCY: z
    .enum(CARD_CURRENCIES, { error: `must be one of ${CARD_CURRENCIES.join(', ')}` })
    .optional(),
  STRIPE_TOP_UP_PROGRAM_LIMIT: limit.optional(),
  STRIPE_TOP_UP_DAILY_LIMIT: limit.optional(),
  STRIPE_TOP_UP_TREASURY_KEY: z
    .string()
    .refine(isKey, 'must be a private key, 0x and 64 hex digits')
    .transform((key) => key.toLowerCase() as `0x${string}`)
    .optional(),
  STRIPE_TOP_UP_TREASURY_NONCE: z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number of transactions, from 0 to 999999999')
    .transform(Number)
    .optional(),
};
/** What is of the treasury, and stays set while top-ups are off. */
export const TREASURY_VARIABLES: readonly string[] = [
  ...(['STRIPE_TOP_UP_TREASURY_KEY', 'STRIPE_TOP_UP_TREASURY_NONCE'] as const),
];

type Variables = z.output<z.ZodObject<typeof topUpVariables>>;

const NEEDED = [
  ...(['STRIPE_TOP_UP_TOKEN', 'STRIPE_TOP_UP_CURRENCY'] as const),
  ...(['STRIPE_TOP_UP_PROGRAM_LIMIT', 'STRIPE_TOP_UP_DAILY_LIMIT'] as const),
] as const;

/** Joins the variables of the treasury. */
export const treasuryOf = (set: Variables): TreasuryConfig => ({
  key: set.STRIPE_TOP_UP_TREASURY_KEY ?? null,
  knownNonce: set.STRIPE_TOP_UP_TREASURY_NONCE ?? 0,
});

/** Joins the variables: all of them, or none. @returns a problem for each that is missing, or set while top-ups are off */
export function topUpsOf(
  set: Variables,
): { readonly config: TopUpConfig | null } | { readonly problems: readonly string[] } {
  if (set.STRIPE_TOP_UPS === 'off') {
    const alone = NEEDED.filter((name) => set[name] !== undefined);
    if (alone.length === 0) return { config: null };
    return { problems: alone.map((name) => `${name}: needs STRIPE_TOP_UPS=on beside it`) };
  }
  const token = set.STRIPE_TOP_UP_TOKEN;
  const currency = set.STRIPE_TOP_UP_CURRENCY;
  const programDailyLimit = set.STRIPE_TOP_UP_PROGRAM_LIMIT;
  const dailyLimit = set.STRIPE_TOP_UP_DAILY_LIMIT;
  if (
    token === undefined ||
    currency === undefined ||
    programDailyLimit === undefined ||
    dailyLimit === undefined
  ) {
    const missing = NEEDED.filter((name) => set[name] === undefined);
    return { problems: missing.map((name) => `${name}: must be set, as STRIPE_TOP_UPS is on`) };
  }
  if (programDailyLimit > dailyLimit) {
    return {
      problems: ['STRIPE_TOP_UP_PROGRAM_LIMIT: must be at most STRIPE_TOP_UP_DAILY_LIMIT'],
    };
  }
  return { config: { token, currency, programDailyLimit, dailyLimit } };
}
