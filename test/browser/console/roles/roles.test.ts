import type { Role } from '@dewpoint/server/domain/organisations/roles.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser, type Variant } from '../../openBrowser.ts';
import type { ConsoleStage, Operator } from '../consoleStage.ts';
import type { Least } from '../never/row.ts';
import type { ControlRow, Looker } from './controlRow.ts';
import { CONTROL_ROWS } from './rows/everyRow.ts';
import { PLACES, type Place, type PlaceName } from './places.ts';
import { openWorld, type RolesWorld } from './world.ts';

const VARIANT: Variant = { language: 'en', width: 1280, theme: 'light' };
/** Of each role that is enough the highest that is not, and the least that is. */
const BELOW: Readonly<Record<Least, Role>> = {
  ...{ OWNER: 'manager', MANAGER: 'fulfiller', FULFILLER: 'viewer' },
};
const LEAST: Readonly<Record<Least, Role>> = {
  ...{ OWNER: 'owner', MANAGER: 'manager', FULFILLER: 'fulfiller' },
};
const MUTATION = /^\s*mutation (\w+)/m;

/** One tab of a person: it goes from page to page as a click on a link does. */
interface Tab extends Looker {
  readonly operator: Operator;
  /** Documents of mutations that it sent. */
  readonly sent: string[];
}

let world: RolesWorld;
let browser: OpenBrowser;
const tabs = new Map<Role, Tab>();

async function openTab(stage: ConsoleStage, role: Role, programId: string): Promise<Tab> {
  const at = { role, programId, isLetAlone: true } as const;
  const operator = await stage.open(browser, VARIANT, at);
  const { page, say } = operator;
  const sent: string[] = [];
  page.on('request', (request) => {
    if (!request.url().endsWith('/console/graphql')) return;
    const { query } = JSON.parse(request.postData() ?? '{}') as { readonly query?: string };
    const [, name] = MUTATION.exec(query ?? '') ?? [];
    if (name !== undefined) sent.push(name);
  });
  const tab: Tab = {
    ...{ operator, page, say, sent },
    field: (key, values = {}) => page.getByLabel(say(key, values), { exact: true }).first(),
    button: (key) => page.getByRole('button', { name: say(key), exact: true }).first(),
  };
  tabs.set(role, tab);
  return tab;
}

const tabOf = async (role: Role): Promise<Tab> =>
  tabs.get(role) ?? openTab(world.stage, role, world.cafe.program.id);

beforeAll(async () => {
  browser = await openBrowser();
  const ownerPage = async (stage: ConsoleStage, programId: string): Promise<Page> =>
    (await openTab(stage, 'owner', programId)).page;
  world = await openWorld(ownerPage);
});
afterAll(async () => {
  await browser?.close();
  await world?.stage.releaseBlocks();
  await world?.close();
});

const programIn = (path: string): string => path.split('/').slice(0, 4).join('/');

/** Goes to a page, and waits until all of it is there. */
async function goTo(tab: Tab, place: Place): Promise<void> {
  const { page } = tab;
  const path = place.path(world);
  const isSame = programIn(new URL(page.url()).pathname) === programIn(path);
  if (isSame) await page.evaluate((to) => history.pushState(null, '', to), path);
  else await page.goto(`${world.stage.service.url}${path}`);
  await page.getByRole('heading', { level: 1, name: place.title(tab), exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelector('main [aria-busy="true"]') === null);
  await place.reach?.(tab);
}

/** It is off, says who may to those who see and to those who hear, and does nothing when it is pressed all the same. */
async function isOff(tab: Tab, { control, instead, needs }: ControlRow): Promise<void> {
  if (instead !== undefined) {
    await instead(tab).first().waitFor();
    expect(await control(tab).count()).toBe(0);
    return;
  }
  const gate = control(tab);
  await gate.waitFor();
  expect(await gate.isDisabled()).toBe(true);
  const note = await gate.getAttribute('aria-describedby');
  const words = tab.page.locator(`[id="${note}"]`);
  expect(await words.innerText()).toBe(tab.say(`console:only.${needs}`));
  expect(await words.isVisible()).toBe(true);
  await gate.evaluate((element: HTMLElement) => element.click());
  await gate.click({ force: true });
}

async function isOn(tab: Tab, { control, ready, instead }: ControlRow): Promise<void> {
  const gate = control(tab);
  await gate.first().waitFor();
  await ready?.(tab);
  await expect.poll(() => gate.first().isEnabled()).toBe(true);
  if (instead !== undefined) expect(await instead(tab).count()).toBe(0);
}

it.each(Object.keys(PLACES) as PlaceName[])('says on each control of %s who may', async (name) => {
  const place: Place = PLACES[name];
  const rows = CONTROL_ROWS.filter((row) => row.place === name);
  const roles = [...new Set(rows.flatMap(({ needs }) => [BELOW[needs], LEAST[needs]]))];
  expect(rows.length).toBeGreaterThan(0);
  await place.before?.(world);
  for (const role of roles) {
    const tab = await tabOf(role);
    const before = tab.sent.length;
    await goTo(tab, place);
    const off = rows.filter(({ needs }) => BELOW[needs] === role);
    for (const row of off) await isOff(tab, row);
    // What a press has sent is sent before the next picture.
    await tab.page.evaluate(() => new Promise(requestAnimationFrame));
    const names = off.map(({ mutation }) => mutation);
    expect(tab.sent.slice(before).filter((sent) => names.includes(sent))).toEqual([]);
    for (const row of rows) if (LEAST[row.needs] === role) await isOn(tab, row);
    expect(tab.operator.watched.problems).toEqual([]);
  }
});

it('has seen what is sent', () => {
  const sent = tabs.get('manager')?.sent ?? [];
  expect(sent).toContain('ContractOutlook');
  expect(sent).toContain('DocumentPut');
});
