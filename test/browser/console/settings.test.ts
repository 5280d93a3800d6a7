import { PASSWORD } from '@dewpoint/server/testing/people/people.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser, type Variant } from '../openBrowser.ts';
import { createScriptedWallet, WALLET_NAME } from '../ownWallet/scriptedWallet.ts';
import { forgetShifts } from '../pageChecks.ts';
import { variantsOf } from '../variants.ts';
import type { Cafe } from '../wallet/walletService.ts';
import { startConsole, type ConsoleStage, type Operator } from './consoleStage.ts';
import { on } from './controls.ts';
import { isStruckAsListed, strikesAreOver } from './strikes/strikes.ts';

const NAME = 'Dewdrop Café';

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

const nameOf = ({ language, width, theme }: Variant): string => `${language}-${width}-${theme}`;

/** Fills the form of the invitation by keyboard alone, and gives the address that it leads to. */
async function invites(operator: Operator, email: string): Promise<string> {
  const { page } = operator;
  const { keyboard } = page;
  // That which was done: another one may have been refused before it.
  const answered = page.waitForResponse(
    async (response) =>
      response.url().endsWith('/console/graphql') &&
      (response.request().postData() ?? '').includes('InvitationCreate') &&
      (await response.text()).includes('"invitation":{'),
  );
  await on(operator).field('team:invite.email').focus();
  await keyboard.type(email);
  await keyboard.press('Tab');
  // From the last role, which is chosen, to the one of managers.
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowUp');
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  const { data } = (await (await answered).json()) as {
    data: { payload: { invitation: { url: string; role: string } } };
  };
  await on(operator).sees('team:invite.notMailed', { email });
  return new URL(data.payload.invitation.url).pathname;
}

it.each(variantsOf(0))(
  'a person who was invited joins, is made viewer, and the log shows it whole: $language $width $theme',
  async (variant) => {
    const cafe = await stage.openCafe({ name: NAME });
    const email = `ada-${nameOf(variant)}@tea.example`;
    await stage.addPerson({ name: 'Ada Stone', email });
    const at = { role: 'owner', programId: cafe.program.id, path: '/team' } as const;
    const owner = await stage.open(browser, variant, at);
    const { page, say } = owner;
    await owner.isAt('team:titles.people');
    // The only owner is told why before it is tried.
    const self = page.getByRole('listitem').filter({ hasText: stage.emailOf.owner });
    await self.getByText(say('team:people.lastOwner')).waitFor();
    expect(await self.getByRole('combobox').isDisabled()).toBe(true);
    const leaving = page.getByRole('region', { name: say('team:leave.title') });
    await leaving.getByText(say('team:people.lastOwner')).waitFor();
    expect(await leaving.getByRole('button').isDisabled()).toBe(true);
    await owner.looks('console-team');
    const path = await invites(owner, email);
    await page.getByRole('heading', { level: 3, name: email }).waitFor();
    await forgetShifts(page);
    await owner.looks('console-team-invited');

    const guest = await stage.visit(browser, variant, path);
    const { field, button, sees } = on(guest);
    await guest.isAt('console:signIn.title');
    await field('console:signIn.email').fill(email);
    await field('console:signIn.password').fill(PASSWORD);
    await button('console:signIn.go').click();
    await guest.isAt('signUp:invite.title');
    const role = say('console:roles.MANAGER');
    await guest.page
      .getByText(say('signUp:invite.offer', { name: 'Teahouse Ltd', role }))
      .waitFor();
    await forgetShifts(guest.page);
    await guest.looks('console-invite');
    await button('signUp:invite.go').dblclick();
    await guest.isAt('today:title');

    const row = page.getByRole('listitem').filter({ hasText: email });
    const choice = row.getByLabel(say('team:people.roleOf', { name: 'Ada Stone' }));
    await choice.selectOption('VIEWER');
    await row.getByRole('button', { name: say('team:people.setRole') }).dblclick();
    await row.locator('.tag').getByText(say('console:roles.VIEWER')).waitFor();

    await guest.goTo(cafe.program.id, '/team');
    await guest.isAt('team:titles.people');
    expect(await button('team:invite.go').isDisabled()).toBe(true);
    await sees('console:only.OWNER');
    await guest.looks('console-team-viewer');
    await guest.watched.context.close();

    await page.getByRole('link', { name: say('team:tabs.log'), exact: true }).click();
    await owner.isAt('team:titles.log');
    await on(owner).field('team:log.what').selectOption('teamRoleSet');
    await page.waitForURL(/mutation=teamRoleSet/);
    const entries = page.getByRole('listitem');
    await entries.first().getByText(say('team:deeds.teamRoleSet')).waitFor();
    await entries
      .first()
      .getByText(/^(Entry|第) /)
      .click();
    await entries
      .first()
      .locator('dd')
      .getByText(/^viewer$/i)
      .first()
      .waitFor();
    await on(owner).button('team:check.go').click();
    await page.locator('.team-whole').waitFor();
    await forgetShifts(page);
    await owner.looks('console-log');
    const file = page.waitForEvent('download');
    await on(owner).button('console:list.csv').click();
    expect((await file).suggestedFilename()).toBe('audit-log.csv');

    await owner.goTo(cafe.program.id, '/team');
    await row.getByRole('button', { name: say('team:people.remove') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: say('team:people.remove') }).dblclick();
    await row.first().waitFor({ state: 'detached' });
    await owner.watched.context.close();
  },
);

const operatorOf = async (cafe: Cafe): Promise<string> => {
  const query = '{ program { operatorAccount { address } } }';
  const { program } = await cafe.ask<{ program: { operatorAccount: { address: string } } }>(query);
  return program.operatorAccount.address;
};
const changeState = async (cafe: Cafe, number: number): Promise<string> => {
  const query = `{ program { change(number: ${number}) { state } } }`;
  return (await cafe.ask<{ program: { change: { state: string } } }>(query)).program.change.state;
};

/** Announces other small print: stored, looked at, and told to everybody. */
async function announcesPrint(operator: Operator, programId: string): Promise<void> {
  const { page, say } = operator;
  const { field, button, sees } = on(operator);
  await operator.goTo(programId, '/settings/print');
  await operator.isAt('settings:titles.print');
  await field('settings:print.text').fill('# Terms\n\nTea only. 只供茶饮。');
  await button('settings:print.store').click();
  await sees('settings:print.hurts');
  await page.getByLabel(say('settings:print.iKnow')).check();
  await page.getByLabel(say('settings:handOver.type', { name: NAME })).fill(NAME);
  await forgetShifts(page);
  await operator.looks('console-print');
  await button('settings:print.go').dblclick();
  await page.locator('.transaction-status.done').waitFor();
}

it.each(variantsOf(2))(
  'the role is handed over to a wallet, which then signs what a page asks for: $language $width $theme',
  { timeout: 300_000 },
  async (variant) => {
    const cafe = await stage.openCafe({ name: NAME });
    const programId = cafe.program.id;
    const wallet = await createScriptedWallet(stage.service.foundation.anvil.url);
    const operator = await stage.open(browser, variant, {
      ...{ role: 'owner', programId, path: '/settings' },
      prepare: (page) => wallet.enter(page),
    });
    const { page, say } = operator;
    const { field, button, sees } = on(operator);
    const dialog = page.getByRole('dialog');
    await operator.isAt('settings:titles.forEver');
    await page.getByText(cafe.program.charter).first().waitFor();
    await sees('settings:gas.title');
    await operator.looks('console-settings');
    await announcesPrint(operator, programId);

    await page.getByRole('link', { name: say('settings:tabs.operator'), exact: true }).click();
    await operator.isAt('settings:titles.operator');
    await sees('settings:operator.service');
    await field('settings:handOver.address').fill('0x12');
    await button('settings:handOver.go').click();
    await sees('settings:handOver.noAddress');
    await button('settings:handOver.take', { wallet: WALLET_NAME }).click();
    await expect.poll(() => field('settings:handOver.address').inputValue()).toBe(wallet.address);
    await button('settings:handOver.go').click();
    const go = dialog.getByRole('button', { name: say('settings:handOver.go') });
    await go.waitFor();
    expect(await go.isDisabled()).toBe(true);
    await dialog.getByLabel(say('settings:handOver.type', { name: NAME })).fill(NAME);
    await forgetShifts(page);
    await operator.looks('console-hand-over');
    await go.dblclick();
    await sees('settings:offered.title');
    // The offer is on the chain: it is there after a reload.
    await strikesAreOver(page);
    await page.reload();
    await sees('settings:offered.title');
    await forgetShifts(page);
    await operator.looks('console-offered');

    const sign = dialog.getByRole('button', { name: WALLET_NAME, exact: true });
    wallet.next('eth_signTypedData_v4', 'reject');
    await button('settings:offered.accept').click();
    await sign.waitFor();
    await forgetShifts(page);
    await operator.looks('console-sign');
    await sign.click();
    await expect.poll(() => wallet.paramsOf('eth_signTypedData_v4').length).toBe(1);
    await sign.click();
    await sees('settings:operator.ownWallet');
    expect(await operatorOf(cafe)).toBe(wallet.address);

    // In a browser without it, the page says who has to sign, and nothing is sent.
    const path = '/changes/1';
    const other = await stage.open(browser, variant, { role: 'owner', programId, path });
    const withdraw = async ({ page: at }: Operator): Promise<void> => {
      await at.getByRole('button', { name: say('changes:acts.withdraw'), exact: true }).click();
      await at.getByLabel(say('changes:acts.iKnow')).check();
      await at.getByRole('button', { name: say('changes:acts.withdrawNow') }).click();
    };
    await withdraw(other);
    await on(other).sees('signing:none.title');
    await other.page.getByRole('dialog').getByText(wallet.address).first().waitFor();
    await forgetShifts(other.page);
    await other.looks('console-sign-elsewhere');
    await on(other).button('signing:leave').click();
    await other.page.getByRole('dialog').waitFor({ state: 'detached' });
    await other.watched.context.close();

    // A page that knows nothing of wallets has its write signed.
    await operator.goTo(programId, path);
    await withdraw(operator);
    await sees('signing:call.changeWithdraw', { number: 1 });
    await sign.click();
    await expect.poll(() => changeState(cafe, 1)).toBe('WITHDRAWN');
    expect(wallet.paramsOf('eth_signTypedData_v4')).toHaveLength(3);
    expect(wallet.paramsOf('eth_sendTransaction')).toHaveLength(0);
    wallet.close();
    await operator.watched.context.close();
  },
);

it('a stolen key is ended at once, and its app goes on with another', async () => {
  const cafe = await stage.openCafe({ name: NAME });
  const variant = { language: 'en', width: 1280, theme: 'dark' } as const;
  const at = { role: 'owner', programId: cafe.program.id, path: '/developers' } as const;
  const operator = await stage.open(browser, variant, at);
  const { page, say } = operator;
  const { field, button, sees } = on(operator);
  const make = async (name: string): Promise<string> => {
    await button('developers:keys.new').click();
    await field('developers:keys.name').fill(name);
    await button('developers:keys.make').click();
    await sees('developers:keys.isMade');
    const key = await page.locator('.dev-key').innerText();
    await button('developers:kept').click();
    return key;
  };
  const codeWith = async (key: string): Promise<unknown> => {
    const { errors } = await stage.service.ask(key, '{ program { name } }');
    return errors?.[0]?.extensions['code'] ?? null;
  };
  await operator.isAt('developers:titles.keys');
  const stolen = await make('till');
  const fresh = await make('new till');
  expect(await codeWith(stolen)).toBeNull();
  const row = page.getByRole('listitem').filter({ hasText: /^till/ });
  await row.getByRole('button', { name: say('developers:keys.revoke') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: say('developers:keys.revoke') }).dblclick();
  await row.getByText(say('developers:keys.revoked'), { exact: true }).waitFor();
  expect([await codeWith(stolen), await codeWith(fresh)]).toEqual(['UNAUTHENTICATED', null]);
});
