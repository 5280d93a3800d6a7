/** The part of `npm run lint` that looks at the tree as a whole: `node infra/run.mjs infra/lint/main.ts`. */
import { ROOT_DIR } from '../src/paths.ts';
import { findHouseProblems } from './house.ts';
import { readSourceTree } from './sourceTree.ts';

const problems = findHouseProblems(readSourceTree(ROOT_DIR));
for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(`\nThe house: ${problems.length} problem${problems.length === 1 ? '' : 's'}.`);
  process.exitCode = 1;
}
