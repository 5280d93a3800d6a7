import { execFile, spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { startChain } from '../chain/chain.ts';
import { testDatabaseUri } from './testDatabase.ts';

test('a fast test can start neither a chain nor any other program', async () => {
  await expect(startChain()).rejects.toThrow('call its file *.live.test.ts');
  expect(() => spawn(process.execPath)).toThrow('call its file *.live.test.ts');
  expect(() => execFile(process.execPath)).toThrow('call its file *.live.test.ts');
});

test('a fast test has no database', () => {
  expect(() => testDatabaseUri()).toThrow('Only a *.live.test.ts has a database');
});
