import { setTimeout as delay } from 'node:timers/promises';
import type { Page, Route } from 'playwright-core';
import { sendOn } from '../../sendOn.ts';

/** How long a page has to take in what is new, how often it is looked at, and every how many looks it is told that the person is back. */
const PATIENCE_MS = 120_000;
const LOOK_MS = 200;
const LOOKS_A_CALL = 10;

interface PressedWindow {
  /** What was pressed last, and by which words it is found once it was drawn anew. */
  pressed?: { readonly element: HTMLElement; readonly words: string };
}

/** Keeps in a page what was pressed last, by mouse or keyboard. */
export const rememberPressed = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const remember = (event: Event): void => {
      const target = event.target instanceof Element ? event.target : null;
      const element = target?.closest<HTMLElement>('button, a[href], [role="button"]');
      // The second press of a hand that trembles is none: the buttons may have moved below it.
      if (element == null || (event instanceof MouseEvent && event.detail > 1)) return;
      const words = element.textContent.trim();
      Object.assign(globalThis, { pressed: { element, words } });
    };
    document.addEventListener('click', remember, true);
  });

/** All that is typed and chosen on a page, in its order. */
const typedOn = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
        'input, textarea, select',
      ),
    ].map((field) =>
      field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type)
        ? `${field.type} ${field.checked}`
        : field.value,
    ),
  );

/** Presses what was pressed last, once it is on. @returns what is in the way */
const pressAgain = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const { pressed } = globalThis as unknown as PressedWindow;
    if (pressed === undefined) return 'nothing was ever pressed';
    const all = [...document.querySelectorAll<HTMLElement>('button, a[href]')];
    const found = pressed.element.isConnected
      ? pressed.element
      : all.findLast((each) => each.textContent.trim() === pressed.words);
    if (found === undefined) return `there is no ${pressed.words} any more`;
    if (found.matches(':disabled, [data-loading]')) return `${pressed.words} is off`;
    found.click();
    return null;
  });

/** Tells again and again that the person is back, until something is no longer in the way. */
async function untilFree(page: Page, what: () => Promise<string | null>): Promise<void> {
  let inTheWay: string | null = null;
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (let looks = 1; performance.now() < giveUpAt; looks += 1) {
    inTheWay = await what();
    if (inTheWay === null) return;
    if (looks % LOOKS_A_CALL === 0) {
      await page.evaluate(() => void dispatchEvent(new Event('online')));
    }
    await delay(LOOK_MS);
  }
  throw new Error(`the role was taken and given back: ${inTheWay}`);
}

/**
 * The role is too low by the time that a write arrives, and is given back: the page says so in words, has lost nothing that was
 * typed, and the same control has it done.
 */
export async function takeRole({
  page,
  route,
  forbidden,
  becomes,
  whileHeld,
}: {
  readonly page: Page;
  readonly route: Route;
  readonly forbidden: string;
  readonly becomes: (role: 'viewer' | 'own') => Promise<void>;
  /** Waits for the answers to what else the page has asked, and holds up what it asks meanwhile: it would be answered as to a viewer. */
  readonly whileHeld: <Result>(work: () => Promise<Result>) => Promise<Result>;
}): Promise<void> {
  const [before, response, body] = await whileHeld(async () => {
    const typed = await typedOn(page);
    await becomes('viewer');
    try {
      const answer = await sendOn(route);
      return [typed, answer, await answer.text()] as const;
    } finally {
      await becomes('own');
    }
  });
  if (!body.includes('FORBIDDEN')) throw new Error(`a viewer did it: ${body}`);
  await route.fulfill({ response, body });
  await untilFree(page, async () => {
    const isSaid = await page.evaluate(
      (words) => document.body.innerText.includes(words),
      forbidden,
    );
    return isSaid ? null : `the page does not say that it is not for this role: ${body}`;
  });
  const after = await typedOn(page);
  if (JSON.stringify(after) !== JSON.stringify(before)) {
    throw new Error(`what was typed is lost: ${before.join(' | ')} -> ${after.join(' | ')}`);
  }
  await untilFree(page, () => pressAgain(page));
}
