import { mkdir, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { EngineSearch } from './databaseEngines.ts';
import { KEPT_DIR } from '../paths.ts';
import { runProgram } from '../processes/programs.ts';

/** Where MongoDB publishes its builds, and so does the package that fetches them. */
const DOWNLOADS = 'https://fastdl.mongodb.org';
/** A server that cannot say hello in this time will not deliver 100 MB. */
const REACH_TIMEOUT_MS = 3_000;
const DOWNLOAD_TIMEOUT_MS = 180_000;
/** A machine that cannot reach the downloads is not asked again the same day: tests start many databases. */
const ASK_AGAIN_AFTER_MS = 86_400_000;

const MONGOD_DIR = `${KEPT_DIR}mongod-download/`;
const UNREACHABLE = `${MONGOD_DIR}unreachable`;

const askedLately = async (): Promise<boolean> => {
  const asked = await stat(UNREACHABLE).catch(() => undefined);
  return asked !== undefined && Date.now() - asked.mtimeMs < ASK_AGAIN_AFTER_MS;
};

const canReachDownloads = async (): Promise<boolean> => {
  try {
    await fetch(DOWNLOADS, { method: 'HEAD', signal: AbortSignal.timeout(REACH_TIMEOUT_MS) });
    return true;
  } catch {
    return false; // Offline, or behind a wall: both mean the next engine.
  }
};

const runFetcher = async (
  mode: 'locate' | 'download',
  timeoutMs: number,
): Promise<EngineSearch> => {
  const script = fileURLToPath(new URL('fetchMongod.mjs', import.meta.url));
  const result = await runProgram(process.execPath, [script, mode, MONGOD_DIR], timeoutMs);
  const command = result.lastLine;
  if (!result.ok || command === '') return {};
  // A build for another system's libraries is there and yet does not run.
  return (await runProgram(command, ['--version'], REACH_TIMEOUT_MS)).ok ? { command } : {};
};

/** @returns a mongod that was downloaded before, or is downloaded now */
export const locateMongod = async (
  onProgress: (line: string) => void,
  isNeeded = false,
): Promise<EngineSearch> => {
  if (!isNeeded && (await askedLately())) return {};
  await mkdir(MONGOD_DIR, { recursive: true });
  const cached = await runFetcher('locate', REACH_TIMEOUT_MS);
  if ('command' in cached) return cached;
  if (await canReachDownloads()) {
    onProgress('Database: downloading mongod (100 MB, once) ...');
    const downloaded = await runFetcher('download', DOWNLOAD_TIMEOUT_MS);
    if ('command' in downloaded) return downloaded;
  }
  await writeFile(UNREACHABLE, '');
  return {};
};
