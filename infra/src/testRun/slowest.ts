import { readJunit } from './junit.ts';

/** How long one file of tests took, its set-up included. */
export interface FileTime {
  file: string;
  seconds: number;
}

const SHOWN = 10;

/** Reads how long each file took from `vitest --reporter=junit`. */
export const readFileTimes = (text: string): FileTime[] =>
  readJunit(text, 'vitest').map(({ name, time }) => ({
    file: String(name),
    seconds: Number(time),
  }));

/** @returns lines that name the files that took longest, the slowest first */
export const describeSlowest = (times: readonly FileTime[], shown = SHOWN): string[] =>
  [...times]
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, shown)
    .map(({ file, seconds }) => `${seconds.toFixed(1).padStart(6)} s  ${file}`);
