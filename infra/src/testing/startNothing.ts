/**
 * vitest's set-up for fast tests: they start no other program, so no chain and no database. One that has to is called
 * `*.live.test.ts`.
 */
import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

const refuse = (): never => {
  throw new Error('A fast test starts no other program: call its file *.live.test.ts.');
};

Object.assign(childProcess, {
  exec: refuse,
  execFile: refuse,
  execFileSync: refuse,
  execSync: refuse,
  fork: refuse,
  spawn: refuse,
  spawnSync: refuse,
});
// What modules have imported by name follows.
syncBuiltinESMExports();
