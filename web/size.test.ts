import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const DIST = new URL('dist/wallet/', import.meta.url);
const KB = 1_024;
const LIMITS_KB = { scripts: 75, stylesAndFonts: 15, otherPage: 15, ownWallet: 26 };
/** Reads what an own wallet is asked to send, with ethers. */
const OWN_WALLET = /^readCall-/;

const sizeOf = (name: string): number =>
  gzipSync(readFileSync(new URL(name, DIST)), { level: 9 }).length;
const sum = (names: readonly string[]): number =>
  names.reduce((total, name) => total + sizeOf(name), 0) / KB;

/** What a built script imports before it runs. */
const importsOf = (name: string): string[] =>
  [
    ...readFileSync(new URL(name, DIST), 'utf8').matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g),
  ].map(([, file = '']) => file);

/** A script with all that it needs before it runs. */
function withImports(name: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(name)) return known;
  known.add(name);
  for (const each of importsOf(name)) withImports(each, known);
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
