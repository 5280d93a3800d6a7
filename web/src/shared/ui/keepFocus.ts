/** Where the focus goes when what had it is gone, and nothing is left to go back to: to the title of the dialog, else of the page. */
const TITLES = ['dialog[open] h2[tabindex]', '[role="dialog"][tabindex]', 'main h1[tabindex]'];
/** What opens over the page, and has the focus until it closes. */
const OVER = 'dialog, [role="dialog"], [role="menu"]';

const isOff = (element: Element): boolean => element.matches(':disabled');

/**
 * Keeps the focus of the page where it was: a button that was off for a moment gets it back, what opened a dialog gets it back when
 * that closes, and when what had it goes away, the title above it gets it. Browsers would drop it, and who reads by ear or goes by
 * keyboard would begin at the top.
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
  // Who touches the ground wants nothing to have the focus.
  const touched = (): void => void (last = null);
  const mend = (): void => {
    const { activeElement } = page;
    if (last === null || (activeElement !== null && activeElement !== page.body)) return;
    // Through dialogs that are closed, back to what opened the first of them.
    while (!last.isConnected && over !== null && !over.isConnected) {
      const opener = before.get(over);
      if (opener === undefined) break;
      ({ last, over } = opener);
    }
    if (last.isConnected) {
      if (!isOff(last)) last.focus({ preventScroll: true });
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
    page.removeEventListener('focusin', focused);
    page.removeEventListener('pointerdown', touched, true);
  };
}
