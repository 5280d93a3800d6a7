import type { Variant } from './openBrowser.ts';

/** All ways to look at a page. */
const VARIANTS: readonly Variant[] = (['en', 'zh'] as const).flatMap((language) =>
  ([390, 1280] as const).flatMap((width) =>
    (['light', 'dark'] as const).map((theme) => ({ language, width, theme })),
  ),
);

/** Set by `npm run test:browser -- --all`. */
export const IS_WHOLE = process.env['DEWPOINT_BROWSER'] === 'all';

/**
 * Chooses the variants of a story: two that have nothing in common, so that four stories that follow each other have all of them
 * together; all of them in the whole matrix.
 *
 * @param turn number of the story
 */
export function variantsOf(turn: number): readonly Variant[] {
  if (IS_WHOLE) return VARIANTS;
  const first = turn % (VARIANTS.length / 2);
  return VARIANTS.filter((_variant, at) => at === first || at === VARIANTS.length - 1 - first);
}

/** Tells the number of a variant among all of them. */
export const turnOf = ({ language, width, theme }: Variant): number =>
  VARIANTS.findIndex(
    (one) => one.language === language && one.width === width && one.theme === theme,
  );
