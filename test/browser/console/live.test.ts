import { DEMO_BUDGET_PER_EPOCH, DEMO_RULES } from '@dewpoint/server/demo/demoProgram.ts';
import { NO_DOCUMENT } from '@dewpoint/contracts/terms.ts';
import { DAY_MS } from '@dewpoint/server/testing/builders/time.ts';
import { PASSWORD } from '@dewpoint/server/testing/people/people.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser, type Variant } from '../openBrowser.ts';
import { forgetShifts } from '../pageChecks.ts';
import { ON_KEPT_CONNECTION } from '../sendOn.ts';
import { variantsOf } from '../variants.ts';
import type { Cafe } from '../wallet/walletService.ts';
import { startConsole, type ConsoleStage, type Operator } from './consoleStage.ts';
import { turnOnSecondFactor } from './secondFactor.ts';

let stage: ConsoleStage;
let browser: OpenBrowser;
beforeAll(async () => {
  [stage, browser] = await Promise.all([startConsole({ hasLive: true }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

const nameOf = ({ language, width, theme }: Variant): string => `${language}-${width}-${theme}`;

/** Opens a café whose rules the form can all say. Its notice is none of those that the form offers. */
const openTried = (name: string): Promise<Cafe> =>
  stage.openCafe({
    ...{ name, noticePeriodMs: 9.5 * DAY_MS, objectionThresholdBps: 1_050 },
    opening: [
      {
        ...{ notBefore: 0, documentHash: NO_DOCUMENT, budgetPerEpoch: DEMO_BUDGET_PER_EPOCH },
        rules: DEMO_RULES.filter((rule) => rule.name !== 'tasting'),
      },
    ],
  });

const TERMS = `{ program { name symbol transferable settlementWindow clock { epochSeconds startsAt }
  settings { backed noticeSeconds objectionThresholdBps objectionCap orderDeadlineSeconds roundPeriodSeconds
    roundWindowSeconds settlementToken { symbol decimals } }
  ruleSets(first: 1) { edges { node { budgetPerEpoch documentHash
    rules { ruleId name text perAction perMillionUnits maxCount maxPoints untilEpoch } } } }
  buybackTerms(first: 1) { edges { node { pricePerPoint budgetPerRound minTender } } } } }`;
const PROGRAMS = '{ organisation { programs { name chainId } } }';

/** Asks the API with the session of the page. */
async function askAt<Data>(page: Page, query: string, programId?: string): Promise<Data> {
  const response = await page.request.post(`${stage.service.url}/console/graphql`, {
    ...ON_KEPT_CONNECTION,
    headers: {
      ...{ origin: stage.service.url, 'dewpoint-console': '1' },
      ...{ 'dewpoint-organisation': 'teahouse' },
      ...(programId !== undefined && { 'dewpoint-program': programId }),
    },
    data: { query },
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

interface Terms {
  readonly program: {
    readonly clock: { readonly epochSeconds: number; readonly startsAt: string };
    readonly ruleSets: { readonly edges: readonly unknown[] };
  };
}

/** All that was chosen of a program, as strings, with the moment of the day at which its epochs begin. */
async function termsOf(page: Page, programId: string): Promise<object> {
  const { program } = await askAt<Terms>(page, TERMS, programId);
  const { clock, ...terms } = program;
  const phase = Date.parse(clock.startsAt) % (clock.epochSeconds * 1_000);
  return { ...terms, epochSeconds: clock.epochSeconds, phase };
}

/** A new owner, who has no authenticator app, signs in. */
async function newOwnerAt(variant: Variant, path: string): Promise<Operator> {
  const email = `live-${nameOf(variant)}@tea.example`;
  await stage.addPerson({ name: 'Lin Mei', email, role: 'owner' });
  const operator = await stage.visit(browser, variant, path);
  const { page, say } = operator;
  await operator.isAt('console:signIn.title');
  await page.getByLabel(say('console:signIn.email')).fill(email);
  await page.getByLabel(say('console:signIn.password'), { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: say('console:signIn.go') }).click();
  return operator;
}

/** Finds what is in the way on the page and on the form, of which nothing is shown. */
async function isBarred({ page, say }: Operator, programId: string, why: string): Promise<void> {
  const reason = page.getByRole('heading', { name: say(`goLive:barrier.${why}.title`) });
  await reason.waitFor();
  expect(await page.getByRole('link', { name: say('goLive:ready.go') }).count()).toBe(0);
  await page.goto(`${stage.service.url}/console/o/teahouse/live/${programId}`);
  await page.getByRole('heading', { level: 1, name: say('goLive:form.title') }).waitFor();
  await reason.waitFor();
  expect(await page.locator('.np-step, form').count()).toBe(0);
}

/** Looks at each step of the form, changes nothing, and creates the program by a hand that presses twice. */
async function createsIt(operator: Operator, name: string): Promise<void> {
  const { page, say } = operator;
  const press = (key: string): Promise<void> =>
    page.getByRole('button', { name: say(key), exact: true }).click();
  await operator.isAt('goLive:form.title');
  expect(await page.locator('.test-bar').count()).toBe(0);
  await page.getByText(say('console:test.live'), { exact: true }).waitFor();
  const field = page.getByLabel(say('newProgram:fields.name.label'), { exact: true });
  expect(await field.inputValue()).toBe(name);
  await operator.looks('console-live-form-1');
  await press('newProgram:next');
  // Nothing puts other rules in the place of those that were tried.
  expect(await page.getByText(say('newProgram:business.title')).count()).toBe(0);
  await operator.looks('console-live-form-2');
  await press('newProgram:next');
  await press('newProgram:next');
  await page.getByRole('radio', { name: say('newProgram:notice.days', { days: '9.5' }) }).waitFor();
  await operator.looks('console-live-form-4');
  await press('newProgram:check');
  const go = page.getByRole('button', { name: say('newProgram:confirm.go.LIVE') });
  await go.waitFor();
  expect(await go.isDisabled()).toBe(true);
  await page.getByLabel(say('newProgram:confirm.type', { name })).fill(name);
  await forgetShifts(page);
  await operator.looks('console-live-form-5');
  await go.dblclick();
  await page.reload();
}

it.each(variantsOf(3))(
  'an owner takes a tried program into live, exactly and once: $language $width $theme',
  { timeout: 300_000 },
  async (variant) => {
    const name = `Dew ${nameOf(variant)}`;
    const { program } = await openTried(name);
    const operator = await newOwnerAt(variant, `/console/p/${program.id}`);
    const { page, say } = operator;
    await operator.isAt('today:title');
    const bar = page.locator('.test-bar');
    await bar.getByRole('link', { name: say('console:test.goLive') }).waitFor();
    await page
      .getByRole('main')
      .getByRole('link', { name: say('today:steps.live.go') })
      .click();
    await operator.isAt('goLive:title');
    const setUp = page.getByRole('link', { name: say('goLive:barrier.noTwoFactor.go') });
    await setUp.waitFor();
    expect(await setUp.getAttribute('href')).toBe(`/console/p/${program.id}/team/you`);
    await operator.looks('console-live-barred');
    await isBarred(operator, program.id, 'noTwoFactor');
    await operator.looks('console-live-form-barred');

    await turnOnSecondFactor(stage, page);
    await operator.goTo(program.id, '/live');
    await operator.isAt('goLive:title');
    const go = page.getByRole('link', { name: say('goLive:ready.go') });
    await go.waitFor();
    await page.getByText(say('goLive:notShown.gas.enough'), { exact: true }).waitFor();
    await operator.looks('console-live');
    await go.click();
    await createsIt(operator, name);

    await operator.isAt('developers:titles.connect');
    const [, liveId = ''] = /\/p\/([^/]+)/.exec(new URL(page.url()).pathname) ?? [];
    const chainId = stage.service.live?.program.chainId;
    expect(liveId).toMatch(new RegExp(`^prg_${chainId}_`));
    expect(await page.locator('.test-bar').count()).toBe(0);
    await page.locator('.switcher').getByText(say('console:test.live'), { exact: true }).waitFor();
    await operator.looks('console-live-program');
    // Its rules are read a moment after the program itself.
    const hasRules = async () =>
      (await askAt<Terms>(page, TERMS, liveId)).program.ruleSets.edges.length;
    await expect.poll(hasRules).toBe(1);
    expect(await termsOf(page, liveId)).toEqual(await termsOf(page, program.id));
    const { organisation } = await askAt<{
      organisation: { programs: { name: string; chainId: number }[] };
    }>(page, PROGRAMS);
    const named = organisation.programs.filter((one) => one.name === name);
    expect(named.map((one) => one.chainId)).toEqual([program.chainId, chainId]);

    // The test program says that it is there.
    await operator.goTo(program.id, '/live');
    await page.getByText(say('goLive:ready.same', { name })).waitFor();
    const toLive = bar.getByRole('link', { name: say('console:test.toLive') });
    expect(await toLive.getAttribute('href')).toBe(`/console/p/${liveId}`);
    await operator.watched.context.close();
  },
);

it('tells a manager that only an owner goes live', async () => {
  const { program } = await openTried('Dew of a manager');
  const variant = { language: 'zh', width: 1280, theme: 'dark' } as const;
  const at = { role: 'manager', programId: program.id, path: '/live' } as const;
  const operator = await stage.open(browser, variant, at);
  await operator.isAt('goLive:title');
  await operator.looks('console-live-manager');
  await isBarred(operator, program.id, 'notOwner');
});
