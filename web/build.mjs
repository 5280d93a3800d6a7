/** `npm run build`: bundles the faces, each by its own config, or those that are named. */
import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

// As people get them, also where tests have them built.
process.env.NODE_ENV = 'production';
const FACES = ['graphiql', 'wallet', 'audit', 'embed'];
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
// For the pages that the server writes itself, under names that stay.
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
await cp(here('src/shared/fonts'), here('dist/fonts'), { recursive: true });
