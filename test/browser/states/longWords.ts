import type { Page } from 'playwright-core';

/** The narrowest phone that there is. */
const NARROW = { width: 320, height: 640 };

/**
 * Makes every word of a page longer by two fifths, as another language might, on the narrowest phone. @returns what is wider than
 * the page then
 */
export async function wideWithLongWords(page: Page): Promise<string[]> {
  await page.setViewportSize(NARROW);
  return page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      // Numbers, names and addresses are as long as they are.
      const isFixed = node.parentElement?.closest('script, .address, .program-title, dd') != null;
      if (isFixed || node.nodeValue === null) continue;
      node.nodeValue = node.nodeValue.replace(
        /\p{L}{3,}/gu,
        (word) => word + word.slice(0, Math.ceil(word.length * 0.4)).toLowerCase(),
      );
    }
    const wide = [...document.body.querySelectorAll<HTMLElement>('*')].filter((element) => {
      const { width, right, left } = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const isSeen = width > 0 && style.visibility !== 'hidden' && element.checkVisibility();
      return isSeen && (right > innerWidth + 1 || left < -1);
    });
    const isInScroller = (element: HTMLElement): boolean => {
      for (let up = element.parentElement; up !== null; up = up.parentElement) {
        if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX))
          return up !== document.body;
      }
      return false;
    };
    return wide
      .filter((element) => !isInScroller(element) && element.closest('svg') === null)
      .map(
        (element) =>
          `${element.tagName}.${element.className} "${element.textContent?.slice(0, 40)}"`,
      );
  });
}
