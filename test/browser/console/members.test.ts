import { NO_DOCUMENT } from '@dewpoint/contracts/terms.ts';
import { DEMO_RULES } from '@dewpoint/server/demo/demoProgram.ts';
import { DAY_MS } from '@dewpoint/server/testing/builders/time.ts';
import { until } from '@dewpoint/server/testing/service.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tabTo } from '../keyboard.ts';
import { openBrowser, type OpenBrowser } from '../openBrowser.ts';
import { forgetShifts } from '../pageChecks.ts';
import { variantsOf } from '../variants.ts';
import type { Cafe } from '../wallet/walletService.ts';
import { startConsole, type ConsoleStage, type Operator } from './consoleStage.ts';
import { isStruckAsListed } from './strikes/strikes.ts';

const NAME = 'Dewdrop Café';
/** An id that an address can not hold as it is. */
const ODD_ID = 'tom/1% &?';
/** Points a day: what is earned beyond it is held back. */
const BUDGET = 600n;
const REASON = 'She waited for an hour.';

let stage: ConsoleStage;
let browser: OpenBrowser;
beforeAll(async () => {
  [stage, browser] = await Promise.all([startConsole(), openBrowser()]);
});
afterAll(isStruckAsListed);
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

/** A café with a member whose points are in several places, and others with actions that do not count yet. */
async function openBusyCafe(): Promise<Cafe> {
  const cafe = await stage.openCafe({
    name: NAME,
    opening: [
      { notBefore: 0, budgetPerEpoch: BUDGET, documentHash: NO_DOCUMENT, rules: DEMO_RULES },
    ],
  });
  await cafe.earn('mei', [{ rule: 'visit' }]);
  // Of these 5.00 the day has 4.00 left.
  await cafe.record('mei', [{ rule: 'review' }]);
  await cafe.act('dropsCollect', { memberId: 'mei' }, { isSent: false, isKeyed: false });
  const maturesAt = new Date((await cafe.now()) + 5 * DAY_MS).toISOString();
  await cafe.record('mei', [{ rule: 'purchase', amount: '4200', maturesAt }]);
  await cafe.record('li-wei', [
    { rule: 'purchase', amount: '9900', maturesAt },
    { rule: 'purchase', amount: '800', maturesAt },
  ]);
  await until('the rest is held back', async () => {
    const query = '{ member(memberId: "mei") { drops { points heldBack } } }';
    const { member } = await cafe.ask<{
      member: { drops: { points: string; heldBack: string | null }[] };
    }>(query);
    return member.drops.some(({ points, heldBack }) => heldBack === 'BUDGET' && points === '1.00');
  });
  return cafe;
}

interface KnownAction {
  readonly eventId: string;
  readonly state: string;
  readonly actor: string | null;
  readonly voidReason: string | null;
}

async function actionsOf(cafe: Cafe, memberId: string): Promise<readonly KnownAction[]> {
  const query = `{ program { actions(memberId: "${memberId}") { edges { node {
    eventId state actor voidReason } } } } }`;
  const { program } = await cafe.ask<{
    program: { actions: { edges: { node: KnownAction }[] } };
  }>(query);
  return program.actions.edges.map(({ node }) => node);
}

const heading = (page: Page, name: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

/** Finds a member by the beginning of its id, with the keyboard alone. */
async function findsMei({ page, say }: Operator): Promise<void> {
  await page.getByRole('link', { name: 'li-wei' }).waitFor();
  await page.getByLabel(say('members:search.label'), { exact: true }).focus();
  await page.keyboard.type('me');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'li-wei' }).waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('?search=me');
  await page.getByRole('link', { name: 'mei', exact: true }).waitFor();
  await tabTo(page, page.getByRole('link', { name: 'mei', exact: true }));
  await page.keyboard.press('Enter');
  await heading(page, 'mei');
}

async function seesPlaces(
  { page, say }: Operator,
  places: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [kind, points] of Object.entries(places)) {
    const name = say(`members:place.${kind}.name`);
    await page
      .locator('.place')
      .filter({ has: page.getByText(name, { exact: true }) })
      .getByText(points, { exact: true })
      .waitFor();
  }
}

async function grants(operator: Operator): Promise<void> {
  const { page, say, watched } = operator;
  await page.getByRole('button', { name: say('members:acts.grant') }).click();
  await operator.isAt('members:grant.title');
  const rule = watched.variant.language === 'en' ? 'Review' : '评价';
  await page.getByLabel(say('members:grant.rule'), { exact: true }).selectOption(rule);
  const points = say('members:grant.follows.points', { points: '5.00' });
  await page.getByRole('heading', { name: points }).waitFor();
  const go = page.getByRole('button', { name: say('members:grant.go'), exact: true });
  await go.click();
  await page.getByText(say('members:grant.wrong.reason')).waitFor();
  await page
    .getByLabel(say('members:grant.reason'), { exact: true })
    .fill(REASON.replace(' for', '\nfor'));
  await forgetShifts(page);
  await operator.looks('console-member-grant');
  await go.dblclick();
  await page.getByRole('heading', { name: say('members:grant.done.title') }).waitFor();
  await page.getByRole('link', { name: say('members:grant.done.go') }).click();
  await heading(page, 'mei');
  await page.getByText(REASON).first().waitFor();
}

async function voids(operator: Operator): Promise<void> {
  const { page, say } = operator;
  const go = page.getByRole('button', { name: say('console:action.void.go'), exact: true });
  await go.first().click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel(say('console:action.reason'), { exact: true }).fill('Sent\nback.');
  await operator.looks('console-member-void');
  await sheet.getByRole('button', { name: say('console:action.void.go'), exact: true }).dblclick();
  await sheet.waitFor({ state: 'detached' });
  await page
    .getByText(say('console:action.deedBy.voided', { actor: 'Lin Mei', reason: 'Sent back.' }))
    .waitFor();
}

/** Chooses both actions of the queue, and decides about them together. */
async function decides(
  { page, say }: Operator,
  decision: 'hold' | 'void',
  reason: string,
): Promise<void> {
  await page.getByRole('button', { name: say('review:allShown', { count: 2 }) }).click();
  const go = say(`console:action.${decision}.go`);
  await page.getByRole('button', { name: go, exact: true }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel(say('console:action.reason'), { exact: true }).fill(reason);
  await sheet.getByRole('button', { name: go, exact: true }).click();
  await sheet.waitFor({ state: 'detached' });
}

it.each(variantsOf(2))(
  'support says where points are, grants, voids, merges and erases, $language $width $theme',
  { timeout: 300_000 },
  async (variant) => {
    const cafe = await openBusyCafe();
    const programId = cafe.program.id;
    const at = { role: 'owner', programId, path: '/members' } as const;
    const operator = await stage.open(browser, variant, at);
    const { page, say } = operator;
    await operator.isAt('members:title');
    await operator.looks('console-members');
    await findsMei(operator);
    await seesPlaces(operator, { settled: '6.00', BUDGET: '1.00', maturing: '4.20' });
    await forgetShifts(page);
    await operator.looks('console-member');
    await page.getByText(say('members:happened.story'), { exact: true }).click();
    await page.getByText(say('members:story.kind.SETTLED')).first().waitFor();
    await forgetShifts(page);
    await operator.looks('console-member-story');

    await grants(operator);
    const granted = (await actionsOf(cafe, 'mei')).filter(({ actor }) => actor !== null);
    expect(granted.map(({ actor }) => actor)).toEqual(['Lin Mei']);
    await stage.service.moveClockTo((await cafe.now()) + DAY_MS);
    await until('all that counts is settled', async () => {
      const { settled } = await cafe.balance('mei');
      return settled === '12.00';
    });
    await page.reload();
    await seesPlaces(operator, { settled: '12.00', maturing: '4.20' });

    await voids(operator);
    const [voided] = (await actionsOf(cafe, 'mei')).filter(({ state }) => state === 'VOIDED');
    expect(voided?.voidReason).toBe('Sent back.');
    await page.getByLabel(say('members:find.label'), { exact: true }).fill(voided?.eventId ?? '');
    await page.keyboard.press('Enter');
    await page
      .getByRole('region', { name: say('members:find.title') })
      .getByText(say('console:action.state.VOIDED'), { exact: true })
      .waitFor();

    await operator.goTo(programId, '/review');
    await operator.isAt('review:title');
    await decides(operator, 'hold', 'I look at it.');
    await page.getByText(say('console:action.state.HELD'), { exact: true }).nth(1).waitFor();
    await forgetShifts(page);
    await operator.looks('console-review');
    await decides(operator, 'void', 'A test.');
    await page.getByText(say('review:none.title')).waitFor();
    await forgetShifts(page);
    await operator.looks('console-review-none');
    const states = (await actionsOf(cafe, 'li-wei')).map(({ state }) => state);
    expect(states).toEqual(['VOIDED', 'VOIDED']);

    await operator.goTo(programId, '/members/mei/merge');
    await operator.isAt('members:merge.title');
    const merge = page.getByRole('button', { name: say('members:merge.go') });
    expect(await merge.isDisabled()).toBe(true);
    await page.getByLabel(say('members:merge.other'), { exact: true }).fill('li-wei');
    await page
      .getByText(say('members:merge.hasOther', { memberId: 'li-wei', points: '0.00' }))
      .waitFor();
    const names = { from: 'mei', into: 'li-wei' };
    await page.getByLabel(say('members:merge.confirm', names), { exact: true }).fill('mei');
    await forgetShifts(page);
    await operator.looks('console-member-merge');
    await merge.dblclick();
    await page.getByRole('heading', { name: say('members:merge.done.title') }).waitFor();
    await page.getByRole('link', { name: say('members:merge.done.go') }).click();
    await page.getByRole('link', { name: 'li-wei' }).waitFor();

    await cafe.record(ODD_ID, [{ rule: 'visit' }]);
    await operator.goTo(programId, `/members/${encodeURIComponent(ODD_ID)}`);
    await heading(page, ODD_ID);
    await seesPlaces(operator, { settled: '0.00', onWay: '2.00' });
    await page.getByRole('button', { name: say('members:acts.erase') }).click();
    await operator.isAt('members:erase.title');
    const erase = page.getByRole('button', { name: say('members:erase.go') });
    expect(await erase.isDisabled()).toBe(true);
    await page
      .getByLabel(say('members:erase.confirm', { memberId: ODD_ID }), { exact: true })
      .fill(ODD_ID);
    await forgetShifts(page);
    await operator.looks('console-member-erase');
    await erase.dblclick();
    await page.getByRole('heading', { name: say('members:erase.done.title') }).waitFor();
    const query = `{ member(memberId: ${JSON.stringify(ODD_ID)}) { memberId } }`;
    expect(await cafe.ask(query)).toEqual({ member: null });
    await operator.goTo(programId, `/members/${encodeURIComponent(ODD_ID)}`);
    await page.getByText(say('members:unknown.title', { memberId: ODD_ID })).waitFor();
    await operator.watched.context.close();
  },
);

it('tells a viewer who may grant, merge, erase and void', async () => {
  const cafe = await openBusyCafe();
  const programId = cafe.program.id;
  const variant = { language: 'en', width: 1280, theme: 'light' } as const;
  const at = { role: 'viewer', programId, path: '/members/mei' } as const;
  const operator = await stage.open(browser, variant, at);
  const { page, say } = operator;
  await heading(page, 'mei');
  for (const name of ['members:acts.grant', 'members:acts.merge', 'members:acts.erase']) {
    const button = page.getByRole('button', { name: say(name) });
    await button.waitFor();
    expect(await button.isDisabled()).toBe(true);
  }
  await page.getByText(say('console:only.OWNER')).waitFor();
  await page.getByText(say('console:only.MANAGER')).first().waitFor();
  await operator.looks('console-member-viewer');
  await operator.goTo(programId, '/review');
  await operator.isAt('review:title');
  await page.getByText(say('console:only.MANAGER')).first().waitFor();
  expect(
    await page
      .getByRole('button', { name: say('console:action.void.go'), exact: true })
      .isDisabled(),
  ).toBe(true);
});

it('shows the first call while there are no members', async () => {
  const cafe = await stage.openCafe({ name: NAME });
  const variant = { language: 'zh', width: 390, theme: 'dark' } as const;
  const at = { role: 'owner', programId: cafe.program.id, path: '/members' } as const;
  const operator = await stage.open(browser, variant, at);
  const { page, say } = operator;
  await operator.isAt('members:title');
  await page.getByText(say('members:none.title')).waitFor();
  await page.getByText('dw_test_').waitFor();
  await operator.looks('console-members-none');
});
