import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accentsOf, accentTokens } from './accent.ts';
import { contrast } from './contrast.ts';

const CSS = readFileSync(new URL('../theme/tokens.css', import.meta.url), 'utf8');
const DARK_AT = CSS.indexOf('prefers-color-scheme: dark');
const GROUNDS = ['page', 'surface', 'sunken'];
const THEMES = [
  ['light', CSS.slice(0, DARK_AT)],
  ['dark', CSS.slice(DARK_AT)],
] as const;

/** Every corner of the colours, some greys, and those that neither ink can be read on as they are. */
const STEPS = ['00', '40', '80', 'c0', 'ff'];
const COLORS = [
  ...STEPS.flatMap((r) => STEPS.flatMap((g) => STEPS.map((b) => `#${r}${g}${b}`))),
  ...['#08766a', '#5ad6be', '#757575', '#7b7b7b', '#808080', '#0b1f4b', '#FFCC00', '#c8102e'],
];

describe.each(THEMES)('an accent that an operator chose, in the %s theme', (theme, css) => {
  const grounds = GROUNDS.map((name) => {
    const [, color = ''] = new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(css) ?? [];
    return color;
  });

  it.each(COLORS)('can be read whatever it is: %s', (color) => {
    const tokens = accentTokens(color, theme);
    const [accent = '', ink = '', hover = '', soft = '', text = ''] = Object.values(tokens ?? {});
    const pairs = [
      [ink, accent],
      [ink, hover],
      ...[...grounds, soft].map((ground) => [text, ground]),
    ] as const;
    for (const [one = '', other = ''] of pairs) {
      expect(contrast(one, other)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('an accent that an operator chose', () => {
  it.each(['#08766a', '#c8102e', '#1d4ed8', '#ffcc00'])(
    'stays as it is when words can be read on it: %s',
    (color) => {
      expect(accentTokens(color, 'light')?.['--accent']).toBe(color);
    },
  );

  it('becomes darker, and never another colour, when neither white nor ink can be read on it', () => {
    expect(accentTokens('#7b7b7b', 'light')).toMatchObject({
      '--accent': '#767676',
      '--accent-ink': '#ffffff',
    });
  });

  it('becomes lighter on dark ground, where it could not be seen', () => {
    const accent = accentTokens('#0b1f4b', 'dark')?.['--accent'] ?? '';
    expect(contrast(accent, '#102527')).toBeGreaterThanOrEqual(3);
  });

  it('is the same one on dark ground when no other was chosen', () => {
    expect(accentsOf({ accent: '#5ad6be', accentDark: null }).dark?.['--accent']).toBe('#5ad6be');
  });

  it.each(['teal', '#fff', '#12345g', 'url(x)', ''])(
    'is left out when it is no colour: %s',
    (text) => {
      expect(accentTokens(text, 'light')).toBeNull();
    },
  );
});
