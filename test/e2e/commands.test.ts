import { spawn, type SpawnOptions } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import { freePort } from '@dewpoint/infra/processes/ports.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const { scripts } = JSON.parse(readFileSync(join(ROOT_DIR, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** Commands that hand everything on to a program of others, which answers with its own help. */
const OF_OTHERS: Readonly<Record<string, RegExp>> = {
  'test:fast': /vitest run \[\.\.\.filters\]/,
  format: /Usage: prettier/,
  typecheck: /TypeScript Compiler/,
  'contracts:build': /Usage: forge build/,
};

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

async function run(
  program: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Ended> {
  const child = spawn(program, args, {
    cwd: ROOT_DIR,
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said };
}

describe('every command of package.json answers --help, and does nothing else', () => {
  it.each(Object.keys(scripts))('%s', async (name) => {
    const { code, said } = await run('npm', ['run', '--silent', name, '--', '--help']);
    const ownName = new RegExp(`\\bnpm (run )?${name}\\b`);
    expect(said).toMatch(OF_OTHERS[name] ?? ownName);
    expect(code).toBe(0);
  });
});

describe('a place that does not do is told before anything is installed', () => {
  /** The repository as it is cloned: without its packages. */
  let clone: string;
  let taken: Server;
  let port: number;

  beforeAll(async () => {
    clone = mkdtempSync(join(tmpdir(), 'dewpoint-clone-'));
    for (const file of ['package.json', 'package-lock.json', 'infra']) {
      cpSync(join(ROOT_DIR, file), join(clone, file), {
        recursive: true,
        filter: (source) => !source.includes('node_modules'),
      });
    }
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    port = (taken.address() as { port: number }).port;
  });

  afterAll(async () => {
    await new Promise((resolve) => taken.close(resolve));
    rmSync(clone, { recursive: true });
  });

  /** `npm start` with these variables, all ports being free otherwise. */
  const start = async (variables: Record<string, string>): Promise<Ended> => {
    const ports = {
      DEWPOINT_PORT: `${await freePort()}`,
      DEWPOINT_CHAIN_PORT: `${await freePort()}`,
    };
    const env = { ...process.env, MONGODB_URI: '', RPC_URL: '', ...ports, ...variables };
    return run(process.execPath, ['infra/start.mjs'], { cwd: clone, env });
  };

  it('a file as DEWPOINT_DIR, or above it', async () => {
    const file = join(clone, 'file');
    writeFileSync(file, '');
    for (const dir of [file, join(file, 'inside')]) {
      expect(await start({ DEWPOINT_DIR: dir })).toEqual({
        code: 1,
        said: `DEWPOINT_DIR is ${dir}, and ${file} is a file: set it to a folder, or move the file away.\n`,
      });
    }
  });

  it.each([
    ['DEWPOINT_PORT', 'the API'],
    ['DEWPOINT_CHAIN_PORT', 'the embedded chain'],
    ['DEWPOINT_DATABASE_PORT', 'the database'],
  ])('a taken port: %s', async (variable, what) => {
    expect(await start({ [variable]: `${port}` })).toEqual({
      code: 1,
      said: `Port ${port}, which ${what} needs, is in use: stop what uses it, or choose another with ${variable}=${port + 1}.\n`,
    });
  });

  it('one port for two', async () => {
    const both = `${await freePort()}`;
    const { code, said } = await start({ DEWPOINT_PORT: both, DEWPOINT_CHAIN_PORT: both });
    expect(said).toBe(
      `DEWPOINT_CHAIN_PORT and DEWPOINT_PORT are both ${both}: give each a port of its own.\n`,
    );
    expect(code).toBe(1);
  });

  it('what is no port', async () => {
    expect(await start({ DEWPOINT_PORT: 'many' })).toEqual({
      code: 1,
      said: 'DEWPOINT_PORT=many is not a port: set it to a number from 1 to 65535.\n',
    });
  });

  it('a folder from which another process runs, whatever its ports', async () => {
    const dir = join(clone, 'running');
    mkdirSync(dir);
    writeFileSync(join(dir, 'running.pid'), `${process.pid}\n`);
    const { code, said } = await start({ DEWPOINT_DIR: dir, DEWPOINT_PORT: `${port}` });
    expect(said).toContain(`Dewpoint already runs from ${dir} (process ${process.pid})`);
    expect(code).toBe(1);
  });
});
