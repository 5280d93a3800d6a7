/** Colours as `#rrggbb`, and how well one can be read on another (WCAG 2). */
export type Color = string;

const HEX = 16;
const PARTS = [1, 3, 5] as const;
const MOST = 255;

const partsOf = (color: Color): readonly number[] =>
  PARTS.map((at) => parseInt(color.slice(at, at + 2), HEX));

/** Relative luminance, from 0 for black to 1 for white. */
function luminance(color: Color): number {
  const [r = 0, g = 0, b = 0] = partsOf(color).map((part) => {
    const share = part / MOST;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Returns the contrast of two colours, from 1 to 21. */
export function contrast(one: Color, other: Color): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Mixes two colours. @param share of the second one, 0 to 1 */
export function mixed(one: Color, other: Color, share: number): Color {
  const others = partsOf(other);
  const parts = partsOf(one).map((part, at) =>
    Math.round(part + ((others[at] ?? 0) - part) * share),
  );
  return `#${parts.map((part) => part.toString(HEX).padStart(2, '0')).join('')}`;
}
