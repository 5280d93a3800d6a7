import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const MAX_GZIPPED_BYTES = 15_000;

it('is small, and runs where there is no Node', async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('src/index.ts', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    // An import of Node would fail the build.
    platform: 'browser',
  });
  expect(gzipSync(outputFiles[0]?.contents ?? '').length).toBeLessThan(MAX_GZIPPED_BYTES);
});
