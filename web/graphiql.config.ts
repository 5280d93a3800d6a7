import { defineConfig } from 'vite';
import { faceConfig } from './vite/face.ts';

/** GraphiQL with everything it needs, in files of our own: the page asks no other host for anything. */
export default defineConfig(
  faceConfig('graphiql', '/graphiql/', {
    build: {
      target: 'es2022',
      // Under the policy of this page small files may be part of the styles.
      assetsInlineLimit: 4_096,
      // CodeMirror and the language service are one page's worth of script, loaded by developers only.
      chunkSizeWarningLimit: 3_000,
      rollupOptions: {
        // "use client" marks for servers that render React; there is none here.
        onwarn: (warning, warn) => {
          if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
        },
      },
    },
  }),
);
