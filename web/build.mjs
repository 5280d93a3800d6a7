/** `npm run build`: bundles the faces, each by its own config, or those that are named. */
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

// As people get them, also where tests have them built.
process.env.NODE_ENV = 'production';
const FACES = ['graphiql', 'wallet', 'console', 'audit', 'embed'];
/** A face whose files a second build adds to. */
const ALSO = { audit: ['auditFile'] };
const named = process.argv.slice(2);
const unknown = named.find((face) => !FACES.includes(face));
if (unknown !== undefined) {
  process.stderr.write(`There is no face ${unknown}: choose from ${FACES.join(', ')}.\n`);
  process.exit(2);
}
for (const face of named.length > 0 ? named : FACES) {
  for (const config of [face, ...(ALSO[face] ?? [])]) {
    await build({ configFile: fileURLToPath(new URL(`${config}.config.ts`, import.meta.url)) });
  }
}
// The server sends the form that a browser can read: a third of the bytes, packed once and not at every request.
const TEXTS = /\.(?:js|css|json|svg|html)$/;
/** What fits into one packet is no faster when it is smaller. */
const SMALLEST = 1_024;
const FORMS = { gz: promisify(gzip), br: promisify(brotliCompress) };
const DIST = fileURLToPath(new URL('dist', import.meta.url));
for (const name of await readdir(DIST, { recursive: true })) {
  if (!TEXTS.test(name)) continue;
  const text = await readFile(join(DIST, name));
  if (text.length < SMALLEST) continue;
  for (const [end, pack] of Object.entries(FORMS)) {
    await writeFile(join(DIST, `${name}.${end}`), await pack(text));
  }
}
// For the pages that the server writes itself, under names that stay.
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
await cp(here('src/shared/fonts'), here('dist/fonts'), { recursive: true });
