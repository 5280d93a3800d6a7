import { contrast, mixed, type Color } from './contrast.ts';

/** Colours that an operator chose. */
export interface ChosenColors {
  readonly accent: Color;
  /** On dark ground; null for the same one. */
  readonly accentDark: Color | null;
}

/** Grounds that the accent stands on: the tokens of tokens.css. */
const GROUNDS = {
  light: { page: '#f3f8f6', surface: '#ffffff', sunken: '#e9f2ef' },
  dark: { page: '#08191b', surface: '#102527', sunken: '#0b1e20' },
} as const;
/** Words on the accent. */
const WHITE = '#ffffff';
const INK = '#04211d';
const BLACK = '#000000';

/** WCAG AA for words. */
const READABLE = 4.5;
/** WCAG AA for what is no word, as the edge of a button on dark ground. */
const VISIBLE = 3;
const STEP = 0.04;
const HOVER = 0.2;
const SOFT = { light: 0.12, dark: 0.2 } as const;

const isColor = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

/** Moves a colour towards another one until it is good: at the latest there. */
function moved(color: Color, towards: Color, isGood: (color: Color) => boolean): Color {
  for (let share = 0; share < 1; share += STEP) {
    const one = mixed(color, towards, share);
    if (isGood(one)) return one;
  }
  return towards;
}

const inkOn = (color: Color): Color | null =>
  [WHITE, INK].find((ink) => contrast(ink, color) >= READABLE) ?? null;

/**
 * Makes the accent of a theme out of a colour that an operator chose: every word on it and of it can be read. A colour that neither
 * white nor dark ink can be read on becomes darker until white can; on dark ground one that is hard to see becomes lighter.
 *
 * @returns custom properties by name; null for what is no colour
 */
export function accentTokens(
  chosen: Color,
  theme: 'light' | 'dark',
): Readonly<Record<string, Color>> | null {
  if (!isColor(chosen)) return null;
  const { page, surface, sunken } = GROUNDS[theme];
  const accent =
    theme === 'light'
      ? moved(chosen, BLACK, (color) => inkOn(color) !== null)
      : moved(
          chosen,
          WHITE,
          (color) => inkOn(color) !== null && contrast(color, surface) >= VISIBLE,
        );
  const ink = inkOn(accent) ?? WHITE;
  // Away from its ink: what is under the pointer is read even better.
  const hover = mixed(accent, ink === WHITE ? BLACK : WHITE, HOVER);
  const soft = mixed(surface, accent, SOFT[theme]);
  const text = moved(accent, theme === 'light' ? BLACK : WHITE, (color) =>
    [page, surface, sunken, soft].every((ground) => contrast(color, ground) >= READABLE),
  );
  return {
    '--accent': accent,
    '--accent-ink': ink,
    '--accent-hover': hover,
    '--accent-soft': soft,
    '--accent-text': text,
  };
}

/** Accents of both themes. A colour that can not be used leaves the one of the pages. */
export function accentsOf({ accent, accentDark }: ChosenColors): {
  readonly light: Readonly<Record<string, Color>> | null;
  readonly dark: Readonly<Record<string, Color>> | null;
} {
  return { light: accentTokens(accent, 'light'), dark: accentTokens(accentDark ?? accent, 'dark') };
}
