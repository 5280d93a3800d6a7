import { dirname, join } from 'node:path/posix';
import ts from 'typescript';
import { isTest, WORKSPACE_ROOTS, type SourceTree } from './sourceTree.ts';

/** From folder to folder, with one import that makes the arrow. A folder is where a file lies, without its sub-folders. */
type Arrows = Map<string, Map<string, string>>;

const WORKSPACE_NAME = /^@dewpoint\/([^/]+)\//;

const resolveImport = (from: string, specifier: string): string => {
  if (specifier.startsWith('.')) return join(dirname(from), specifier);
  return specifier.replace(WORKSPACE_NAME, (whole, name: string) =>
    WORKSPACE_ROOTS[name] === undefined ? whole : `${WORKSPACE_ROOTS[name]}/`,
  );
};

const readArrows = (tree: SourceTree): Arrows => {
  const arrows: Arrows = new Map();
  for (const [file, text] of tree) {
    // Tests put real parts together, so they look everywhere.
    if (isTest(file) || !/\.(ts|tsx|mjs|js)$/.test(file)) continue;
    const folder = dirname(file);
    for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles) {
      const target = resolveImport(file, fileName);
      if (!tree.has(target) || dirname(target) === folder) continue;
      const targets = arrows.get(folder) ?? new Map<string, string>();
      arrows.set(folder, targets.set(dirname(target), `${file} imports ${target}`));
    }
  }
  return arrows;
};

/** Breadth first: the shortest circle is the one that is easiest to cut. */
const shortestCircle = (arrows: Arrows, start: string): string[] | undefined => {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const folder of queue) {
    for (const target of arrows.get(folder)?.keys() ?? []) {
      if (target === start) {
        const circle = [folder];
        for (let at = folder; at !== start;) {
          at = cameFrom.get(at) ?? start;
          circle.unshift(at);
        }
        return circle;
      }
      if (cameFrom.has(target)) continue;
      cameFrom.set(target, folder);
      queue.push(target);
    }
  }
  return undefined;
};

/** @returns a sentence for each circle of imports between folders, types counted */
export const findFolderCircles = (tree: SourceTree): string[] => {
  const arrows = readArrows(tree);
  const circles = new Map<string, string>();
  for (const start of arrows.keys()) {
    const circle = shortestCircle(arrows, start);
    const key = [...(circle ?? [])].sort().join();
    if (circle === undefined || circles.has(key)) continue;
    const imports = circle.map((folder, i) =>
      arrows.get(folder)?.get(circle[(i + 1) % circle.length] ?? start),
    );
    circles.set(
      key,
      `Folders import each other in a circle: ${[...circle, start].join(' -> ')}. ` +
        `Move what both need to one side, or below both:\n${imports.map((line) => `    ${line}`).join('\n')}`,
    );
  }
  return [...circles.values()];
};
