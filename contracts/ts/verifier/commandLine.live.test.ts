import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTamperingProxy } from '../testing/tamperingProxy.ts';
import { plusOne, answering } from '../testing/tampers.ts';
import { rule, terms, TestProgram } from '../testing/testProgram.ts';
import { EXIT_DIFFERENT, EXIT_OK, EXIT_UNABLE, runCommand } from './commandLine.ts';
import type { Report } from './report/report.ts';

/** Where the names begin in the list of the help. */
const HELP_INDENT = 21;

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start([terms({ rules: [rule({ id: 1 })] })]);
  const member = (await program.newWallet()).address as `0x${string}`;
  await program.settle([{ member, epoch: 0, lines: [{ ruleId: 1, count: 123n, amount: 0n }] }]);
});
afterAll(() => program.stop());

async function run(...args: string[]) {
  let stdout = '';
  let stderr = '';
  const exitCode = await runCommand(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
  });
  return { exitCode, stdout, stderr };
}

describe('verify on the command line', () => {
  it('prints a report that people can read, and progress apart from it', async () => {
    const { url } = program.chain;
    const { exitCode, stdout, stderr } = await run('--rpc', url, '--program', program.address);
    expect(exitCode).toBe(EXIT_OK);
    expect(stdout).toContain('Everything agrees.');
    expect(stdout).toContain('1 statements of 1 members settled');
    expect(stdout).toContain('1,230.00 points minted, 0.00 burned, supply 1,230.00');
    expect(stderr).toContain('Reading the logs: ');
  });

  it('takes an address without a checksum', async () => {
    const address = program.address.toLowerCase();
    const { exitCode } = await run('--rpc', program.chain.url, '--program', address);
    expect(exitCode).toBe(EXIT_OK);
  });

  it('names the first differences and ends with 1', async () => {
    const proxy = await startTamperingProxy(program.chain.url, answering('totalSupply', plusOne));
    const { exitCode, stdout } = await run('--rpc', proxy.url, '--program', program.address);
    await proxy.stop();
    expect(exitCode).toBe(EXIT_DIFFERENT);
    expect(stdout).toMatch(/^FAIL supply/m);
    expect(stdout).toContain('the supply (totalSupply): expected 123000, found 123001');
    expect(stdout).toContain('1 of 32 checks found something');
  });

  it('prints nothing but JSON with --json when it is run as a program', async () => {
    const root = fileURLToPath(new URL('../../../', import.meta.url));
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    const args = ['--rpc', program.chain.url, '--program', program.address, '--json'];
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', main, ...args],
      { cwd: root },
    );
    const report = JSON.parse(stdout) as Report;
    expect(report.ok).toBe(true);
    expect(report.totals.minted).toBe('123000');
    expect(report.checks).toHaveLength(32);
    expect(stderr).not.toContain('\r');
  });

  it('names every promise in its help', async () => {
    const { url } = program.chain;
    const { stdout } = await run('--rpc', url, '--program', program.address, '--json');
    const report = JSON.parse(stdout) as Report;
    const { checks } = report;
    // What the checks were about is for pages: it may be larger than all the rest.
    expect(Object.keys(report)).toEqual([
      ...['program', 'chainId', 'fromBlock', 'toBlock', 'checks', 'totals', 'document'],
      ...['proof', 'ok'],
    ]);
    const help = await run('--help');
    const named = /Checked are\n([^]*?)\n\n/.exec(help.stdout)?.[1]?.split('\n') ?? [];
    const names = named.flatMap((line) => line.slice(HELP_INDENT).split(', '));
    expect(names.sort()).toEqual(checks.map(({ name }) => name).sort());
  });

  it('ends with 2 when it is run as a program and can verify nothing', async () => {
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    const running = promisify(execFile)(process.execPath, ['--import', 'tsx', main, '--json']);
    await expect(running).rejects.toMatchObject({ code: EXIT_UNABLE, stdout: '' });
  });
});

describe('one clear sentence and exit code 2', () => {
  const url = 'http://127.0.0.1:65535';
  const address = `0x${'5'.repeat(40)}`;
  it.each<[string, string, string[]]>([
    ['no arguments', 'Name both the node and the program', []],
    ['an unknown flag', "Unknown option '--chain'", ['--chain', '1']],
    ['a word too many', "Unexpected argument 'now'", ['now']],
    ['a flag without its value', "Option '--rpc <value>' argument missing", ['--rpc']],
    ['a bad URL', '--rpc localhost is not', ['--rpc', 'localhost', '--program', address]],
    ['a bad scheme', '--rpc ws://x is not', ['--rpc', 'ws://x', '--program', address]],
    ['a bad address', '--program 0x12 is not an address', ['--rpc', url, '--program', '0x12']],
    [
      'a wrong checksum',
      'or its checksum is wrong',
      ['--rpc', url, '--program', '0x0115566d4dBf8175959c651b4A31f46021E66f95'],
    ],
    [
      'a bad block',
      '--from latest is not a block number',
      ['--rpc', url, '--program', address, '--from', 'latest'],
    ],
    [
      'a node that is not there',
      'The RPC does not answer eth_chainId: connect ECONNREFUSED 127.0.0.1:65535.',
      ['--rpc', url, '--program', address],
    ],
  ])('for %s', async (_what, sentence, args) => {
    const { exitCode, stdout, stderr } = await run(...args);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(exitCode).toBe(EXIT_UNABLE);
  });

  it('for an address without a contract', async () => {
    const { exitCode, stderr } = await run('--rpc', program.chain.url, '--program', address);
    expect(stderr).toBe(`There is no contract at ${address} on this chain.\n`);
    expect(exitCode).toBe(EXIT_UNABLE);
  });

  it('for a server that is no node', async () => {
    const server = createServer((_request, response) => response.end('<html>'));
    await listening(server);
    const { port } = server.address() as AddressInfo;
    const { exitCode, stderr } = await run(
      ...['--rpc', `http://127.0.0.1:${port}`, '--program', address],
    );
    server.close();
    expect(stderr).toBe('The RPC does not answer eth_chainId: HTTP status 200 and no JSON.\n');
    expect(exitCode).toBe(EXIT_UNABLE);
  });
});

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}
