import { defineConfig } from 'vite';
import { faceConfig } from './vite/face.ts';

/** What the size test allows, before it is packed. */
const CHUNK_KB = 800;

/** The console at `/console`: React itself, as the parts that it is made of need it. */
export default defineConfig(
  faceConfig('console', '/assets/console/', {
    build: {
      assetsDir: '',
      chunkSizeWarningLimit: CHUNK_KB,
      rollupOptions: {
        // "use client" in the files of the parts says nothing to a page that has no server side.
        onwarn: (warning, warn) => {
          if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
        },
      },
    },
  }),
);
