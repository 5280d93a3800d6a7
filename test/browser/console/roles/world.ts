import { mintLocalMoney } from '@dewpoint/server/chain/local/localMoney.ts';
import { TEST_ORGANISATION, tokenOn } from '@dewpoint/server/testing/builders/program.ts';
import { DAY_MS } from '@dewpoint/server/testing/builders/time.ts';
import {
  standInTopUpVariables,
  standInVariables,
  startStripeStandIn,
  type StripeStandIn,
} from '@dewpoint/server/testing/payments/stripeStandIn.ts';
import { until } from '@dewpoint/server/testing/service.ts';
import { startReceiver, type Receiver } from '@dewpoint/server/testing/webhooks/receiver.ts';
import type { Page } from 'playwright-core';
import type { Cafe } from '../../wallet/walletService.ts';
import { startConsole, type ConsoleStage } from '../consoleStage.ts';
import { turnOnSecondFactor } from '../secondFactor.ts';
import { CAFE_NAME } from './cafeName.ts';

/** A service on which every control of the console is somewhere. */
export interface RolesWorld {
  readonly stage: ConsoleStage;
  readonly standIn: StripeStandIn;
  /** With members, orders, an endpoint and drafts. */
  readonly cafe: Cafe;
  /** With a change that is announced, and a role of the operator that is offered. */
  readonly other: Cafe;
  readonly liveId: string;
  readonly endpointId: string;
  /** Asks for something as an owner would. */
  asOwner: (query: string) => Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** Base units: more than rounds are promised. */
const RESERVE = 60_000_000n;
const ANY_WALLET = `0x${'5e'.repeat(20)}`;
const BUYBACK_DRAFT = { pricePerPoint: '0.08', budgetPerRound: '3.00', minTender: '5.00' };

/** Sends money to the account that runs the program. */
async function payOperator(stage: ConsoleStage, cafe: Cafe): Promise<void> {
  const query = '{ program { operatorAccount { address money } } }';
  type Answer = { program: { operatorAccount: { address: `0x${string}`; money: string } } };
  const read = async () => (await cafe.ask<Answer>(query)).program.operatorAccount;
  const before = await read();
  const anybody = await stage.service.openWallet();
  await anybody.send(mintLocalMoney(cafe.program)(before.address, RESERVE));
  await until('the operator has it', async () => (await read()).money !== before.money);
}

/** A café with something in every place. @returns it, with the id of its endpoint */
async function fillCafe(stage: ConsoleStage, receiver: Receiver): Promise<[Cafe, string]> {
  const cafe = await stage.openCafe({ name: CAFE_NAME });
  await cafe.earn('mei', [{ rule: 'visit' }, { rule: 'review', count: 2 }]);
  await cafe.offerItems();
  await cafe.act('itemWithdraw', { item: 2 });
  await cafe.act('itemRedeem', { memberId: 'mei', item: 1, maxPrice: '5.00' });
  const maturesAt = new Date((await cafe.now()) + 20 * DAY_MS).toISOString();
  await cafe.record('li-wei', [{ rule: 'purchase', amount: '9900', maturesAt }]);
  await cafe.fund(RESERVE);
  await payOperator(stage, cafe);
  const draft = { target: 'BUYBACK', terms: JSON.stringify({ buyback: BUYBACK_DRAFT }) };
  await cafe.act('termsDraftSave', { ...draft, revision: 0 }, { isSent: false });
  const made = await cafe.act(
    'webhookEndpointCreate',
    { url: `${receiver.url}/roles` },
    { selection: 'endpoint { id }', isSent: false },
  );
  const { id } = made['endpoint'] as { readonly id: string };
  await cafe.act('webhookTest', { id }, { isSent: false });
  await receiver.got(1, ({ type }) => type === 'webhook.test');
  return [cafe, id];
}

async function fillOther(stage: ConsoleStage): Promise<Cafe> {
  const other = await stage.openCafe({ name: 'Other Café' });
  await other.announceLessForVisits();
  await other.act('operatorOffer', { operator: ANY_WALLET });
  return other;
}

/** Asks as a page of the console does. */
const askingOn = (page: Page) => (query: string) =>
  page.evaluate(async (text) => {
    const headers = { 'dewpoint-console': '1', 'dewpoint-organisation': 'teahouse' };
    const answer = await fetch('/console/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: text }),
    });
    const { data } = (await answer.json()) as { data: Record<string, unknown> };
    return data;
  }, query);

/** Starts it. @param ownerPage opens a page of the console as an owner */
export async function openWorld(
  ownerPage: (stage: ConsoleStage, programId: string) => Promise<Page>,
): Promise<RolesWorld> {
  const [standIn, receiver] = await Promise.all([startStripeStandIn(), startReceiver()]);
  const stage = await startConsole({
    hasLive: true,
    env: async ({ live }) => ({
      ...standInVariables(standIn.url),
      ...(live !== null && standInTopUpVariables(await tokenOn(live))),
    }),
  });
  const [cafe, endpointId] = await fillCafe(stage, receiver);
  const other = await fillOther(stage);
  const page = await ownerPage(stage, cafe.program.id);
  // Beside a live program, an owner changes the team with an authenticator app only.
  await turnOnSecondFactor(stage, page);
  await page.reload();
  const asOwner = askingOn(page);
  await asOwner(
    'mutation { invitationCreate(input: { email: "new@tea.example", role: VIEWER, idempotencyKey: "new" }) { userErrors { message } } }',
  );
  return {
    ...{ stage, standIn, cafe, other, endpointId, asOwner },
    liveId: stage.service.live?.program.id ?? '',
    close: async () => {
      await stage.close();
      await Promise.all([standIn.close(), receiver.close()]);
    },
  };
}

/** Buys the plan, as the page of the provider does. */
export async function payPlan({ stage, standIn, asOwner }: RolesWorld): Promise<void> {
  const { payload } = (await asOwner(
    'mutation { payload: billingCheckoutStart(input: { idempotencyKey: "plan" }) { url } }',
  )) as { readonly payload: { readonly url: string } };
  standIn.state.complete(new URL(payload.url).pathname.split('/').at(-1) ?? '');
  const subscription = [...standIn.state.subscriptions.values()].at(-1);
  if (subscription === undefined) throw new Error('nothing was bought');
  subscription.status = 'active';
  const view = standIn.state.subscriptionView(subscription);
  await standIn.deliver(stage.service.url, standIn.event('customer.subscription.updated', view));
  await until('the service knows', async () => {
    const { billingAccounts } = stage.service.foundation.store;
    const { account } = await billingAccounts.read(TEST_ORGANISATION);
    return account.subscription?.state === 'ACTIVE';
  });
}
