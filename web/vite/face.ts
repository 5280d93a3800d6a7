import { fileURLToPath } from 'node:url';
import type { Alias, BuildOptions, UserConfig } from 'vite';

const WEB = fileURLToPath(new URL('..', import.meta.url));

/** Wallet and audit page are written against React's API and built with Preact, which has a tenth of its size. */
export const PREACT: Alias[] = [
  { find: /^react\/jsx-runtime$/, replacement: 'preact/jsx-runtime' },
  { find: /^react-dom(\/client)?$/, replacement: 'preact/compat/client' },
  { find: /^react$/, replacement: 'preact/compat' },
];

/** Browsers down to Chrome 107 and Safari 15.4: the web views of large apps are about that old. */
const TARGET = 'es2020';
/** The same browsers, one by one: they have private fields, which cost a tenth of the verifier in the form of older ones. */
export const WORKER_TARGET = ['chrome107', 'safari15.4', 'firefox108'];

/**
 * The build of one face.
 *
 * @param face name of its folder in `src`, and in `dist`
 * @param base address of its files, as pages write it
 */
export function faceConfig(
  face: string,
  base: string,
  { alias = [], build = {} }: { alias?: Alias[]; build?: BuildOptions } = {},
): UserConfig {
  return {
    base,
    root: `${WEB}src/${face}`,
    publicDir: false,
    logLevel: 'warn',
    resolve: { alias },
    build: {
      outDir: `${WEB}dist/${face}`,
      emptyOutDir: true,
      target: TARGET,
      // As a "data:" address a small file is blocked by the policy of the page.
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      modulePreload: { polyfill: false },
      ...build,
    },
  };
}
