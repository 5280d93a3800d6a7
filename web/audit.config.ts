import { defineConfig } from 'vite';
import { faceConfig, PREACT, WORKER_TARGET } from './vite/face.ts';
import { slimChain } from './vite/slimChain.ts';

/** The audit page: static files with relative addresses, for any host. */
export default defineConfig({
  ...faceConfig('audit', './', { alias: PREACT, build: { target: WORKER_TARGET } }),
  publicDir: 'public',
  worker: { format: 'es', plugins: () => [slimChain()] },
});
