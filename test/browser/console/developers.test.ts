import { openMailbox, type Mailbox } from '@dewpoint/server/testing/people/mailbox.ts';
import { PASSWORD } from '@dewpoint/server/testing/people/people.ts';
import { startReceiver, type Receiver } from '@dewpoint/server/testing/webhooks/receiver.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser, type Variant } from '../openBrowser.ts';
import { forgetShifts } from '../pageChecks.ts';
import { variantsOf } from '../variants.ts';
import type { Cafe } from '../wallet/walletService.ts';
import { startConsole, type ConsoleStage, type Operator } from './consoleStage.ts';
import { on } from './controls.ts';
import { isStruckAsListed, strikesAreOver } from './strikes/strikes.ts';

let mailbox: Mailbox;
let receiver: Receiver;
let stage: ConsoleStage;
let browser: OpenBrowser;
let cafe: Cafe;
beforeAll(async () => {
  [mailbox, receiver] = await Promise.all([openMailbox(), startReceiver()]);
  const env = { SMTP_URL: mailbox.url, DEWPOINT_MAIL_FROM: 'Dewpoint <points@shop.example>' };
  [stage, browser] = await Promise.all([startConsole({ env }), openBrowser()]);
  cafe = await stage.openCafe({ name: 'Dewdrop Café' });
});
afterAll(isStruckAsListed);
afterAll(async () => {
  await browser?.close();
  await stage?.close();
  await receiver?.close();
  await mailbox?.close();
});

const VERIFY = /\/auth\/verify-email/;
const NEW_PASSWORD = /\/console\/new-password/;

/** Runs the code of the page as a terminal would. @param change of what is sent */
async function run(page: Page, change: (body: string) => string = (body) => body): Promise<string> {
  const code = await page.locator('.dev-code code').first().innerText();
  const [, key = ''] = /Bearer (\S+)'/.exec(code) ?? [];
  const [, body = ''] = /-d '(.*)'$/s.exec(code) ?? [];
  const response = await fetch(`${new URL(page.url()).origin}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: change(body),
  });
  return response.text();
}

const nameOf = ({ language, width, theme }: Variant): string => `${language}-${width}-${theme}`;

async function signsUp(operator: Operator, email: string, organisation: string): Promise<void> {
  const { page } = operator;
  const { field, press } = on(operator);
  await operator.isAt('console:signIn.title');
  await page.getByRole('link', { name: operator.say('console:signIn.signUp') }).click();
  await operator.isAt('signUp:title');
  await operator.looks('console-sign-up');
  await field('signUp:name').fill('Lin Mei');
  await field('signUp:organisation').fill(organisation);
  await field('signUp:email').fill(email);
  await field('signUp:password').fill('short');
  await press('signUp:go');
  await on(operator).sees('console:authErrors.PASSWORD_TOO_SHORT');
  await field('signUp:password').fill(PASSWORD);
  await press('signUp:go');
  await operator.isAt('signUp:letter.title');
  await page.goto(await mailbox.link(email, VERIFY));
  await operator.isAt('signUp:verified.title');
  await operator.looks('console-verified');
  await field('console:signIn.email').fill(email);
  await field('console:signIn.password').fill(PASSWORD);
  await press('console:signIn.go');
  await operator.isAt('signUp:newOrganisation.title');
  expect(await field('signUp:organisation').inputValue()).toBe(organisation);
  await operator.looks('console-new-organisation');
  await page.getByRole('button', { name: operator.say('signUp:newOrganisation.go') }).dblclick();
}

async function createsProgram(operator: Operator, name: string): Promise<void> {
  const { page, say } = operator;
  const { field, press, sees } = on(operator);
  await operator.isAt('newProgram:title');
  await press('newProgram:next');
  await sees('newProgram:bad.empty');
  await field('newProgram:fields.name.label').fill(name);
  await field('newProgram:fields.symbol.label').fill('DEW');
  await operator.looks('console-new-1');
  await press('newProgram:next');
  await operator.looks('console-new-2');
  await press('newProgram:next');
  await operator.looks('console-new-3');
  await press('newProgram:next');
  // What was chosen is still there after a reload.
  await page.reload();
  const token = page.getByLabel(say('newProgram:fields.token.label'), { exact: true });
  await token.fill('0x000000000000000000000000000000000000dEaD');
  await press('newProgram:check');
  await sees('newProgram:bad.NOT_A_TOKEN');
  await token.fill(cafe.program.settlementToken.address);
  await operator.looks('console-new-4');
  await press('newProgram:check');
  await page.getByLabel(say('newProgram:confirm.type', { name })).fill(name);
  // What was asked for moved it.
  await forgetShifts(page);
  await operator.looks('console-new-5');
  await page.getByRole('button', { name: say('newProgram:confirm.go.TEST') }).dblclick();
  await page.reload();
  await strikesAreOver(page);
}

it.each(variantsOf(1))(
  'a new person signs up, creates a program and sees its first drop, $language $width $theme',
  async (variant) => {
    const email = `${nameOf(variant)}@tea.example`;
    const operator = await stage.visit(browser, variant, '/console');
    const { page, say } = operator;
    const { press, sees } = on(operator);
    await signsUp(operator, email, `Tea ${nameOf(variant)}`);
    const name = `Dew ${nameOf(variant)}`;
    await createsProgram(operator, name);
    await operator.isAt('developers:titles.connect');
    await sees('developers:live.waiting');
    await press('developers:keys.make');
    await sees('developers:keys.isMade');
    // What was asked for moved it.
    await forgetShifts(page);
    await operator.looks('console-connect');
    expect(await run(page, (body) => body.replace('"purchase"', '"purchas"'))).toContain(
      'UNKNOWN_RULE',
    );
    await sees('developers:reasons.UNKNOWN_RULE');
    expect(await run(page)).toContain('RECORDED');
    await page.locator('.dev-arrived').getByText('mei').first().waitFor();
    // The clock is that of other organisations too.
    await press('developers:clock.NEXT_DAY');
    await sees('developers:clock.fixed');
    await press('developers:member.go');
    const link = page.getByRole('link', { name: say('developers:member.open', { member: 'mei' }) });
    await link.waitFor();
    await forgetShifts(page);
    await operator.looks('console-first-drop');
    const wallet = page.context().waitForEvent('page');
    await link.click();
    await (await wallet).getByText(name).first().waitFor();
    // It was created once, whatever was clicked and loaded again.
    const programs = await stage.service.services.programs.list();
    expect(programs.filter((each) => each.name === name)).toHaveLength(1);
  },
);

it.each(variantsOf(2))(
  'a key is made, replaced and revoked, and the wallet is put into a page, $language $width $theme',
  async (variant) => {
    await cafe.record('mei', [{ rule: 'visit' }]);
    const operator = await stage.open(browser, variant, {
      ...{ role: 'owner', programId: cafe.program.id, path: '/developers' },
    });
    const { page, say } = operator;
    const { field, press, sees } = on(operator);
    const name = `till ${nameOf(variant)}`;
    await operator.isAt('developers:titles.keys');
    await press('developers:keys.new');
    await field('developers:keys.name').fill(name);
    await press('developers:keys.make');
    const row = page.getByRole('listitem').filter({ hasText: name });
    await sees('developers:keys.isMade');
    await row.first().waitFor();
    // The form made room for the secret.
    await forgetShifts(page);
    await operator.looks('console-keys');
    await press('developers:kept');
    const dialog = page.getByRole('dialog');
    await row
      .getByRole('button', { name: say('developers:keys.rotate') })
      .first()
      .click();
    await dialog.getByRole('button', { name: say('developers:keys.rotate') }).click();
    await sees('developers:keys.rotated');
    await press('developers:kept');
    await row
      .getByRole('button', { name: say('developers:keys.revoke') })
      .first()
      .click();
    await dialog.getByRole('button', { name: say('developers:keys.revoke') }).waitFor();
    await forgetShifts(page);
    await operator.looks('console-key-revoke');
    await dialog.getByRole('button', { name: say('developers:keys.revoke') }).dblclick();
    await row.getByText(say('developers:keys.revoked'), { exact: true }).waitFor();
    await operator.goTo(cafe.program.id, '/developers/embed');
    await operator.isAt('developers:titles.embed');
    const origins = page.getByLabel(say('developers:embed.originsLabel'));
    await origins.fill('https://shop.example/path');
    await press('developers:embed.save');
    await sees('developers:embed.wrongOrigin', { origin: 'https://shop.example/path' });
    await origins.fill('https://shop.example');
    await press('developers:embed.save');
    await page.getByText(say('shared:write.MINED'), { exact: true }).waitFor();
    await page.frameLocator('.dev-preview iframe').getByRole('heading').first().waitFor();
    await forgetShifts(page);
    await operator.looks('console-embed');
    await stage.service.ask(
      cafe.key,
      `mutation { actionsRecord(input: { actions: [{ memberId: "mei", eventId: "1", rule: "dance" }] }) { results { code } } }`,
    );
    await operator.goTo(cafe.program.id, '/developers/refused');
    await operator.isAt('developers:titles.refused');
    await page.getByRole('cell', { name: /mei/ }).first().waitFor();
    await operator.looks('console-refused');
  },
);

it.each(variantsOf(3))(
  'a webhook that failed is sent again, $language $width $theme',
  async (variant) => {
    let isBroken = true;
    receiver.answerBy(() => (isBroken ? { status: 500, body: 'out of tea' } : { status: 200 }));
    const operator = await stage.open(browser, variant, {
      ...{ role: 'manager', programId: cafe.program.id, path: '/developers/webhooks' },
    });
    const { page, say } = operator;
    const { field, press, sees } = on(operator);
    const url = `${receiver.url}/${nameOf(variant)}`;
    await operator.isAt('developers:titles.webhooks');
    await press('developers:hooks.new');
    await field('developers:hooks.url').fill('http://shop.example/hook');
    await press('developers:hooks.make');
    await sees('developers:hookErrors.URL_NOT_ALLOWED');
    await field('developers:hooks.url').fill(url);
    await press('developers:hooks.make');
    await sees('developers:hooks.isMade');
    await page.getByRole('link', { name: url }).waitFor();
    // The form made room for the secret.
    await forgetShifts(page);
    await operator.looks('console-webhooks');
    await page.getByRole('link', { name: url }).click();
    await operator.isAt('developers:titles.endpoint');
    await press('developers:hooks.testGo');
    const row = page.getByRole('listitem').filter({ hasText: 'webhook.test' }).first();
    await row.getByText(say('developers:log.states.RETRYING'), { exact: true }).waitFor();
    await row.locator('summary').click();
    await row.getByText('out of tea').first().waitFor();
    // What is said of the write goes once its answer is there.
    const tests = { name: say('developers:hooks.testGo'), exact: true, disabled: false };
    await page.getByRole('button', tests).waitFor();
    await forgetShifts(page);
    await operator.looks('console-endpoint');
    isBroken = false;
    await row.getByRole('button', { name: say('developers:log.resend') }).click();
    await row.getByText(say('developers:log.states.DELIVERED'), { exact: true }).waitFor();
    await press('developers:secret.rotate');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: say('developers:secret.rotate') }).click();
    await sees('developers:secret.isMade');
  },
);

it('a forgotten password is chosen anew by the link of a letter', async () => {
  const variant = { language: 'zh', width: 390, theme: 'dark' } as const;
  const operator = await stage.visit(browser, variant, '/console/forgotten');
  const { page } = operator;
  const { field, press, sees } = on(operator);
  await operator.isAt('signUp:forgotten.title');
  await operator.looks('console-forgotten');
  await field('signUp:email').fill(stage.emailOf.fulfiller);
  await press('signUp:forgotten.go');
  await page.goto(await mailbox.link(stage.emailOf.fulfiller, NEW_PASSWORD));
  await operator.isAt('signUp:newPassword.title');
  await operator.looks('console-new-password');
  await field('signUp:newPassword.label').fill('another horse battery');
  await press('signUp:newPassword.go');
  await operator.isAt('signUp:newPassword.done');
  // The link is good once.
  await page.goBack();
  await page.goto(await mailbox.link(stage.emailOf.fulfiller, NEW_PASSWORD));
  await field('signUp:newPassword.label').fill('a third horse battery');
  await press('signUp:newPassword.go');
  await sees('console:authErrors.INVALID_TOKEN');
});

/** Asks a person to join, as an owner of the team. @returns the link of the letter */
async function invites(email: string): Promise<string> {
  const variant = { language: 'en', width: 1280, theme: 'light' } as const;
  const at = { role: 'owner', programId: cafe.program.id } as const;
  const { page } = await stage.open(browser, variant, at);
  await page.evaluate(async (to) => {
    const headers = { 'dewpoint-console': '1', 'dewpoint-organisation': 'teahouse' };
    const query = `mutation { invitationCreate(input: { email: "${to}", role: VIEWER, idempotencyKey: "${to}" }) { userErrors { message } } }`;
    await fetch('/console/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
  }, email);
  return mailbox.link(email, /\/console\/invite/);
}

it('who was invited signs up, accepts, and is at the program', async () => {
  const email = 'newcomer@tea.example';
  const link = await invites(email);
  const variant = { language: 'en', width: 390, theme: 'light' } as const;
  const operator = await stage.visit(browser, variant, new URL(link).pathname);
  const { page, say } = operator;
  const { field, press, sees } = on(operator);
  await operator.isAt('console:signIn.title');
  await page.getByRole('link', { name: say('console:signIn.signUp') }).click();
  await sees('signUp:leadInvited');
  await field('signUp:name').fill('New Comer');
  await field('signUp:email').fill(email);
  await field('signUp:password').fill(PASSWORD);
  await press('signUp:go');
  await page.goto(await mailbox.link(email, VERIFY));
  await field('console:signIn.email').fill(email);
  await field('console:signIn.password').fill(PASSWORD);
  await press('console:signIn.go');
  await operator.isAt('signUp:invite.title');
  await operator.looks('console-invite');
  await press('signUp:invite.go');
  await operator.isAt('today:title');
  // It was for one, and once.
  await page.goto(link);
  await sees('signUp:invite.notYours', { email });
  await page.goto(`${new URL(link).origin}/console/verified?error=TOKEN_EXPIRED`);
  await operator.isAt('signUp:verified.tooOld');
  await operator.looks('console-too-old');
});

it('a viewer sees what there is, and who may do more', async () => {
  const variant = { language: 'zh', width: 1280, theme: 'dark' } as const;
  const at = { role: 'viewer', programId: cafe.program.id, path: '/developers' } as const;
  const operator = await stage.open(browser, variant, at);
  const { page, say } = operator;
  await operator.isAt('developers:titles.keys');
  expect(await page.getByRole('button', { name: say('developers:keys.new') }).isDisabled()).toBe(
    true,
  );
  await on(operator).sees('console:only.OWNER');
  await operator.looks('console-keys-viewer');
  await operator.goTo(cafe.program.id, '/developers/webhooks');
  await on(operator).sees('console:noAccess.title');
  await page.goto(`${stage.service.url}/console/o/teahouse/new`);
  await on(operator).sees('console:noAccess.title');
  await operator.looks('console-new-viewer');
});
