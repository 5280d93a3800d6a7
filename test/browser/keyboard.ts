import type { Locator, Page } from 'playwright-core';

/** More than any page has before what a story is about. */
const MOST_TABS = 120;
const PATIENCE_MS = 60_000;

const isThere = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement);

/** Goes from control to control until one is reached, as a person without a mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await isThere(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${String(target)}`);
}

/** Waits until something has the focus, as after everything that is done: a button may be off for a moment. */
export async function keepsFocus(page: Page, after: string): Promise<void> {
  const isKept = (): boolean => {
    const { activeElement, body } = document;
    return activeElement !== null && activeElement !== body;
  };
  await page
    .waitForFunction(isKept, undefined, { timeout: PATIENCE_MS })
    .catch((error: unknown) => {
      throw new Error(`the focus is lost after ${after}`, { cause: error });
    });
}

/** Waits until one thing has the focus. */
export async function getsFocus(target: Locator): Promise<void> {
  await target.waitFor();
  const until = Date.now() + PATIENCE_MS;
  while (!(await isThere(target))) {
    if (Date.now() > until) {
      const has = await target
        .page()
        .evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
      throw new Error(`${String(target)} has no focus, but ${has}`);
    }
    await target.page().waitForTimeout(50);
  }
}
