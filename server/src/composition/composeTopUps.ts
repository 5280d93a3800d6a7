/** Composes top-ups of reserves by card, out of a treasury on the live chain. */
import { contractCodec } from '../chain/programs/contractCodec.ts';
import { createProgramViews } from '../chain/programs/programViews.ts';
import { ConfigError } from '../config/config.ts';
import type { StripeConfig } from '../config/stripe.ts';
import type { TopUpConfig } from '../config/topUps.ts';
import type { Logger } from '../lib/logger.ts';
import type { Payments } from '../ports/payments.ts';
import type { CustomerOf } from '../services/billing/customers.ts';
import type { OwnerLetters } from '../services/billing/ownerLetters.ts';
import { createDebtLetters, type DebtLetters } from '../services/billing/topUps/debtLetters.ts';
import {
  createTopUpFollower,
  type TopUpFollower,
} from '../services/billing/topUps/followTopUps.ts';
import { createTopUps, TOP_UPS_OFF, type TopUps } from '../services/billing/topUps/topUps.ts';
import { createTreasury, type Treasury } from '../services/billing/topUps/treasury.ts';
import { createProgramCalls } from '../services/transactions/programCalls.ts';
import { createLanes } from '../services/transactions/queue/lanes.ts';
import { createGasGifts } from '../services/transactions/relaying/gasGifts.ts';
import type { Foundation } from './composeServices.ts';

/** Where the treasury is: the live chain, with its store and keys. */
export type TreasuryFoundation = Pick<
  Foundation,
  'store' | 'chain' | 'keystore' | 'lanes' | 'wallNowMs'
>;

/** Composes the treasury of a chain. @param knownNonce How many of its transactions a person knows of. */
export function composeTreasury(
  { store, chain, keystore, lanes, wallNowMs }: TreasuryFoundation,
  knownNonce: number,
): Treasury {
  const { chainId, gateway, rpc, local } = chain;
  const { signer } = keystore;
  const wake = { wake: () => undefined };
  const deps = { ...store, chainId, knownNonce, gateway, signer, wake, wallNowMs };
  return createTreasury({
    ...deps,
    views: createProgramViews(rpc, local ? 'pending' : 'latest'),
    calls: createProgramCalls(contractCodec),
    gasGifts: createGasGifts({ ...deps, lanes: createLanes({ ...deps, lanes }) }),
  });
}

/** Money of a test is no money: with a test key of Stripe, tokens leave a treasury on a chain of this machine alone. @throws ConfigError */
export function refuseTestMoney(
  config: Pick<StripeConfig, 'secretKey' | 'topUps'> | null,
  live: { readonly chain: { readonly local: boolean } } | null,
): void {
  if (config?.topUps == null || live === null || live.chain.local) return;
  if (!/^[sr]k_test_/.test(config.secretKey)) return;
  throw new ConfigError([
    'STRIPE_SECRET_KEY: is a test key; STRIPE_TOP_UPS=on would pay real tokens for it',
  ]);
}

/** What the worker of billing does about top-ups. */
export interface TopUpSteps {
  readonly topUpFollower: TopUpFollower;
  readonly debtLetters: DebtLetters;
}

/** Says at boot whether reserves are topped up by card. */
export const topUpLine = (config: TopUpConfig | null, treasury: Treasury | null): string =>
  config === null || treasury === null
    ? TOP_UPS_OFF
    : `Top-ups of reserves by card are on: ${config.currency.toUpperCase()} for ${config.token}, out of ${treasury.address}.`;

interface Shared {
  readonly publicUrl: () => string;
  readonly billingUrl: () => string;
  readonly ownerLetters: OwnerLetters;
  readonly logger: Logger;
}

/** What top-ups need of a service that takes payments. */
interface WithPayments {
  /** Null while top-ups are off. */
  readonly config: TopUpConfig | null;
  /** Null without a live chain. */
  readonly treasury: Treasury | null;
  readonly payments: Payments;
  readonly customerOf: CustomerOf;
}

/** Composes what is asked about top-ups. @param on Null while payments are off. */
export function composeTopUps(
  { store, wallNowMs }: Pick<Foundation, 'store' | 'wallNowMs'>,
  shared: Shared,
  on: WithPayments | null,
): TopUps {
  const { config = null, treasury = null } = on ?? {};
  const isOn = on !== null && config !== null && treasury !== null;
  return createTopUps({
    ...{ ...store, ...shared, wallNowMs },
    toppedUpBy: isOn ? { ...on, ...config, treasury: treasury.address } : null,
  });
}

/** Composes what the worker of billing does about top-ups. While they are off, those that were begun are followed. */
export function composeTopUpSteps(
  { store, wallNowMs }: Pick<Foundation, 'store' | 'wallNowMs'>,
  shared: Shared,
  { config, treasury, payments }: WithPayments,
): TopUpSteps {
  const deps = { ...store, ...shared, wallNowMs };
  return {
    topUpFollower: createTopUpFollower({ ...deps, payments, treasury, limits: config }),
    debtLetters: createDebtLetters(deps),
  };
}
