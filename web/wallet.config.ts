import { defineConfig } from 'vite';
import { faceConfig, PREACT } from './vite/face.ts';

/** The wallet: `/w/:program` as a page, `/embed/:program` in the frame of an app. */
export default defineConfig(
  faceConfig('wallet', '/assets/wallet/', { alias: PREACT, build: { assetsDir: '' } }),
);
