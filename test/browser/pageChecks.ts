import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** As wide and tall as a finger, in CSS pixels. */
const LEAST_TARGET = 44;
/** Of the Cumulative Layout Shift, over the whole life of a page. */
const MOST_SHIFT = 0.02;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly string[] }[];
  }[];
}
interface WatchedWindow {
  axe?: { run(options: object): Promise<AxeResult> };
  readonly shifts: { at: number; value: number; of: string }[];
  /** What jumped before counts no more. As `performance.now()` has it. */
  readonly shiftsSince: number;
}

/** Watches a page from its first moment on: what it violates of its policy, and what jumps in it. */
export function watchPage(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`policy violated: ${violatedDirective} by ${blockedURI}`),
    );
    const watched = globalThis as unknown as WatchedWindow;
    Object.assign(watched, { shifts: [], shiftsSince: 0 });
    type Shift = PerformanceEntry & {
      readonly value: number;
      readonly hadRecentInput: boolean;
      readonly sources: readonly { readonly node: Node | null }[];
    };
    new PerformanceObserver((list) => {
      for (const { startTime, value, hadRecentInput, sources } of list.getEntries() as Shift[]) {
        const node = sources[0]?.node;
        const of = node instanceof Element ? `${node.tagName}.${node.className}` : 'something';
        // What a touch of the visitor moves is no surprise; and what jumped in a frame is told some time after it.
        const counts = !hadRecentInput && startTime >= watched.shiftsSince;
        if (counts) watched.shifts.push({ at: startTime, value, of });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** Sentences of axe-core, one for each rule that is broken, and of what is wider than the page. */
export async function violationsOn(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the policy of the page does not hold.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  return page.evaluate(async (runOnly) => {
    const { axe: inspector } = globalThis as unknown as Required<WatchedWindow>;
    const { violations } = await inspector.run({ runOnly, resultTypes: ['violations'] });
    const wide = document.documentElement.scrollWidth - innerWidth;
    return [
      ...violations.map(
        ({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')} (${nodes.length})`,
      ),
      ...(wide > 0 ? [`the page is ${wide} px too wide`] : []),
    ];
  }, AXE_RULES);
}

/**
 * What a finger, an eye or a reader would stumble over: targets that are too small, what jumped, and keys of the catalogue in the
 * place of words.
 *
 * @param keys of the catalogue
 */
export function stumblesOn(page: Page, keys: readonly string[]): Promise<string[]> {
  const values = { keys, least: LEAST_TARGET, mostShift: MOST_SHIFT };
  return page.evaluate(({ keys: all, least, mostShift }) => {
    const problems: string[] = [];
    const top = document.querySelector('dialog[open]') ?? document;
    const targets = 'a[href], button, input, select, textarea, summary, [role="button"]';
    for (const target of top.querySelectorAll<HTMLElement>(targets)) {
      if (!target.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      if (target instanceof HTMLInputElement && target.type === 'hidden') continue;
      // Words in a line of text are as tall as the line.
      const isInText =
        target.tagName === 'A' &&
        getComputedStyle(target).display === 'inline' &&
        target.closest('p, li, dd') !== null;
      if (isInText) continue;
      const boxes = [target, target.closest('label')].map((one) => one?.getBoundingClientRect());
      const isBig = boxes.some(
        (box) => box !== undefined && box.width >= least - 0.5 && box.height >= least - 0.5,
      );
      const [box] = boxes;
      const name = target.getAttribute('aria-label') ?? target.textContent;
      if (!isBig) problems.push(`${target.tagName} "${name}" is ${box?.width} x ${box?.height}`);
    }
    const { shifts } = globalThis as unknown as WatchedWindow;
    // The worst window of at most five seconds without a pause of one, as browsers count it.
    let worst = 0;
    let sum = 0;
    let first = 0;
    let last = -Infinity;
    for (const { at, value } of shifts) {
      const isNew = at - last > 1_000 || at - first > 5_000;
      [sum, first, last] = [isNew ? value : sum + value, isNew ? at : first, at];
      worst = Math.max(worst, sum);
    }
    if (worst >= mostShift) {
      const what = shifts.map(({ value, of }) => `${of} ${value.toFixed(3)}`).join(', ');
      problems.push(`it jumps by ${worst.toFixed(3)}: ${what}`);
    }
    const words = document.body.innerText;
    for (const key of all) {
      const isSeen = new RegExp(`(^|[^\\w.])${key.replaceAll('.', '\\.')}($|[^\\w.])`).test(words);
      if (isSeen) problems.push(`the key ${key} is seen`);
    }
    if (/\{\{|\}\}|undefined|NaN|\[object/.test(words)) problems.push('a value is missing');
    return problems;
  }, values);
}

/** Counts what jumps in a page from now on. */
export function forgetShifts(page: Page): Promise<void> {
  return page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    Object.assign(globalThis, { shifts: [], shiftsSince: performance.now() });
  });
}

/**
 * Does something while all of the page is in sight, so that nothing is behind what sticks to the edge of the window. What it moves
 * counts as nothing that jumped. A dialog is looked at as it is.
 */
export async function wholly<T>(page: Page, look: () => Promise<T>): Promise<T> {
  const size = page.viewportSize();
  const height = await page.evaluate(() =>
    document.querySelector('dialog[open]') === null ? document.documentElement.scrollHeight : 0,
  );
  const grows = size !== null && height > size.height;
  if (grows) await page.setViewportSize({ width: size.width, height });
  const found = await look();
  if (grows) await page.setViewportSize(size);
  await forgetShifts(page);
  return found;
}
