import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const DIST = new URL('dist/wallet/', import.meta.url);
const CONSOLE_DIST = new URL('dist/console/', import.meta.url);
const KB = 1_024;
const LIMITS_KB = { scripts: 75, stylesAndFonts: 15, otherPage: 15, ownWallet: 26 };
/** Reads what an own wallet is asked to send, with ethers. */
const OWN_WALLET = /^readCall-/;

const sizeOf = (name: string, dist: URL): number =>
  gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length;
const sum = (names: readonly string[], dist = DIST): number =>
  names.reduce((total, name) => total + sizeOf(name, dist), 0) / KB;

/** What a built script imports before it runs. */
const importsOf = (name: string, dist = DIST): string[] =>
  [
    ...readFileSync(new URL(name, dist), 'utf8').matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g),
  ].map(([, file = '']) => file);

/** A script with all that it needs before it runs. */
function withImports(name: string, dist = DIST, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(name)) return known;
  known.add(name);
  for (const each of importsOf(name, dist)) withImports(each, dist, known);
  return known;
}

// Built by `npm start` and `npm test`; a tree that is just checked out has nothing to measure.
describe.skipIf(!existsSync(DIST))('what the wallet loads', () => {
  const files = existsSync(DIST) ? readdirSync(DIST) : [];
  const html = files.includes('index.html')
    ? readFileSync(new URL('index.html', DIST), 'utf8')
    : '';
  const named = (end: string): string[] =>
    files.filter((name) => name.endsWith(end) && html.includes(name));
  const first = new Set(named('.js').flatMap((name) => [...withImports(name)]));
  // The words come in one language: the larger pair of the two.
  const words = files.filter((name) => /^(shared|wallet)-.*\.js$/.test(name));

  it('first is at most 75 kB of scripts', () => {
    expect(first.size).toBeGreaterThan(0);
    const pair = ['shared-', 'wallet-'].map((start) =>
      Math.max(...words.filter((name) => name.startsWith(start)).map((name) => sum([name]))),
    );
    const total = pair.reduce((all, each) => all + each, sum([...first]));
    expect(total).toBeLessThan(LIMITS_KB.scripts);
  });

  it('lies beside the form of it that the server sends', () => {
    const texts = [...first, ...named('.css'), ...words];
    const packed = ['br', 'gz'].flatMap((end) => texts.map((name) => `${name}.${end}`));
    expect(packed.filter((name) => !files.includes(name))).toEqual([]);
  });

  it('first is at most 15 kB of styles and fonts', () => {
    const styles = named('.css');
    expect(styles.length).toBeGreaterThan(0);
    expect(sum([...styles, ...named('.woff2')])).toBeLessThan(LIMITS_KB.stylesAndFonts);
  });

  it('for another page is at most 15 kB more', () => {
    const pages = files.filter((name) => name.endsWith('.js') && !words.includes(name));
    for (const page of pages) {
      const more = [...withImports(page)].filter((name) => !first.has(name));
      const limit = OWN_WALLET.test(page) ? LIMITS_KB.ownWallet : LIMITS_KB.otherPage;
      expect([page, sum(more) < limit]).toEqual([page, true]);
    }
  });

  it('for an own wallet is loaded for one alone', () => {
    const scripts = files.filter((name) => name.endsWith('.js'));
    // An error of ethers that is in everything that decodes.
    const withEthers = scripts.filter((name) =>
      readFileSync(new URL(name, DIST), 'utf8').includes('BUFFER_OVERRUN'),
    );
    expect(withEthers.map((name) => OWN_WALLET.test(name))).toEqual([true]);
    const before = scripts.filter((name) => !OWN_WALLET.test(name));
    const importers = before.filter((name) =>
      importsOf(name).some((file) => OWN_WALLET.test(file)),
    );
    expect(importers).toEqual([]);
  });
});

const CONSOLE_LIMITS_KB = { scripts: 220, stylesAndFonts: 48, otherPage: 45, charts: 155 };
/** What draws charts, of which no page has any before it shows one. */
const CHARTS = /^[Cc]harts?-/;

describe.skipIf(!existsSync(CONSOLE_DIST))('what the console loads', () => {
  const files = existsSync(CONSOLE_DIST) ? readdirSync(CONSOLE_DIST) : [];
  const html = files.includes('index.html')
    ? readFileSync(new URL('index.html', CONSOLE_DIST), 'utf8')
    : '';
  const named = (end: string): string[] =>
    files.filter((name) => name.endsWith(end) && html.includes(name));
  const startingWith = (start: string): string[] =>
    files.filter((name) => name.startsWith(start) && name.endsWith('.js'));
  /** The words come in one language: the larger of the two. */
  const largest = (names: readonly string[]): number =>
    Math.max(...names.map((name) => sum([name], CONSOLE_DIST)));
  const entry = new Set(named('.js').flatMap((name) => [...withImports(name, CONSOLE_DIST)]));
  const today = startingWith('TodayDesk-').flatMap((name) => [...withImports(name, CONSOLE_DIST)]);

  it('first, with its words and Today, is at most 220 kB of scripts', () => {
    expect(entry.size).toBeGreaterThan(0);
    expect(today.length).toBeGreaterThan(0);
    const words = largest(startingWith('shared-')) + largest(startingWith('console-'));
    const scripts = sum([...new Set([...entry, ...today])], CONSOLE_DIST);
    expect(scripts + words).toBeLessThan(CONSOLE_LIMITS_KB.scripts);
  });

  it('first is at most 48 kB of styles and fonts', () => {
    const styles = named('.css');
    expect(styles.length).toBeGreaterThan(0);
    const all = [...styles, ...files.filter((name) => name.endsWith('.woff2'))];
    expect(sum(all, CONSOLE_DIST)).toBeLessThan(CONSOLE_LIMITS_KB.stylesAndFonts);
  });

  it('for another page is at most 45 kB more, and for charts 155 kB apart', () => {
    for (const page of files.filter((name) => name.endsWith('.js'))) {
      const more = [...withImports(page, CONSOLE_DIST)].filter((name) => !entry.has(name));
      const limit = more.some((name) => CHARTS.test(name))
        ? CONSOLE_LIMITS_KB.charts
        : CONSOLE_LIMITS_KB.otherPage;
      expect([page, sum(more, CONSOLE_DIST) < limit]).toEqual([page, true]);
    }
  });
});
