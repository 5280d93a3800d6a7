import { defineConfig } from 'vite';
import { faceConfig } from './vite/face.ts';

/** The script that an app puts into its pages: one file without imports, under a name that stays. */
export default defineConfig(
  faceConfig('embed', '/embed/', {
    build: {
      lib: {
        entry: 'loader.ts',
        formats: ['iife'],
        name: 'Dewpoint',
        fileName: () => 'v1.js',
      },
    },
  }),
);
