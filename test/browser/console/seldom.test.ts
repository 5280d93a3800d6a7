import { DAY_MS } from '@dewpoint/server/testing/builders/time.ts';
import { PASSWORD } from '@dewpoint/server/testing/people/people.ts';
import { until } from '@dewpoint/server/testing/service.ts';
import { startReceiver, type Receiver } from '@dewpoint/server/testing/webhooks/receiver.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser, type Variant } from '../openBrowser.ts';
import { forgetShifts } from '../pageChecks.ts';
import { variantsOf } from '../variants.ts';
import { RESERVE, type Cafe } from '../wallet/walletService.ts';
import { startConsole, type ConsoleStage } from './consoleStage.ts';
import { on } from './controls.ts';
import { isStruckAsListed } from './strikes/strikes.ts';

const NAME = 'Dewdrop Café';
/** More than the rounds of the café may want, in base units. */
const FREE = 5_000_000n;
const SAFE = `0x${'0'.repeat(36)}cafe`;

let receiver: Receiver;
let stage: ConsoleStage;
let browser: OpenBrowser;
beforeAll(async () => {
  receiver = await startReceiver();
  [stage, browser] = await Promise.all([startConsole(), openBrowser()]);
});
afterAll(isStruckAsListed);
afterAll(async () => {
  await browser?.close();
  await stage?.close();
  await receiver?.close();
});

const nameOf = ({ language, width, theme }: Variant): string => `${language}-${width}-${theme}`;

async function decisionOf(cafe: Cafe): Promise<string | undefined> {
  const query = '{ program { actions(memberId: "li-wei") { edges { node { state } } } } }';
  type Answer = { program: { actions: { edges: { node: { state: string } }[] } } };
  return (await cafe.ask<Answer>(query)).program.actions.edges[0]?.node.state;
}
async function reserveOf(cafe: Cafe): Promise<string> {
  const query = '{ program { reserve { total } } }';
  return (await cafe.ask<{ program: { reserve: { total: string } } }>(query)).program.reserve.total;
}
async function changeOf(cafe: Cafe): Promise<string> {
  const query = '{ program { change(number: 1) { state } } }';
  return (await cafe.ask<{ program: { change: { state: string } } }>(query)).program.change.state;
}

it.each(variantsOf(0))(
  'an action is released, money is taken out, and a change is enacted, $language $width $theme',
  { timeout: 300_000 },
  async (variant) => {
    const cafe = await stage.openCafe({ name: NAME });
    const programId = cafe.program.id;
    const { symbol } = cafe.program.settlementToken;
    const maturesAt = new Date((await cafe.now()) + 20 * DAY_MS).toISOString();
    await cafe.record('li-wei', [{ rule: 'purchase', amount: '800', maturesAt }]);
    await cafe.fund(RESERVE + FREE);
    await cafe.announceLessForVisits();
    const at = { role: 'owner', programId, path: '/review' } as const;
    const operator = await stage.open(browser, variant, at);
    const { page, say } = operator;
    const { field, button } = on(operator);
    await operator.isAt('review:title');
    await button('review:allShown', { count: 1 }).click();
    const release = say('console:action.release.go');
    // That of all who are chosen: the one of the action alone is below it.
    await page.getByRole('button', { name: release, exact: true }).first().click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel(say('console:action.reason'), { exact: true }).fill('Looked at.');
    await sheet.getByRole('button', { name: release, exact: true }).dblclick();
    await sheet.waitFor({ state: 'detached' });
    await until('it is released', async () => (await decisionOf(cafe)) !== 'HELD');

    await operator.goTo(programId, '/buyback');
    await operator.isAt('buyback:title');
    const before = await reserveOf(cafe);
    const take = page.getByRole('region', { name: say('buyback:take.title') });
    await button('buyback:take.ask').click();
    await take.getByLabel(say('buyback:put.amount', { symbol }), { exact: true }).fill('2');
    await field('buyback:take.to').fill(SAFE);
    await take.getByLabel(say('buyback:take.iKnow')).check();
    await button('buyback:take.go').dblclick();
    await take.locator('.transaction-status.done').waitFor();
    await button('buyback:take.ask').waitFor();
    await forgetShifts(page);
    await operator.looks('console-buyback-taken');
    expect(BigInt((await reserveOf(cafe)).replace('.', ''))).toBe(
      BigInt(before.replace('.', '')) - 2_000_000n,
    );

    // The notice is over, and nothing comes into a block: the operator asks for it to be in force.
    await stage.holdBlocks();
    await stage.service.moveClockTo((await cafe.now()) + 8 * DAY_MS);
    await operator.goTo(programId, '/changes/1');
    await button('changes:acts.enact').click();
    await page.locator('.transaction-status').first().waitFor();
    await stage.releaseBlocks();
    await until('it is in force', async () => (await changeOf(cafe)) === 'ENACTED');
    await page.getByRole('heading', { name: say('changes:outcome.ENACTED.title') }).waitFor();
    await operator.watched.context.close();
  },
);

it.each(variantsOf(0))(
  'an invitation is taken back, a session is ended, and a person leaves, $language $width $theme',
  async (variant) => {
    const { program } = stage.service.mine;
    const at = { role: 'owner', programId: program.id, path: '/team' } as const;
    const owner = await stage.open(browser, variant, at);
    const { page, say } = owner;
    const { field, button } = on(owner);
    await owner.isAt('team:titles.people');
    const guest = `guest-${nameOf(variant)}@tea.example`;
    await field('team:invite.email').fill(guest);
    await button('team:invite.go').click();
    const asked = page.getByRole('listitem').filter({ hasText: guest });
    await asked.getByRole('button', { name: say('team:invitations.cancel') }).click();
    await asked.waitFor({ state: 'detached' });
    expect((await stage.invitations()).map(({ email }) => email)).not.toContain(guest);

    // A second sign-in of the same person, from a device that has no name.
    const { url } = stage.service;
    const signedIn = await fetch(`${url}/auth/sign-in/email`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json', 'user-agent': 'till' },
      body: JSON.stringify({ email: stage.emailOf.owner, password: PASSWORD }),
    });
    const cookie = signedIn.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    const codeOfIt = async (): Promise<string | undefined> => {
      const response = await fetch(`${url}/console/graphql`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', 'dewpoint-console': '1' },
        body: JSON.stringify({ query: '{ person { id } }' }),
      });
      const answer = (await response.json()) as {
        readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
      };
      return answer.errors?.[0]?.extensions.code;
    };
    expect(await codeOfIt()).toBeUndefined();
    await page.getByRole('link', { name: say('team:tabs.you'), exact: true }).click();
    await owner.isAt('team:titles.you');
    const till = page.getByRole('listitem').filter({ hasText: say('team:sessions.unknown') });
    await till.getByRole('button', { name: say('team:sessions.end') }).click();
    await till.waitFor({ state: 'detached' });
    expect(await codeOfIt()).toBe('UNAUTHENTICATED');
    await forgetShifts(page);
    await owner.looks('console-team-sessions');
    await owner.watched.context.close();

    // Who may not read the team can leave it too.
    const email = `leaver-${nameOf(variant)}@tea.example`;
    await stage.addPerson({ name: 'Bo Lee', email, role: 'fulfiller' });
    const leaver = await stage.visit(browser, variant, `/console/p/${program.id}/team`);
    await leaver.isAt('console:signIn.title');
    await on(leaver).field('console:signIn.email').fill(email);
    await on(leaver).field('console:signIn.password').fill(PASSWORD);
    await on(leaver).button('console:signIn.go').click();
    await leaver.isAt('team:titles.people');
    await on(leaver).button('team:leave.go').click();
    const leave = { name: say('team:leave.go'), exact: true };
    await leaver.page.getByRole('dialog').getByRole('button', leave).dblclick();
    await leaver.isAt('console:noOrganisation.title');
    await leaver.looks('console-left');
    await leaver.watched.context.close();
  },
);

it.each(variantsOf(0))(
  'an endpoint is caught up with, disabled and deleted, $language $width $theme',
  async (variant) => {
    const { program } = stage.service.mine;
    const path = '/developers/webhooks';
    const at = { role: 'manager', programId: program.id, path } as const;
    const operator = await stage.open(browser, variant, at);
    const { page, say } = operator;
    const { field, button, sees } = on(operator);
    const url = `${receiver.url}/seldom-${nameOf(variant)}`;
    await operator.isAt('developers:titles.webhooks');
    await button('developers:hooks.new').click();
    await field('developers:hooks.url').fill(url);
    await button('developers:hooks.make').click();
    await page.getByRole('link', { name: url }).click();
    await operator.isAt('developers:titles.endpoint');
    await button('developers:since.go').dblclick();
    await sees('developers:since.resent_zero');
    await button('developers:hooks.disable').click();
    await button('developers:hooks.enable').waitFor();
    await forgetShifts(page);
    await operator.looks('console-endpoint-disabled');
    await button('developers:hooks.delete').click();
    const go = { name: say('developers:hooks.delete'), exact: true };
    await page.getByRole('dialog').getByRole('button', go).dblclick();
    // It leads back to those that are left.
    await operator.isAt('developers:titles.webhooks');
    await page.getByRole('link', { name: url }).waitFor({ state: 'detached' });
    await operator.watched.context.close();
  },
);
