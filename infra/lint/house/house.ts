import { findRepeatedNames } from './exportedNames.ts';
import { findFolderCircles } from './folderCircles.ts';
import { findBigFolders } from './folderSizes.ts';
import { readImports, type Imports } from '../tree/imports.ts';
import { findUnknownRooms } from './rooms.ts';
import type { SourceTree } from '../tree/sourceTree.ts';

/**
 * Where things live and what they are called, beyond what one file shows.
 *
 * @returns a sentence for each problem
 */
export const findHouseProblems = (
  tree: SourceTree,
  imports: Imports = readImports(tree),
): string[] => [
  ...findUnknownRooms(tree),
  ...findBigFolders(tree),
  ...findFolderCircles(imports),
  ...findRepeatedNames(tree),
];
