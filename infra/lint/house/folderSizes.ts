import { filesByFolder, type SourceTree } from '../tree/sourceTree.ts';

/** More than one takes in at a glance. */
const MAX_FILES = 12;

/** @returns a sentence for each folder that needs sub-folders */
export const findBigFolders = (tree: SourceTree): string[] =>
  [...filesByFolder(tree)]
    .filter(([, files]) => files.length > MAX_FILES)
    .map(
      ([folder, files]) =>
        `${folder} has ${files.length} source files, and a folder has at most ${MAX_FILES} (tests not counted): ` +
        'put what belongs together into sub-folders.',
    );
