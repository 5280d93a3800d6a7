import { NO_BUDGET_CAP, type RuleSetTerms } from '@dewpoint/contracts/terms.ts';
import { startChain } from '@dewpoint/infra/chain/chain.ts';
import { composeBilling } from '@dewpoint/server/composition/composeBilling.ts';
import { createStripePayments } from '@dewpoint/server/payments/stripe/stripePayments.ts';
import { connectStore } from '@dewpoint/server/store/connect.ts';
import { silentLogger } from '@dewpoint/server/testing/foundation.ts';
import {
  signatureOf,
  standInVariables,
  startStripeStandIn,
  STAND_IN_SECRETS,
  type SentEvent,
  type StripeStandIn,
} from '@dewpoint/server/testing/payments/stripeStandIn.ts';
import { startReceiver, type Receiver } from '@dewpoint/server/testing/webhooks/receiver.ts';
import { expect, vi } from 'vitest';
import { createWorld, type World } from '../../world/world.ts';
import { startForgetfulNode, type ForgetfulNode } from './forgetfulNode.ts';
import { createWallClock, type WallClock } from './wallClock.ts';

/** Anything but that of the chain for tests. */
const LIVE_CHAIN_ID = 31_338;
const WAIT = { timeout: 60_000, interval: 100 };

/**
 * One service with all that it deals with: a live program on a chain behind a node that can lag, a chain for tests, a database, a
 * stand-in for Stripe at which its organisation has bought the plan, and an app that is told of everything.
 */
export interface LiveWorld {
  readonly world: World;
  readonly node: ForgetfulNode;
  readonly clock: WallClock;
  readonly stripe: StripeStandIn;
  readonly app: Receiver;
  /** Of the webhooks. */
  readonly secret: string;
  /** Sends a message of Stripe to the service until it is taken, as Stripe does. */
  tellOfPlan(): Promise<void>;
  close(): Promise<void>;
}

/** Asks the API. @returns the data, or the codes of the errors */
export async function askApi<T>(
  world: Pick<World, 'apiUrl'>,
  key: string,
  query: string,
  variables: object = {},
): Promise<{ readonly data: T | null; readonly codes: readonly string[] }> {
  const response = await fetch(world.apiUrl(), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data = null, errors = [] } = (await response.json()) as {
    data?: T | null;
    errors?: readonly { readonly extensions: { readonly code: string } }[];
  };
  return { data, codes: errors.map(({ extensions }) => extensions.code) };
}

/** Buys the plan past the service, as people in a browser do, and has Stripe tell it. @returns what Stripe says of it */
async function buyPlan(
  world: World,
  stripe: StripeStandIn,
  wallNowMs: () => number,
): Promise<() => SentEvent> {
  const { organisationId } = world.program;
  const store = await connectStore(world.databaseUri, { wallNowMs });
  try {
    const teams = {
      team: () => Promise.resolve([]),
      organisation: (id: string) => Promise.resolve({ id, name: 'Shop', slug: 'shop' }),
    };
    const { graphql } = composeBilling({
      foundation: { store, wallNowMs },
      people: { callers: { teams, people: {} } as never, mail: {} as never },
      publicUrl: () => 'https://points.example',
      ...{ config: null, live: null },
      payments: createStripePayments({
        secretKey: STAND_IN_SECRETS.secretKey,
        webhookSecrets: [STAND_IN_SECRETS.webhookSecret],
        ...{ pricePlan: 'price_plan', priceActions: 'price_actions', meter: 'mtr_actions' },
        apiBase: stripe.url,
      }),
      logger: silentLogger,
    });
    await graphql.billing.startCheckout(organisationId, 'plan');
  } finally {
    await store.close();
  }
  const [session] = stripe.state.sessions.keys();
  const view = stripe.state.subscriptionView(stripe.state.complete(session ?? ''));
  return () => stripe.event('customer.subscription.updated', view);
}

/** @param options.rules Of the program. @param options.onLog Told each line that the service logs. */
export async function openLiveWorld(options: {
  readonly dir: string;
  readonly startsAt: number;
  readonly rules: RuleSetTerms['rules'];
  readonly onLog: (line: string) => void;
}): Promise<LiveWorld> {
  const { dir } = options;
  const opened: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const stop of opened.reverse()) await stop();
  };
  try {
    const clock = createWallClock(dir);
    const stripe = await startStripeStandIn();
    stripe.state.nowMs = clock.nowMs;
    opened.push(() => stripe.close());
    const app = await startReceiver();
    opened.push(() => app.close());
    const testChain = await startChain();
    opened.push(() => testChain.stop());
    let chainUrl = '';
    const node = await startForgetfulNode(() => chainUrl);
    opened.push(() => node.close());
    const world = await createWorld({
      ...options,
      ...{ environment: 'live', chainId: LIVE_CHAIN_ID, keepChain: true, logLevel: 'warn' },
      budgetPerEpoch: NO_BUDGET_CAP,
      env: (rpcUrl) => {
        chainUrl = rpcUrl;
        return {
          ...{ ...clock.env, ...standInVariables(stripe.url) },
          ...{ RPC_URL: testChain.url, LIVE_RPC_URL: node.url },
        };
      },
    });
    opened.push(() => world.stop());
    const planEvent = await buyPlan(world, stripe, clock.nowMs);
    await world.startServer();

    const tellOfPlan = async (): Promise<void> => {
      const { body } = planEvent();
      const send = async (): Promise<number> => {
        const signature = signatureOf(body, undefined, clock.nowMs());
        const { status } = await fetch(new URL('/webhooks/stripe', world.apiUrl()), {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'stripe-signature': signature },
          body,
        });
        return status;
      };
      await vi.waitFor(async () => expect(await send()).toBe(200), WAIT);
    };
    await tellOfPlan();
    const { data } = await askApi<{ made: { secret: string } }>(
      world,
      world.program.operatorApiKey,
      `mutation ($url: String!) { made: webhookEndpointCreate(input: {
        url: $url, idempotencyKey: "endpoint" }) { secret userErrors { code } } }`,
      { url: `${app.url}/hooks` },
    );
    if (data === null) throw new Error('there is no endpoint');
    return { ...{ world, node, clock, stripe, app, tellOfPlan, close }, secret: data.made.secret };
  } catch (error) {
    await close();
    throw error;
  }
}
