import { defineConfig } from 'vite';

/** GraphiQL with everything it needs, in files of our own: the page asks no other host for anything. */
export default defineConfig({
  base: '/graphiql/',
  root: import.meta.dirname,
  logLevel: 'warn',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // CodeMirror and the language service are one page's worth of script, loaded by developers only.
    chunkSizeWarningLimit: 3_000,
    reportCompressedSize: false,
    rollupOptions: {
      // "use client" marks for servers that render React; there is none here.
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
