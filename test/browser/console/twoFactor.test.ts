import { readFile } from 'node:fs/promises';
import { nextTotpCode, PASSWORD, totpCode } from '@dewpoint/server/testing/people/people.ts';
import type { Locator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser, type Variant } from '../openBrowser.ts';
import { forgetShifts } from '../pageChecks.ts';
import { variantsOf } from '../variants.ts';
import type { Cafe } from '../wallet/walletService.ts';
import { startConsole, type ConsoleStage, type Operator } from './consoleStage.ts';
import { on } from './controls.ts';

const PLAIN: Variant = { language: 'en', width: 1280, theme: 'light' };
const WRONG = 'wrong horse battery';

let stage: ConsoleStage;
let browser: OpenBrowser;
let cafe: Cafe;
beforeAll(async () => {
  [stage, browser] = await Promise.all([startConsole(), openBrowser()]);
  cafe = await stage.openCafe({ name: 'Dewdrop Café' });
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

const hasFocus = (target: Locator): Promise<void> =>
  expect.poll(() => target.evaluate((element) => element === document.activeElement)).toBe(true);

/** Comes to the own page with the password, from an address of its own. */
async function comes(variant: Variant, email: string): Promise<Operator> {
  const operator = await stage.visit(browser, variant, `/console/p/${cafe.program.id}/team/you`);
  await operator.isAt('console:signIn.title');
  const { field, button } = on(operator);
  await field('console:signIn.email').fill(email);
  await field('console:signIn.password').fill(PASSWORD);
  await button('console:signIn.go').click();
  return operator;
}

/** Begins to set it up. @returns what the app is handed, as the page shows it to the eye */
async function begins(operator: Operator): Promise<string> {
  const { page, say } = operator;
  await on(operator).button('team:twoFactor.setUp').click();
  await hasFocus(on(operator).field('console:signIn.password'));
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await hasFocus(page.getByRole('heading', { name: say('team:twoFactor.scan'), exact: true }));
  const secret = (await page.locator('.you-secret').innerText()).replaceAll(' ', '');
  return `otpauth://totp/Dewpoint?secret=${secret}`;
}

/** Reads the backup codes, and says that they are kept. */
async function keeps(operator: Operator): Promise<readonly string[]> {
  const { page, say } = operator;
  await hasFocus(page.getByRole('heading', { name: say('team:twoFactor.codes'), exact: true }));
  const codes = await page.locator('.you-codes code').allInnerTexts();
  expect(new Set(codes).size).toBe(10);
  const file = page.waitForEvent('download');
  await on(operator).button('team:twoFactor.saveCodes').click();
  const saved = await readFile(await (await file).path(), 'utf8');
  expect(saved.split('\n').filter((line) => codes.includes(line))).toEqual(codes);
  await forgetShifts(page);
  await operator.looks('console-you-codes');
  await on(operator).button('team:twoFactor.kept').click();
  await hasFocus(page.getByRole('heading', { name: say('team:twoFactor.title'), exact: true }));
  expect(await page.getByText(codes[0] ?? '').count()).toBe(0);
  return codes;
}

async function types(page: Page, field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await page.keyboard.press('Enter');
}

it.each(variantsOf(3))(
  'an owner sets an app up, signs in without it, and turns it off: $language $width $theme',
  { timeout: 300_000 },
  async (variant) => {
    const email = `app-${variant.language}-${variant.width}@tea.example`;
    await stage.addPerson({ name: 'Ann Stone', email, role: 'owner' });
    const owner = await comes(variant, email);
    const { page, say } = owner;
    const { field, button, sees } = on(owner);
    await owner.isAt('team:titles.you');
    await sees('team:twoFactor.whyOwner');
    await sees('team:twoFactor.off');
    await owner.looks('console-you-off');

    await button('team:twoFactor.setUp').click();
    await types(page, field('console:signIn.password'), WRONG);
    await sees('console:authErrors.INVALID_PASSWORD');
    await hasFocus(field('console:signIn.password'));
    await button('console:ask.leave').click();
    const first = await begins(owner);
    await forgetShifts(page);
    await owner.looks('console-you-scan');

    // Left half way, nothing is on, and it begins again with another secret.
    await page.reload();
    await owner.isAt('team:titles.you');
    await sees('team:twoFactor.off');
    const uri = await begins(owner);
    expect(uri).not.toBe(first);
    const code = field('team:twoFactor.code');
    await types(page, code, '12345');
    await sees('team:twoFactor.sixDigits');
    await types(page, code, totpCode(first));
    await sees('console:authErrors.INVALID_CODE');
    await hasFocus(code);
    await sees('team:twoFactor.off');
    const digits = totpCode(uri);
    await types(page, code, `${digits.slice(0, 3)} ${digits.slice(3)}`);
    const codes = await keeps(owner);
    await sees('team:twoFactor.on');
    await owner.looks('console-you-on');
    await page.getByRole('link', { name: say('team:tabs.people'), exact: true }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: email })
      .getByText(say('team:people.twoFactor'), { exact: true })
      .waitFor();

    // Somewhere else, without the phone: each backup code once.
    for (const isFirst of [true, false]) {
      const elsewhere = await comes(variant, email);
      const there = on(elsewhere);
      await hasFocus(there.field('console:signIn.code'));
      await there.button('console:signIn.toBackup').click();
      await hasFocus(there.field('console:signIn.backup'));
      if (isFirst) await elsewhere.looks('console-sign-in-backup');
      await types(
        elsewhere.page,
        there.field('console:signIn.backup'),
        codes[0]?.replace('-', '') ?? '',
      );
      if (isFirst) await elsewhere.isAt('team:titles.you');
      else await there.sees('console:authErrors.INVALID_BACKUP_CODE');
      await elsewhere.watched.context.close();
    }

    await owner.goTo(cafe.program.id, '/team/you');
    await owner.isAt('team:titles.you');
    await button('team:twoFactor.renew').click();
    await types(
      page,
      page.getByRole('dialog').getByLabel(say('console:signIn.password'), { exact: true }),
      PASSWORD,
    );
    const renewed = await keeps(owner);
    expect(renewed.filter((one) => codes.includes(one))).toEqual([]);

    await button('team:twoFactor.turnOff').click();
    const dialog = page.getByRole('dialog');
    await sees('team:twoFactor.turnOffOwner');
    await owner.looks('console-you-turn-off');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await hasFocus(button('team:twoFactor.turnOff'));
    await page.keyboard.press('Enter');
    await hasFocus(dialog.getByLabel(say('console:signIn.password'), { exact: true }));
    await page.keyboard.type(WRONG);
    await page.keyboard.press('Enter');
    await sees('console:authErrors.INVALID_PASSWORD');
    await dialog.getByLabel(say('console:signIn.password'), { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await sees('team:twoFactor.off');
    await dialog.waitFor({ state: 'detached' });
    await hasFocus(page.getByRole('heading', { name: say('team:twoFactor.title'), exact: true }));
    await owner.watched.context.close();

    const later = await comes(variant, email);
    await later.isAt('team:titles.you');
    await later.watched.context.close();
  },
);

/** The service does it, and neither the page nor the browser learns so: not even of the cookie. */
async function loseAnswer(route: Route): Promise<void> {
  const request = route.request();
  const headers = Object.entries(await request.allHeaders()).filter(
    ([name]) => !name.startsWith(':'),
  );
  const answer = await fetch(request.url(), {
    ...{ method: 'POST', body: request.postData() },
    headers: Object.fromEntries(headers),
  });
  if (!answer.ok) throw new Error(`it was not done: ${answer.status}`);
  await route.abort('connectionreset');
}

it('goes on where an answer was lost, and the session with it', async () => {
  const email = 'lost@tea.example';
  await stage.addPerson({ name: 'Lin Rivers', email, role: 'viewer' });
  const viewer = await comes(PLAIN, email);
  const { page, say } = viewer;
  const { field, sees, button } = on(viewer);
  await viewer.isAt('team:titles.you');
  await sees('team:twoFactor.why');
  const uri = await begins(viewer);
  await page.route('**/auth/two-factor/verify-totp', loseAnswer, { times: 1 });
  await types(page, field('team:twoFactor.code'), totpCode(uri));
  // The cookie of before is over: the page asks for the person, who has an app by now.
  const again = page.getByRole('dialog', { name: say('console:signIn.again') });
  await again.getByLabel(say('console:signIn.password'), { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  const code = again.getByLabel(say('console:signIn.code'), { exact: true });
  await types(page, code, nextTotpCode(uri));
  await again.waitFor({ state: 'detached' });
  await keeps(viewer);
  await sees('team:twoFactor.on');

  await page.route('**/auth/two-factor/generate-backup-codes', loseAnswer, { times: 1 });
  await button('team:twoFactor.renew').click();
  const dialog = page.getByRole('dialog');
  const password = dialog.getByLabel(say('console:signIn.password'), { exact: true });
  await types(page, password, PASSWORD);
  await sees('team:twoFactor.lost.renew');
  await page.keyboard.press('Enter');
  await keeps(viewer);

  await page.route('**/auth/two-factor/disable', loseAnswer, { times: 1 });
  await button('team:twoFactor.turnOff').click();
  await types(page, password, PASSWORD);
  await again.getByLabel(say('console:signIn.password'), { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await sees('team:twoFactor.off');
  await dialog.first().waitFor({ state: 'detached' });
  await viewer.watched.context.close();
});
