import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { KEPT_DIR } from '@dewpoint/infra/paths.ts';

/** The package has builds for this system only. Elsewhere the tests run in a bare context instead. */
export const HAS_CHROMIUM = process.platform === 'linux' && process.arch === 'x64';

/** A browser that shows one page. */
export interface OpenPage {
  /** What it wrote, for the message of a test that failed. */
  readonly said: () => string;
  close(): Promise<void>;
}

/** Opens a page in a Chromium of its own, without a window and with the checks of origins that people have. */
export async function openInChromium(url: string): Promise<OpenPage> {
  const { path, env } = await unpackedChromium();
  const profile = await mkdtemp(join(tmpdir(), 'dewpoint-chromium-'));
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'];
  const child = spawn(path, [...args, `--user-data-dir=${profile}`, url], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: a browser is many processes.
    detached: true,
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.on('error', (error) => (said += error.message));
  return {
    said: () => said,
    close: async () => {
      await ended(child);
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Unpacks the browser of the package once, and the libraries that a small system lacks. */
export async function unpackedChromium(): Promise<{ path: string; env: NodeJS.ProcessEnv }> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const packed = join(dirname(entry), '../../bin');
  const dir = join(KEPT_DIR, 'chromium');
  await mkdir(dir, { recursive: true });
  const path = await inflated(join(packed, 'chromium.br'), join(dir, 'chromium'));
  await chmod(path, 0o755);
  const needs = spawnSync('ldd', [path], { encoding: 'utf8' }).stdout;
  if (!needs.includes('not found')) return { path, env: process.env };
  const libraries = await inflated(join(packed, 'al2023.tar.br'), join(dir, 'al2023.tar'));
  spawnSync('tar', ['-xf', libraries, '-C', dir]);
  return { path, env: { ...process.env, LD_LIBRARY_PATH: join(dir, 'lib') } };
}

/** Written aside and renamed: where the file is, all of it is. */
async function inflated(from: string, to: string): Promise<string> {
  if (existsSync(to)) return to;
  const part = `${to}.${process.pid}`;
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(part));
  await rename(part, to);
  return to;
}

/** Ends the browser with all its processes. */
function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const { pid, exitCode, signalCode } = child;
    if (exitCode !== null || signalCode !== null || pid === undefined) return resolve();
    child.once('exit', () => resolve());
    process.kill(-pid, 'SIGKILL');
  });
}
