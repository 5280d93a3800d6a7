import { readdir } from 'node:fs/promises';
import { ROOT_DIR } from '../paths.ts';
import { describeCounts } from '../testRun/counts.ts';
import { runVitest } from '../testRun/suites.ts';
import { openResults, runPieces } from './pieces.ts';

const SCREEN = { direct: true, say: (text: string): void => console.log(text) };
const ROOMS = ['contracts/ts', 'server/src', 'infra/src', 'test'];

/** Runs the long forms of the tests, file by file, those that are known to be good for the very same sources excepted. */
export async function checkVitestDeep(): Promise<boolean> {
  const found = await Promise.all(
    ROOMS.map(async (room) => {
      const names = await readdir(`${ROOT_DIR}${room}`, { recursive: true });
      return names.map((name) => `${room}/${name.replaceAll('\\', '/')}`);
    }),
  );
  const files = found.flat().filter((path) => path.endsWith('.deep.test.ts'));
  const pieces = files.sort().map((file) => ({
    name: file,
    run: async (): Promise<string | undefined> => {
      const counts = await runVitest('deep', SCREEN, [file]);
      return counts.failed === 0 ? describeCounts(counts) : undefined;
    },
  }));
  return runPieces(pieces, await openResults('everything'));
}
