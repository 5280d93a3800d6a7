#!/usr/bin/env node
// A `solc` executable for forge, around the compiler that npm carries: forge would download a native one otherwise.
// Answers the two things forge asks a compiler: `--version`, and standard JSON from stdin.
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
// forge parses the suffix as a platform and knows no `Emscripten.clang`.
const version = `${require('solc/package.json').version}`;

if (process.argv.includes('--version')) {
  const full = require('solc').version().replace('.Emscripten.clang', '.Linux.g++');
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${full}`);
} else {
  const input = readFileSync(0, 'utf8');
  process.stdout.write(cached(input, () => require('solc').compile(input)));
}

/** The same input gives the same output, so several output folders of forge share one compilation. */
function cached(input, compile) {
  const key = createHash('sha256').update(version).update(input).digest('hex');
  const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
  const file = join(root, '.dewpoint/solc', `${key}.json`);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  const output = compile();
  mkdirSync(dirname(file), { recursive: true });
  // Written aside and renamed, so that a killed compiler leaves no half file behind.
  const part = `${file}.${randomUUID()}`;
  writeFileSync(part, output);
  renameSync(part, file);
  return output;
}
