import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { faceConfig, PREACT, WORKER_TARGET } from './vite/face.ts';
import { oneFile } from './vite/oneFile.ts';
import { slimChain } from './vite/slimChain.ts';

/** A page from a disk may load no other file: the worker starts from the text of it in the page. */
const INLINE_WORKER = {
  find: './worker.ts?worker',
  replacement: `${fileURLToPath(new URL('src/audit/worker/worker.ts', import.meta.url))}?worker&inline`,
};

/** The same page as one HTML file with the worker inside: it works from a disk. Built after `audit`, beside its files. */
export default defineConfig({
  ...faceConfig('audit', './', {
    alias: [...PREACT, INLINE_WORKER],
    build: {
      target: WORKER_TARGET,
      emptyOutDir: false,
      cssCodeSplit: false,
      // Everything is inside.
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      rollupOptions: { output: { inlineDynamicImports: true } },
    },
  }),
  plugins: [oneFile('audit.html')],
  // A page from a disk has no origin, and a module for its worker would need one.
  worker: { format: 'iife', plugins: () => [slimChain()] },
});
