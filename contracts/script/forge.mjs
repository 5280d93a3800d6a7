#!/usr/bin/env node
// Runs forge from npm with the arguments given, from the root of the repository. Tests get a seed, which is printed: the same one
// makes the same random calls again.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Path of forge's own binary; npm's launcher of it would leave the real process behind when it is killed. */
export function forgeBinary() {
  const require = createRequire(import.meta.url);
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const file = process.platform === 'win32' ? 'forge.exe' : 'forge';
  const manifest = require.resolve(`@foundry-rs/forge-${process.platform}-${arch}/package.json`);
  return join(dirname(manifest), 'bin', file);
}

/** Says on stderr which seed was drawn, where none was named. */
function withSeed(args) {
  const isNamed = args.some((arg) => /^--(fuzz-seed\b|help$)|^-h$/.test(arg));
  if (args[0] !== 'test' || isNamed) return args;
  const seed = `0x${randomBytes(8).toString('hex')}`;
  console.error(`Seed ${seed}; the same calls again: --fuzz-seed ${seed}`);
  return [...args, '--fuzz-seed', seed];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
  const { status, error } = spawnSync(forgeBinary(), withSeed(process.argv.slice(2)), {
    cwd: root,
    stdio: 'inherit',
  });
  if (error) throw error;
  process.exit(status ?? 1);
}
