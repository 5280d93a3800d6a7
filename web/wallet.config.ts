import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { faceConfig, PREACT } from './vite/face.ts';

const SOURCE = new URL('src/wallet/', import.meta.url);
const source = (name: string): string => fileURLToPath(new URL(name, SOURCE));

/** Has the page run the head start by itself: as an import alone it would wait until the whole wallet is there. */
const runFirst: Plugin = {
  name: 'run-the-head-start-first',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {} }) => {
      const chunk = Object.values(bundle).find(({ name }) => name === 'headStart');
      if (chunk === undefined) throw new Error('The head start is not in the build.');
      const src = `/assets/wallet/${chunk.fileName}`;
      // Not after styles, as a script is that stands in line.
      const attrs = { type: 'module', async: true, fetchpriority: 'high', crossorigin: true, src };
      return [{ tag: 'script', attrs, injectTo: 'head' }];
    },
  },
};

/** The wallet: `/w/:program` as a page, `/embed/:program` in the frame of an app. */
export default defineConfig({
  ...faceConfig('wallet', '/assets/wallet/', {
    alias: PREACT,
    build: {
      assetsDir: '',
      rollupOptions: { input: [source('index.html'), source('headStart.ts')] },
    },
  }),
  plugins: [runFirst],
});
