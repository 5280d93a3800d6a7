import {
  standInVariables,
  startStripeStandIn,
  type StripeStandIn,
} from '@dewpoint/server/testing/payments/stripeStandIn.ts';
import { TEST_ORGANISATION } from '@dewpoint/server/testing/builders/program.ts';
import { until } from '@dewpoint/server/testing/service.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser } from '../openBrowser.ts';
import { variantsOf } from '../variants.ts';
import { startConsole, type ConsoleStage } from './consoleStage.ts';
import { isStruckAsListed } from './strikes/strikes.ts';

let browser: OpenBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(isStruckAsListed);
afterAll(() => browser?.close());

describe('the plan of an organisation', () => {
  let standIn: StripeStandIn;
  let stage: ConsoleStage;
  let programId: string;
  beforeAll(async () => {
    standIn = await startStripeStandIn();
    stage = await startConsole({ hasLive: true, env: standInVariables(standIn.url) });
    programId = stage.service.live?.program.id ?? '';
  });
  afterAll(async () => {
    await stage?.close();
    await standIn?.close();
  });

  /** Has Stripe tell of the newest subscription, as its own messages do: signed. */
  const tell = async (status: string): Promise<void> => {
    const subscription = [...standIn.state.subscriptions.values()].at(-1);
    if (subscription === undefined) throw new Error('nothing was bought');
    subscription.status = status;
    const view = standIn.state.subscriptionView(subscription);
    const type = `customer.subscription.${status === 'canceled' ? 'deleted' : 'updated'}`;
    const { status: answered } = await standIn.deliver(
      stage.service.url,
      standIn.event(type, view),
    );
    expect(answered).toBe(200);
    // The message is kept, and worked off a moment later: a page that is opened now must not see both.
    await until('the service knows', async () => {
      const { billingAccounts } = stage.service.foundation.store;
      const { account } = await billingAccounts.read(TEST_ORGANISATION);
      return account.subscription?.state === status.toUpperCase();
    });
  };

  it.each(variantsOf(1))(
    'is bought, not paid, and paid again, $language $width $theme',
    { timeout: 300_000 },
    async (variant) => {
      const at = { role: 'owner', programId, path: '/billing' } as const;
      const operator = await stage.open(browser, variant, at);
      const { page, say } = operator;
      const stands = (standing: 'PAID' | 'GRACE'): Promise<void> =>
        page
          .locator('.panel-head .tag')
          .getByText(say(`billing:standing.${standing}`), { exact: true })
          .waitFor();
      await operator.isAt('billing:title');
      await operator.looks('console-billing-none');
      // The page of Stripe: its buyer pays there, and comes back by the address that it was given.
      await page.route(/stripe\.example/, (route) =>
        route.fulfill({ contentType: 'text/html', body: '<title>Stripe</title><h1>Pay</h1>' }),
      );
      await page.getByRole('button', { name: say('billing:open.checkout') }).dblclick();
      await page.waitForURL(/^https:\/\/checkout\.stripe\.example\//);
      const sessionId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
      const open = [...standIn.state.sessions.values()].filter(({ status }) => status === 'open');
      expect(open.map(({ id }) => id)).toEqual([sessionId]);
      standIn.state.complete(sessionId);
      await tell('active');
      await page.goto(`${stage.service.url}/console/billing`);
      await stands('PAID');
      expect(new URL(page.url()).pathname).toBe(`/console/p/${programId}/billing`);
      await operator.looks('console-billing-paid');
      await tell('past_due');
      await page.reload();
      await stands('GRACE');
      await page.getByText(say('billing:standingWords.GRACE'), { exact: true }).waitFor();
      await page.getByText(say('billing:plan.period'), { exact: true }).waitFor();
      await operator.looks('console-billing-grace');
      await tell('active');
      await page.reload();
      await stands('PAID');
      await page.getByRole('button', { name: say('billing:open.portal') }).click();
      await page.waitForURL(/^https:\/\/billing\.stripe\.example\//);
      // For the next buyer.
      await tell('canceled');
      await page.goto(`${stage.service.url}/console/billing`);
      await page.getByText(say('billing:states.CANCELED'), { exact: true }).waitFor();
      expect(await page.getByText(say('billing:plan.period'), { exact: true }).count()).toBe(0);
      await operator.watched.context.close();
    },
  );

  it('is not for a manager to buy, who is told who may', async () => {
    const variant = { language: 'en', width: 390, theme: 'dark' } as const;
    const at = { role: 'manager', programId, path: '/billing' } as const;
    const operator = await stage.open(browser, variant, at);
    const { page, say } = operator;
    await operator.isAt('billing:title');
    const button = page.getByRole('button', { name: say('billing:open.checkout') });
    expect(await button.isDisabled()).toBe(true);
    await page.getByText(say('console:only.OWNER')).waitFor();
    await operator.looks('console-billing-manager');
  });
});

it('says that payments are off where no key of Stripe is set', async () => {
  const stage = await startConsole();
  try {
    const variant = { language: 'zh', width: 1280, theme: 'light' } as const;
    const programId = stage.service.mine.program.id;
    const at = { role: 'viewer', programId, path: '/billing' } as const;
    const operator = await stage.open(browser, variant, at);
    await operator.isAt('billing:title');
    await operator.page.getByText(operator.say('billing:off.title')).waitFor();
    await operator.looks('console-billing-off');
  } finally {
    await stage.close();
  }
});
