import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROOT_DIR } from './src/paths.ts';

interface LockedPackage {
  optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync(`${ROOT_DIR}package-lock.json`, 'utf8')) as {
  packages: Record<string, LockedPackage>;
};

/** Where Node would look for a package that another one needs. */
const placesFor = (name: string, neededBy: string): string[] => {
  const places = [`${neededBy}/node_modules/${name}`];
  for (let at = neededBy.lastIndexOf('/node_modules/'); at >= 0;) {
    const parent = neededBy.slice(0, at);
    places.push(`${parent}/node_modules/${name}`);
    at = parent.lastIndexOf('/node_modules/');
  }
  return [...places, `node_modules/${name}`];
};

// Programs ship as one optional package for each system. npm drops those that it cannot fetch at the moment from the lock file, and
// then `npm ci` refuses the lock file everywhere.
test('the lock file names the builds for every system', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) =>
      placesFor(name, path).every((place) => packages[place] === undefined),
    ),
  );
  expect(missing).toEqual([]);
});
