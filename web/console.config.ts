import { defineConfig } from 'vite';
import { faceConfig } from './vite/face.ts';

/** The console at `/console`: React itself, as the parts that it is made of need it. */
export default defineConfig(
  faceConfig('console', '/assets/console/', { build: { assetsDir: '' } }),
);
