/**
 * Leaves in node_modules what the workspaces need that are named, and nothing else: `node infra/docker/keepPackages.mjs server contracts`.
 *
 * `npm ci --omit=dev` keeps a package of development when an optional peer of another package names it, as better-auth names
 * vitest: those come from the lock file, which knows who needs what.
 */
import { existsSync, lstatSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where Node looks for a package from a folder, nearest first. */
const placesOf = (from, name) => {
  const places = [];
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    if (!at.endsWith('node_modules'))
      places.push(`${at === '' ? '' : `${at}/`}node_modules/${name}`);
    if (at === '') return places;
  }
};

/** @returns the paths of all packages that the workspaces need, by the packages of a lock file */
export const neededPackages = (packages, workspaces) => {
  const needed = new Set();
  // They find each other by their names, too.
  const links = Object.entries(packages).filter(
    ([, { link, resolved }]) => link === true && workspaces.includes(resolved),
  );
  const waiting = [...workspaces, ...links.map(([path]) => path)];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (needed.has(at)) continue;
    needed.add(at);
    const { link, resolved, ...entry } = packages[at] ?? {};
    if (link === true) waiting.push(resolved);
    const peers = Object.keys(entry.peerDependencies ?? {}).filter(
      (name) => entry.peerDependenciesMeta?.[name]?.optional !== true,
    );
    const names = [entry.dependencies, entry.optionalDependencies].flatMap((of) =>
      Object.keys(of ?? {}),
    );
    for (const name of [...names, ...peers]) {
      const found = placesOf(at, name).find((place) => place in packages);
      if (found !== undefined) waiting.push(found);
    }
  }
  return needed;
};

/** A command of a package that is gone leads nowhere. */
const removeDeadLinks = (folder) => {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (lstatSync(path).isSymbolicLink() && !existsSync(path)) rmSync(path);
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const needed = neededPackages(packages, process.argv.slice(2));
  const gone = Object.keys(packages).filter(
    (path) => path.includes('node_modules/') && !needed.has(path) && existsSync(path),
  );
  // What is within another one that goes is gone with it.
  for (const path of gone) rmSync(path, { recursive: true, force: true });
  removeDeadLinks('node_modules/.bin');
  console.log(`${gone.length} packages that nothing needs are gone.`);
}
