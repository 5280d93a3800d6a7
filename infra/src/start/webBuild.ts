import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KEPT_DIR, ROOT_DIR } from '../paths.ts';
import { runProgram } from '../processes/programs.ts';

const WEB_DIR = join(ROOT_DIR, 'web');
/** The audit page has the verifier in it. */
const CONTRACTS_DIR = join(ROOT_DIR, 'contracts', 'ts');
const DIST_DIR = join(WEB_DIR, 'dist');
/** Names the sources of the last build. */
const STAMP = join(KEPT_DIR, 'cache', 'web-build');
const BUILD_TIMEOUT_MS = 300_000;
const NOT_SOURCES = new Set(['dist', 'node_modules']);

const sourceFiles = async (): Promise<string[]> => {
  const filesOf = async (dir: string): Promise<string[]> => {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    return paths.filter((path) => {
      const [first = ''] = path.slice(dir.length + 1).split(/[\\/]/);
      return !NOT_SOURCES.has(first);
    });
  };
  const own = [...(await filesOf(WEB_DIR)), ...(await filesOf(CONTRACTS_DIR))];
  return [...own, join(ROOT_DIR, 'package-lock.json')].sort();
};

const fingerprint = async (): Promise<string> => {
  const hash = createHash('sha256');
  for (const path of await sourceFiles()) hash.update(path).update(await readFile(path));
  return hash.digest('hex');
};

const lastBuild = async (): Promise<string> => {
  if (!existsSync(STAMP) || !existsSync(DIST_DIR)) return 'none';
  return readFile(STAMP, 'utf8');
};

/**
 * Bundles the pages for the browser when their sources, or the packages, are not those of the last build.
 *
 * @throws with what the bundler said when it fails
 */
export const buildWeb = async (onProgress: (line: string) => void): Promise<void> => {
  const sources = await fingerprint();
  if (sources === (await lastBuild())) return;
  onProgress('Web: bundling the pages (again only when they change) ...');
  const args = [join(WEB_DIR, 'build.mjs')];
  const result = await runProgram(process.execPath, args, BUILD_TIMEOUT_MS);
  if (!result.ok) throw new Error(`The pages could not be bundled: ${result.output}`);
  await mkdir(dirname(STAMP), { recursive: true });
  await writeFile(STAMP, sources);
};
