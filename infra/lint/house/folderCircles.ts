import { dirname } from 'node:path/posix';
import type { Imports } from '../tree/imports.ts';
import { isTest } from '../tree/sourceTree.ts';

/** From folder to folder, with one import that makes the arrow. A folder is where a file lies, without its sub-folders. */
type Arrows = Map<string, Map<string, string>>;

const readArrows = (imports: Imports): Arrows => {
  const arrows: Arrows = new Map();
  for (const [file, targets] of imports) {
    // Tests put real parts together, so they look everywhere.
    if (isTest(file)) continue;
    for (const target of targets) {
      if (dirname(target) === dirname(file)) continue;
      const known = arrows.get(dirname(file)) ?? new Map<string, string>();
      arrows.set(dirname(file), known.set(dirname(target), `${file} imports ${target}`));
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
export const findFolderCircles = (imports: Imports): string[] => {
  const arrows = readArrows(imports);
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
