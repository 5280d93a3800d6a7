import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast } from '../color/contrast.ts';

const CSS = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const DARK_AT = CSS.indexOf('prefers-color-scheme: dark');

const tokensIn = (css: string): Map<string, string> =>
  new Map(
    [...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
const LIGHT = tokensIn(CSS.slice(0, DARK_AT));
const DARK = new Map([...LIGHT, ...tokensIn(CSS.slice(DARK_AT))]);

const TEXT = 4.5;
const CONTROL = 3;
const ON_PAGE = ['page', 'surface'];
const PAIRS: readonly (readonly [ink: string, on: readonly string[], least: number])[] = [
  ['ink', [...ON_PAGE, 'sunken'], TEXT],
  ['ink-2', [...ON_PAGE, 'sunken'], TEXT],
  ['ink-3', [...ON_PAGE, 'sunken'], TEXT],
  ['accent-text', [...ON_PAGE, 'accent-soft'], TEXT],
  ['accent-ink', ['accent', 'accent-hover'], TEXT],
  ...['better', 'worse', 'waiting', 'locked'].map(
    (tone) => [tone, ['surface', `${tone}-soft`], TEXT] as const,
  ),
  ['control', ON_PAGE, CONTROL],
  ['focus', ON_PAGE, CONTROL],
];

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('in the %s look', (_name, tokens) => {
  const colour = (name: string): string => {
    const found = tokens.get(name);
    if (found === undefined) throw new Error(`there is no token ${name}`);
    return found;
  };
  const cases = PAIRS.flatMap(([ink, on, least]) =>
    on.map((ground) => [ink, ground, least] as const),
  );

  it.each(cases)('%s can be read on %s', (ink, ground, least) => {
    expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(least);
  });

  it('white can be read on all of the water', () => {
    for (const water of ['water-1', 'water-2', 'water-3']) {
      expect(contrast('#ffffff', colour(water))).toBeGreaterThanOrEqual(TEXT);
    }
  });
});
