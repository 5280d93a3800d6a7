/** Variables of payments. Read by `config.ts`. */
import { z } from 'zod';
import { topUpsOf, topUpVariables, TREASURY_VARIABLES, type TopUpConfig } from './topUps.ts';

/** How the service reaches Stripe, and what it sells there. */
export interface StripeConfig {
  readonly secretKey: string;
  /** Secrets by any of which a webhook may be signed: several while one is replaced, or of several destinations. */
  readonly webhookSecrets: readonly string[];
  /** Price of the plan: a fixed one, for each period. */
  readonly pricePlan: string;
  /** Price of actions, by the meter. */
  readonly priceActions: string;
  /** Id of the meter that counts actions. */
  readonly meter: string;
  /** Where a stand-in for Stripe answers, on this machine; null for Stripe itself. */
  readonly apiBase: string | null;
  /** How reserves are topped up by card; null does not. */
  readonly topUps: TopUpConfig | null;
}

const id = (prefix: string): z.ZodType<string, string> =>
  z
    .string()
    .regex(
      new RegExp(`^${prefix}_[A-Za-z0-9_]{1,200}$`),
      `must be an id that starts with ${prefix}_`,
    );

const isLoopback = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, origin } = new URL(text);
  const isOrigin = origin === text.replace(/\/$/, '');
  return protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname) && isOrigin;
};

/** By their names in the environment. */
export const stripeVariables = {
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^[sr]k_(test|live)_\w{8,250}$/, 'must be a key that starts with sk_ or rk_')
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .transform((list) => list.split(',').map((secret) => secret.trim()))
    .pipe(
      z
        .array(z.string().regex(/^whsec_[\w+/=]{8,250}$/, 'must be secrets that start with whsec_'))
        .min(1)
        .max(5, 'must be at most 5 secrets'),
    )
    .optional(),
  STRIPE_PRICE_PLAN: id('price').optional(),
  STRIPE_PRICE_ACTIONS: id('price').optional(),
  STRIPE_METER: id('mtr').optional(),
  STRIPE_API_BASE: z
    .string()
    .refine(isLoopback, 'must be an http URL of this machine, such as http://127.0.0.1:12111')
    .transform((url) => new URL(url).origin)
    .optional(),
  ...topUpVariables,
};

type Variables = z.output<z.ZodObject<typeof stripeVariables>>;

const NEEDED = [
  'STRIPE_WEBHOOK_SECRET',
  'STRIPE_PRICE_PLAN',
  'STRIPE_PRICE_ACTIONS',
  'STRIPE_METER',
] as const;

/** Joins the variables: all of them, or none. @returns a problem for each that is missing, or has no key beside it */
export function stripeOf(
  set: Variables,
): { readonly config: StripeConfig | null } | { readonly problems: readonly string[] } {
  const secretKey = set.STRIPE_SECRET_KEY;
  if (secretKey === undefined) {
    const alone = (Object.keys(stripeVariables) as (keyof Variables)[]).filter(
      (name) =>
        set[name] !== undefined && set[name] !== 'off' && !TREASURY_VARIABLES.includes(name),
    );
    if (alone.length === 0) return { config: null };
    return { problems: alone.map((name) => `${name}: needs STRIPE_SECRET_KEY beside it`) };
  }
  const [webhookSecrets, pricePlan, priceActions, meter] = [
    set.STRIPE_WEBHOOK_SECRET,
    set.STRIPE_PRICE_PLAN,
    set.STRIPE_PRICE_ACTIONS,
    set.STRIPE_METER,
  ];
  if (
    webhookSecrets === undefined ||
    pricePlan === undefined ||
    priceActions === undefined ||
    meter === undefined
  ) {
    const missing = NEEDED.filter((name) => set[name] === undefined);
    return { problems: missing.map((name) => `${name}: must be set, as STRIPE_SECRET_KEY is`) };
  }
  const topUps = topUpsOf(set);
  if ('problems' in topUps) return topUps;
  return {
    config: {
      ...{ secretKey, webhookSecrets, pricePlan, priceActions, meter },
      apiBase: set.STRIPE_API_BASE ?? null,
      topUps: topUps.config,
    },
  };
}
