/**
 * Runs a program written in TypeScript, whatever is installed so far: `node infra/run.mjs FILE.ts [ARGUMENTS]`, the file being
 * relative to the root of the repository.
 */
import { dirname, join } from 'path';
import { fileURLToPath, pathToFileURL } from 'url';
import { setUp } from './setup.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));

/** Sets up, then runs the file in this process, with the arguments that stand after it. */
export const runTypeScript = async (file, args) => {
  setUp();
  const path = join(HERE, '..', file);
  process.argv = [process.argv[0], path, ...args];
  const { register } = await import('tsx/esm/api');
  register();
  await import(pathToFileURL(path).href);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file, ...args] = process.argv.slice(2);
  runTypeScript(file, args);
}
