import { PASSWORD } from '@dewpoint/server/testing/people/people.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser } from '../openBrowser.ts';
import { variantsOf } from '../variants.ts';
import type { Cafe } from '../wallet/walletService.ts';
import { startConsole, type ConsoleStage } from './consoleStage.ts';

let stage: ConsoleStage;
let browser: OpenBrowser;
let cafe: Cafe;
beforeAll(async () => {
  [stage, browser] = await Promise.all([startConsole(), openBrowser()]);
  cafe = await stage.openCafe({ name: 'Dewdrop Café' });
  await cafe.earn('mei', [{ rule: 'purchase', amount: '4200' }]);
  await cafe.announceLessForVisits();
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

it.each(variantsOf(0))(
  'an owner signs in and sees what needs them, $language $width $theme',
  async (variant) => {
    const path = `/console/p/${cafe.program.id}`;
    const operator = await stage.visit(browser, variant, path);
    const { page, say } = operator;
    await operator.isAt('console:signIn.title');
    await operator.looks('console-sign-in');
    await page.getByLabel(say('console:signIn.email')).fill(stage.emailOf.owner);
    await page.getByLabel(say('console:signIn.password'), { exact: true }).fill('wrong password');
    await page.getByRole('button', { name: say('console:signIn.go') }).click();
    await page.getByText(say('console:authErrors.INVALID_EMAIL_OR_PASSWORD')).waitFor();
    await page.getByLabel(say('console:signIn.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: say('console:signIn.go') }).click();
    await operator.isAt('today:title');
    expect(new URL(page.url()).pathname).toBe(path);
    // A change is announced, and the reserve of its first round is empty.
    await page.getByText(say('today:due.weights.running'), { exact: true }).waitFor();
    await page.getByText(say('today:due.weights.waiting'), { exact: true }).waitFor();
    await page.getByText(say('console:test.words')).waitFor();
    await operator.looks('console-today');
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('option', { name: say('console:nav.today') }).waitFor();
    await operator.looks('console-jump');
  },
);

it.each(['viewer', 'fulfiller'] as const)('shows a %s what there is', async (role) => {
  const variant = { language: 'en', width: 1280, theme: 'light' } as const;
  const operator = await stage.open(browser, variant, { role, programId: cafe.program.id });
  await operator.isAt('today:title');
  // What others have to do is said as theirs, and nothing is asked of who may do nothing.
  const { page, say } = operator;
  await page.getByText(say('today:due.whose.OWNER'), { exact: true }).waitFor();
  await page.getByRole('heading', { name: say('today:due.titleOthers') }).waitFor();
  const asked = [say('today:due.to.nextCover'), say('today:steps.title')];
  for (const words of asked) expect(await page.getByText(words).count()).toBe(0);
  await operator.looks(`console-today-${role}`);
});

it('shows nobody the program of another organisation', async () => {
  const variant = { language: 'en', width: 1280, theme: 'light' } as const;
  const programId = stage.service.theirs.program.id;
  const operator = await stage.open(browser, variant, { role: 'owner', programId });
  await operator.isAt('console:notHere.title');
  await operator.looks('console-not-here');
});

it('says what a service without a live chain lacks, before anything is typed', async () => {
  const variant = { language: 'zh', width: 390, theme: 'light' } as const;
  const programId = cafe.program.id;
  const operator = await stage.open(browser, variant, { role: 'owner', programId });
  const { page, say } = operator;
  await operator.isAt('today:title');
  await page
    .locator('.test-bar')
    .getByRole('link', { name: say('console:test.goLive') })
    .click();
  await operator.isAt('goLive:title');
  await page.getByRole('heading', { name: say('goLive:barrier.noChain.title') }).waitFor();
  expect(await page.getByRole('link', { name: say('goLive:ready.go') }).count()).toBe(0);
  // One of its rules ends, which the form can not say.
  await page.getByText(say('goLive:left.rule', { name: 'tasting' })).waitFor();
  await operator.looks('console-live-no-chain');
  await page.goto(`${stage.service.url}/console/o/teahouse/live/${programId}`);
  await page.getByRole('heading', { name: say('goLive:barrier.noChain.title') }).waitFor();
  expect(await page.locator('.np-step').count()).toBe(0);
});

it('keeps the rest of the page where the code of one does not load, and tries again', async () => {
  const variant = { language: 'en', width: 390, theme: 'light' } as const;
  const operator = await stage.open(browser, variant, {
    role: 'owner',
    programId: cafe.program.id,
  });
  const { page, say } = operator;
  await operator.isAt('today:title');
  const code = /\/(RulesDesk|CatalogueDesk)[^/]*\.js/;
  await page.route(code, (route) => route.abort());
  await page.getByRole('link', { name: say('console:nav.rules'), exact: true }).click();
  await page.getByText(say('shared:partLost')).waitFor();
  // The browser says of it what the page does.
  await operator.watched.shoot('console-part-lost');
  expect(await operator.watched.violations()).toEqual([]);
  // Other pages are there, and this one is once its code loads again.
  await page.getByRole('link', { name: say('console:nav.changes'), exact: true }).click();
  await operator.isAt('changes:title');
  await page.getByRole('link', { name: say('console:nav.rules'), exact: true }).click();
  await page.getByText(say('shared:partLost')).waitFor();
  await page.unroute(code);
  await page.getByRole('button', { name: say('shared:loadAgain') }).click();
  await operator.isAt('rules:title');
});
