/** Where the focus goes when what had it is gone: to the title of the dialog, else of the page. */
const TITLES = ['dialog[open] h2[tabindex]', 'main h1[tabindex]'];

const isOff = (element: Element): boolean => element.matches(':disabled');

/**
 * Keeps the focus of the page where it was: a button that was off for a moment gets it back, and when what had it goes away, the title
 * above it gets it. Browsers would drop it, and who reads by ear or goes by keyboard would begin at the top.
 *
 * @returns what ends it
 */
export function keepFocus(page: Document): () => void {
  let last: HTMLElement | null = null;
  const focused = ({ target }: FocusEvent): void => {
    last = target instanceof HTMLElement && target !== page.body ? target : null;
  };
  // Who touches the ground wants nothing to have the focus.
  const touched = (): void => void (last = null);
  const mend = (): void => {
    const { activeElement } = page;
    if (last === null || (activeElement !== null && activeElement !== page.body)) return;
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
