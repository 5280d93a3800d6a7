import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { id as keccakOfText } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunkRootOf, proofOf, rootOf } from '../actionLog.ts';
import { leafOf, proofJson, type ActionProof, type LogEntry } from '../actionProof.ts';
import type { Hex } from '../statement.ts';
import { STARTS_AT } from '../testing/chain/deployOnce.ts';
import { startTamperingProxy } from '../testing/tamperingProxy.ts';
import { plusOne, answering } from '../testing/tampers.ts';
import { rule, terms, TestProgram } from '../testing/testProgram.ts';
import { EXIT_DIFFERENT, EXIT_OK, EXIT_UNABLE, runCommand } from './commandLine.ts';
import type { Report } from './report/report.ts';

/** Where the names begin in the list of the help. */
const HELP_INDENT = 21;

/** The small print of the program. */
const DOCUMENT = '# Terms\n\nWhat is earned is kept. 得到的不会被收回。\n';

let dir: string;
let proof: ActionProof;
let voidProof: ActionProof;
let program: TestProgram;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'dewpoint-verify-'));
  const documentHash = keccakOfText(DOCUMENT) as Hex;
  program = await TestProgram.start([terms({ rules: [rule({ id: 1 })], documentHash })]);
  const member = (await program.newWallet()).address as `0x${string}`;
  await program.settle([{ member, epoch: 0, lines: [{ ruleId: 1, count: 123n, amount: 0n }] }]);
  const entry: LogEntry = {
    contract: program.address,
    kind: 'action',
    recordedAtMs: STARTS_AT * 1_000 + 5,
    occurredAtMs: STARTS_AT * 1_000,
    maturesAtMs: null,
    account: member,
    eventId: 'e1',
    ruleId: 1,
    count: 123,
    amount: 0n,
    evidenceHash: null,
    salt: `0x${'5a'.repeat(32)}`,
  };
  const voided: LogEntry = { ...entry, kind: 'void', occurredAtMs: null };
  const chunk = [leafOf(entry), leafOf(voided)];
  const place = { epoch: 0, chunk, chunkRoots: [chunkRootOf(chunk)] };
  proof = proofOf(entry, place);
  voidProof = proofOf(voided, place);
  await program.turnTo(1);
  await program.anchor(0, rootOf(chunk), 2);
});
afterAll(async () => {
  await program.stop();
  rmSync(dir, { recursive: true, force: true });
});

function fileOf(name: string, text: string): string {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
}

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

  it('tells whether a text is the small print in force, and ends with 1 when it is not', async () => {
    const ofProgram = ['--rpc', program.chain.url, '--program', program.address];
    const good = await run(...ofProgram, '--document', fileOf('terms.md', DOCUMENT));
    expect(good.stdout).toMatch(
      /^ok {3}The document is the small print in force: 0x\w{64}, carried by version 0/m,
    );
    expect(good.exitCode).toBe(EXIT_OK);
    const other = fileOf('other.md', `${DOCUMENT} `);
    const bad = await run(...ofProgram, '--document', other, '--json');
    expect(JSON.parse(bad.stdout)).toMatchObject({ ok: true, document: { standing: 'never' } });
    expect(bad.exitCode).toBe(EXIT_DIFFERENT);
  });

  it('tells whether an entry stood in the log that was anchored', async () => {
    const ofProgram = ['--rpc', program.chain.url, '--program', program.address];
    const good = await run(...ofProgram, '--proof', fileOf('proof.json', proofJson(proof)));
    expect(good.stdout).toMatch(/^ok {3}The entry stood in the log of epoch 0 that was anchored/m);
    expect(good.stdout).toContain('1 log of an epoch anchored, 0 not');
    expect(good.exitCode).toBe(EXIT_OK);
    const doctored = proofJson({ ...proof, entry: { ...proof.entry, count: 2 } });
    const bad = await run(...ofProgram, '--proof', fileOf('doctored.json', doctored));
    expect(bad.stdout).toMatch(
      /^FAIL The entry of the log of epoch 0: .* did not stand in the log/m,
    );
    expect(bad.exitCode).toBe(EXIT_DIFFERENT);
  });

  it('tells the same of a void, which is an entry of its own, also when it is run as a program', async () => {
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    const judged = (file: string) =>
      promisify(execFile)(process.execPath, [
        ...['--import', 'tsx', main, '--rpc', program.chain.url, '--program', program.address],
        ...['--json', '--proof', file],
      ]);
    const good = await judged(fileOf('void.json', proofJson(voidProof)));
    expect(JSON.parse(good.stdout)).toMatchObject({ ok: true, proof: { ok: true, epoch: 0 } });
    // The action of the same event id is another entry.
    const action = { ...voidProof, entry: { ...voidProof.entry, kind: 'action' as const } };
    await expect(judged(fileOf('action.json', proofJson(action)))).rejects.toMatchObject({
      code: EXIT_DIFFERENT,
    });
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
      ...['proof', 'receipt', 'ok'],
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
    [
      'a file that is not there',
      "--document /nowhere can't be read",
      ['--rpc', url, '--program', address, '--document', '/nowhere'],
    ],
    [
      'a file without a proof',
      'holds no proof: the proof is not JSON',
      ['--rpc', url, '--program', address, '--proof', fileURLToPath(import.meta.url)],
    ],
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
