import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KEPT_DIR } from '../paths.ts';
import { runProgram } from '../processes/programs.ts';
import { DockerfileError } from './dockerfile.ts';

const INSTALL_TIMEOUT_MS = 180_000;

/** The version of Node that an image such as `node:24.21.0-bookworm-slim` has. */
export const nodeVersionOf = (image: string): string => {
  const version = /^node:(\d+\.\d+\.\d+)(?:-|$)/.exec(image)?.[1];
  if (version === undefined) {
    throw new DockerfileError(`${image} must be an image of node with an exact version`);
  }
  return version;
};

/**
 * Fetches that version of Node from npm, once, so that commands run on what the image runs them on.
 *
 * @returns the folder of its program, for the PATH; null when it can't be had here
 */
export const fetchNode = async (version: string): Promise<string | null> => {
  const prefix = join(KEPT_DIR, 'cache', 'docker-node', version);
  const name = `node-${process.platform}-${process.arch}`;
  const dir = join(prefix, 'node_modules', name, 'bin');
  if (!existsSync(dir)) {
    await mkdir(prefix, { recursive: true });
    const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
    const command = ['npm', ...args, '--prefix', prefix, `${name}@${version}`] as const;
    await runProgram('sh', ['-c', '"$@"', 'sh', ...command], INSTALL_TIMEOUT_MS);
  }
  const { ok } = await runProgram(join(dir, 'node'), ['--version'], INSTALL_TIMEOUT_MS);
  return ok ? dir : null;
};
