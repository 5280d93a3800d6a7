/** Where the focus goes when what had it is gone, and nothing is left to go back to: to the title of the dialog, else of the page. */
const TITLES = ['dialog[open] h2[tabindex]', '[role="dialog"][tabindex]', 'main h1[tabindex]'];
/** What opens over the page, and has the focus until it closes. */
const OVER = 'dialog, [role="dialog"], [role="menu"]';

/** So long a button may be off before the focus goes to the title of its part: it may come back after a write, or not at all. */
const OFF_FOR_MS = 5_000;

const PART = 'section, form, aside, dialog, main';

/** Finds the title of the part that something is in, or of the one around that. */
function titleAbove(element: Element): HTMLElement | null {
  let part = element.closest(PART);
  while (part !== null) {
    const title = part.querySelector<HTMLElement>('h1, h2, h3');
    if (title !== null) return title;
    part = part.parentElement?.closest(PART) ?? null;
  }
  return null;
}

const isOff = (element: Element): boolean => element.matches(':disabled');

/**
 * Keeps the focus of the page where it was: a button that was off for a moment gets it back, or the title of its part where it stays
 * off; what opened a dialog gets it back when that closes; and when what had it goes away, the title above it gets it. Browsers would
 * drop it, and who reads by ear or goes by keyboard would begin at the top.
 *
 * @returns what ends it
 */
export function keepFocus(page: Document): () => void {
  let last: HTMLElement | null = null;
  /** The dialog in which that is. */
  let over: Element | null = null;
  /** What had the focus before a dialog, and in which dialog that was. */
  const before = new WeakMap<
    Element,
    { readonly last: HTMLElement; readonly over: Element | null }
  >();
  const focused = ({ target }: FocusEvent): void => {
    const next = target instanceof HTMLElement && target !== page.body ? target : null;
    const nextOver = next?.closest(OVER) ?? null;
    const isNew = nextOver !== null && nextOver !== over && !before.has(nextOver);
    if (isNew && last !== null) before.set(nextOver, { last, over });
    [last, over] = [next, nextOver];
  };
  // Who touches the ground wants nothing to have the focus; beside a dialog, it closes.
  const touched = (): void => void (last = over?.isConnected === true ? last : null);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const isLost = (): boolean => page.activeElement === null || page.activeElement === page.body;
  const waitFor = (off: HTMLElement): void => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      if (last !== off || !isLost() || !isOff(off)) return mend();
      const title = titleAbove(off);
      if (title?.hasAttribute('tabindex') === false) title.tabIndex = -1;
      title?.focus({ preventScroll: true });
    }, OFF_FOR_MS);
  };
  const mend = (): void => {
    if (last === null || !isLost()) return;
    // Through dialogs that are closed, back to what opened the first of them.
    while (!last.isConnected && over !== null && !over.isConnected) {
      const opener = before.get(over);
      if (opener === undefined) break;
      ({ last, over } = opener);
    }
    if (last.isConnected) {
      if (isOff(last)) waitFor(last);
      else last.focus({ preventScroll: true });
      return;
    }
    const title = TITLES.map((selector) => page.querySelector<HTMLElement>(selector)).find(
      (found) => found !== null,
    );
    title?.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(mend);
  observer.observe(page.body, {
    ...{ childList: true, subtree: true },
    attributeFilter: ['disabled'],
  });
  page.addEventListener('focusin', focused);
  page.addEventListener('pointerdown', touched, true);
  return () => {
    observer.disconnect();
    clearTimeout(waiting);
    page.removeEventListener('focusin', focused);
    page.removeEventListener('pointerdown', touched, true);
  };
}
