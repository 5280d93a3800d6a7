import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const HOUR_MS = 3_600_000;
/** Of an hour that begins: the one before it is closed, and the rest of it is longer than any test. */
const INTO_HOUR_MS = 10 * 60_000;

/** The clock on the wall of a server, which a test moves on. */
export interface WallClock {
  /** What a server needs to go by it. */
  readonly env: Readonly<Record<string, string>>;
  /** Unix milliseconds. */
  nowMs(): number;
  /** Hours since 1970. */
  hour(): number;
  /** Moves it into the next hour, so far that billing has closed the hour before. */
  nextHour(): void;
}

/** @param dir Where the file is kept that a server reads it from. */
export function createWallClock(dir: string): WallClock {
  const path = join(dir, 'wall-clock');
  let aheadMs = 0;
  const nowMs = (): number => Date.now() + aheadMs;
  const write = (): void => {
    // A server never reads half of it.
    writeFileSync(`${path}.new`, String(aheadMs));
    renameSync(`${path}.new`, path);
  };
  const hour = (): number => Math.floor(nowMs() / HOUR_MS);
  write();
  const module = pathToFileURL(join(import.meta.dirname, 'movedClock.mjs'));
  module.searchParams.set('file', path);
  return {
    env: { NODE_OPTIONS: `--import=${module.href}` },
    nowMs,
    hour,
    nextHour: () => {
      aheadMs = (hour() + 1) * HOUR_MS + INTO_HOUR_MS - Date.now();
      write();
    },
  };
}
