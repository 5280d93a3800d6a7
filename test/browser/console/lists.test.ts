import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catchFirst } from '../never/catchFirst.ts';
import { openBrowser, type OpenBrowser } from '../openBrowser.ts';
import type { Cafe } from '../wallet/walletService.ts';
import { startConsole, type ConsoleStage, type Operator } from './consoleStage.ts';

const PLAIN = { language: 'en', width: 390, theme: 'light' } as const;
/** Two pages of 50, and a third with the rest. */
const MEMBERS = Array.from({ length: 110 }, (_none, n) => `guest-${String(n).padStart(3, '0')}`);
/** Members whose ids begin with "guest-10". */
const FOUND = 10;

let stage: ConsoleStage;
let browser: OpenBrowser;
let cafe: Cafe;
beforeAll(async () => {
  [stage, browser] = await Promise.all([startConsole(), openBrowser()]);
  cafe = await stage.openCafe();
  for (const memberId of MEMBERS) await cafe.record(memberId, [{ rule: 'visit' }]);
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

async function opens(): Promise<Operator> {
  const path = '/members?order=MEMBER_ID';
  const viewer = await stage.open(browser, PLAIN, {
    role: 'viewer',
    programId: cafe.program.id,
    path,
  });
  await hasRows(viewer.page, 50);
  return viewer;
}

const idsOf = (page: Page): Promise<string[]> => page.locator('.member-row a').allTextContents();

/** Waits until as many members are listed, and looks at who they are. */
async function hasRows(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelectorAll('.member-row').length === wanted,
    count,
  );
  expect(new Set(await idsOf(page)).size).toBe(count);
}

const moreOf = ({ page, say }: Operator): ReturnType<Page['getByRole']> =>
  page.getByRole('button', { name: say('console:list.more'), exact: true });

/** Asks for more, and catches the question for it. */
async function asksForMore(viewer: Operator): Promise<Route> {
  const { caught } = await catchFirst(viewer.page, (body) => {
    const { variables } = JSON.parse(body) as { variables?: { after?: string | null } };
    return variables?.after != null;
  });
  await moreOf(viewer).click();
  return caught;
}

it('shows a list page by page until its end, every row once and in its order', async () => {
  const viewer = await opens();
  const { page } = viewer;
  await moreOf(viewer).click();
  await hasRows(page, 100);
  await moreOf(viewer).click();
  await hasRows(page, MEMBERS.length);
  expect(await idsOf(page)).toEqual(MEMBERS);
  expect(await moreOf(viewer).count()).toBe(0);
  await viewer.watched.context.close();
});

it('says that the next page did not come, and asks for it again', async () => {
  const viewer = await opens();
  const { page, say } = viewer;
  const route = await asksForMore(viewer);
  await route.abort('connectionreset');
  await page.getByText(say('shared:errors.OFFLINE')).waitFor();
  await hasRows(page, 50);
  await page.getByRole('button', { name: say('shared:tryAgain'), exact: true }).click();
  await hasRows(page, 100);
  await viewer.watched.context.close();
});

it('is not asking for ever where a list was left while its next page was on its way', async () => {
  const viewer = await opens();
  const { page, say } = viewer;
  const route = await asksForMore(viewer);
  expect(await moreOf(viewer).isDisabled()).toBe(true);
  await page.getByLabel(say('members:search.label'), { exact: true }).fill('guest-10');
  await page.keyboard.press('Enter');
  await hasRows(page, FOUND);
  const answered = page.waitForResponse((response) => response.request() === route.request());
  await route.continue();
  await answered;
  // It was of the other list.
  await hasRows(page, FOUND);
  await page.getByRole('button', { name: say('members:search.clear'), exact: true }).click();
  await page
    .getByLabel(say('members:order.label'), { exact: true })
    .selectOption({ label: say('members:order.MEMBER_ID') });
  await hasRows(page, 50);
  await moreOf(viewer).click();
  await hasRows(page, 100);
  await viewer.watched.context.close();
});
