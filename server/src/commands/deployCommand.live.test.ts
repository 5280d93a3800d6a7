import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { deployLocalMoney } from '@dewpoint/contracts/deploy.ts';
import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import { minedReceipt } from '@dewpoint/contracts/minedReceipt.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { runCommand as runVerify } from '@dewpoint/contracts/verifier/commandLine.ts';
import { DEV_KEYS, startChain, type Chain as Anvil } from '@dewpoint/infra/chain/chain.ts';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import { startForeignNode, type ForeignNode } from '@dewpoint/infra/testing/foreignNode.ts';
import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import { Contract, JsonRpcProvider, Wallet } from 'ethers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKeystore } from '../chain/keys/keystore.ts';
import { readConfig } from '../config/config.ts';
import { programIdOf } from '../domain/program.ts';
import { KEY_SCOPES } from '../domain/organisations/scopes.ts';
import { startServer } from '../main.ts';
import { createApiKeys } from '../services/access/apiKeys.ts';
import { connectStore } from '../store/connect.ts';
import { goodProgram } from '../testing/badPrograms.ts';
import { runDeploy } from './deployCommand.ts';

const CHAIN_ID = 777_777;
const PASSWORD = 'a password of twelve';
const DAY_MS = 86_400_000;

let anvil: Anvil;
let node: ForeignNode;
let provider: JsonRpcProvider;
let token: Address;
let stateDir: string;
let isOver = false;
let fees: Promise<void>;

/**
 * The base fee goes up and down between a tenth of a gwei and three. It is low for more than a block: what was priced then is mined
 * when it is so again, also of a command that is gone.
 */
async function moveFees(): Promise<void> {
  for (let step = 0; !isOver; step += 1) {
    const above = Math.max(0, Math.abs((step % 24) - 12) - 2);
    const fee = 100_000_000n + 290_000_000n * BigInt(above);
    await provider.send('anvil_setNextBlockBaseFeePerGas', [`0x${fee.toString(16)}`]);
    await delay(500);
  }
}

beforeAll(async () => {
  anvil = await startChain({ chainId: CHAIN_ID });
  provider = new JsonRpcProvider(anvil.url, CHAIN_ID, { staticNetwork: true, cacheTimeout: -1 });
  const dev = new Wallet(DEV_KEYS.stranger, provider);
  token = await deployLocalMoney(dev, { name: 'Far Dollar', symbol: 'FD', decimals: 6 });
  const mint = new Contract(token, localMoneyAbi, dev).getFunction('mint');
  await minedReceipt(provider, ((await mint(dev.address, 10n ** 12n)) as { hash: string }).hash);
  // The chain is long before anything of Dewpoint is on it: no node gives the logs of all of it at once.
  await provider.send('anvil_mine', ['0x5dc']);
  await minedReceipt(provider, ((await mint(dev.address, 1n)) as { hash: string }).hash);
  await provider.send('evm_setIntervalMining', [1]);
  fees = moveFees();
  node = await startForeignNode(anvil.url);
  stateDir = await mkdtemp(join(tmpdir(), 'dewpoint-deploy-'));
});
afterAll(async () => {
  isOver = true;
  await fees;
  provider.destroy();
  await node.stop();
  await anvil.stop();
  await rm(stateDir, { recursive: true, force: true });
});

const environment = (): Record<string, string> => ({
  DEWPOINT_STATE_DIR: stateDir,
  DEWPOINT_KEYSTORE_PASSWORD: PASSWORD,
});

async function run(args: readonly string[], env: Record<string, string> = environment()) {
  let stdout = '';
  let stderr = '';
  const exitCode = await runDeploy(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env,
  });
  return { exitCode, stdout, stderr };
}

it.each([
  [
    'no node',
    ['--settlement-token', '0x00000000000000000000000000000000000000bb'],
    'npm run deploy',
  ],
  ['what is no URL', ['--rpc', 'node', '--settlement-token', '0x1'], 'is not a URL'],
  [
    'what is no address',
    ['--rpc', 'http://127.0.0.1:1', '--settlement-token', '0x1'],
    'is not an address',
  ],
  ['an option that there is not', ['--wrong'], '--wrong'],
  [
    'a node that is not there',
    [
      '--rpc',
      'http://127.0.0.1:1',
      '--settlement-token',
      '0x00000000000000000000000000000000000000bb',
    ],
    'No chain node answers',
  ],
])('says what is wrong with %s, without a stack', async (_what, args, said) => {
  const { exitCode, stderr } = await run(args);
  expect(stderr).toContain(said);
  expect(stderr).not.toContain('    at ');
  expect(exitCode).toBe(2);
});

it('refuses a token that is none, and a chain without a password', async () => {
  const nobody = '0x000000000000000000000000000000000000dEaD';
  expect(await run(['--rpc', node.url, '--settlement-token', nobody])).toMatchObject({
    exitCode: 1,
    stderr: `--settlement-token ${nobody} has no code on chain ${CHAIN_ID}.\n`,
  });
  const args = ['--rpc', node.url, '--settlement-token', token];
  const bare = await run(args, { DEWPOINT_STATE_DIR: stateDir });
  expect(bare).toMatchObject({ exitCode: 2, stderr: /^DEWPOINT_KEYSTORE_PASSWORD must be set/ });
  expect(await readdir(stateDir)).toEqual([]);
});

it('says how much of what is missing where, and ends when it shall not wait', async () => {
  const { exitCode, stderr, stdout } = await run([
    ...['--rpc', node.url, '--settlement-token', token, '--no-wait'],
  ]);
  expect(stdout).toBe(`Settlement token: FD (${token}), 6 decimals.\n`);
  expect(stderr).toMatch(
    /^0x\w{40} on chain 777777 has 0 and needs 0\.\d+ .+ Send it 0\.\d+ and run this again\.\n$/,
  );
  expect(exitCode).toBe(1);
});

/** The command in a process of its own, which is killed as soon as the chain has its next transaction. */
async function runInProcess(dies: boolean): Promise<{ code: number | null; said: string }> {
  const args = ['--import', 'tsx', 'server/src/commands/deploy.ts'];
  args.push('--rpc', node.url, '--settlement-token', token);
  const child = spawn(process.execPath, args, {
    cwd: ROOT_DIR,
    env: { PATH: process.env.PATH, ...environment() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  node.onTransaction = () => void (dies && child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [, wanted, account] = /^Send ([\d.]+) of .* to (0x\w{40}) /m.exec(said) ?? [];
      if (wanted === undefined || said.includes('Deployed')) return;
      void provider.send('anvil_setBalance', [
        account,
        `0x${BigInt(Math.ceil(Number(wanted) * 1e18)).toString(16)}`,
      ]);
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said };
}

it('goes on after it was killed at every step, and deploys nothing twice', async () => {
  const keys = await openKeystore({ path: join(stateDir, 'keystore.json'), password: PASSWORD });
  const deployer = new Wallet(keys.deployerKey).address;
  for (let killed = 0; killed < 6; killed += 1) {
    const { code, said } = await runInProcess(true);
    expect(code, said).toBe(null);
    await expect.poll(() => provider.getTransactionCount(deployer)).toBe(killed + 1);
  }
  const last = await runInProcess(false);
  expect(last.said).toContain(`RPC_URL=${node.url}\nDEWPOINT_CHAIN_ID=${CHAIN_ID}\n`);
  expect(last.said).not.toContain('Deployed');
  expect(last.code).toBe(0);
  expect(await provider.getTransactionCount(deployer)).toBe(6);
  const list = JSON.parse(
    await readFile(join(stateDir, `deployment-${CHAIN_ID}`, 'contracts.json'), 'utf8'),
  ) as { contracts: { contract: string; address: Address }[] };
  expect(list.contracts.map(({ contract }) => contract)).toEqual([
    ...['forwarder', 'points', 'charter', 'buyback', 'catalogue', 'programs'],
  ]);
});

/** What is asked for below, as far as there is an answer. */
interface Answer {
  readonly data?: {
    readonly programCreate?: { readonly program: { readonly address: Address } | null };
    readonly member?: { readonly balance: object };
  };
}

it('lets the service create, record, settle and be verified on a chain that is not its own', async () => {
  const uri = testDatabaseUri();
  const config = readConfig({
    ...environment(),
    MONGODB_URI: uri,
    RPC_URL: node.url,
    DEWPOINT_CHAIN_ID: `${CHAIN_ID}`,
    DEWPOINT_PORT: '0',
    DEWPOINT_LOG_LEVEL: 'silent',
  });
  const keys = await openKeystore({ path: join(stateDir, 'keystore.json'), password: PASSWORD });
  const deployer = new Wallet(keys.deployerKey).address;
  await provider.send('anvil_setBalance', [deployer, '0x8ac7230489e80000']);
  const store = await connectStore(uri);
  const owner = {
    organisationId: 'org_00000000000000aa',
    environment: 'test',
    programId: null,
  } as const;
  const { key } = await createApiKeys(store).create(owner, 'all', KEY_SCOPES);
  const server = await startServer(config);
  const ask = async (query: string, input: object, program?: string): Promise<Answer> => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${key}`,
        ...(program !== undefined && { 'dewpoint-program': program }),
      },
      body: JSON.stringify({ query, variables: { input } }),
    });
    return (await response.json()) as Answer;
  };
  try {
    const startMs = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const choices = {
      ...goodProgram(token),
      startsAt: new Date(startMs).toISOString(),
      firstRoundAt: new Date(startMs + 7 * DAY_MS).toISOString(),
    };
    const create = `mutation ($input: ProgramCreateInput!) { programCreate(input: $input) {
      program { id address } transaction { status } userErrors { field message } } }`;
    let created: Answer = {};
    await expect
      .poll(
        async () => {
          created = await ask(create, choices);
          return created.data?.programCreate?.program?.address ?? JSON.stringify(created);
        },
        { timeout: 90_000, interval: 1_000 },
      )
      .toMatch(/^0x\w{40}$/);
    const address = created.data?.programCreate?.program?.address as Address;
    const id = programIdOf({ chainId: CHAIN_ID, address });
    const opening = (goodProgram(token)['opening'] as { rules: { name: string }[] }[])[0];
    const rule = opening?.rules[0]?.name;
    const action = { memberId: 'mei', eventId: 'a-1', rule, occurredAt: new Date().toISOString() };
    const record = `mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status code message } } }`;
    await expect
      .poll(async () => JSON.stringify(await ask(record, { actions: [action] }, id)))
      .toMatch(/RECORDED|DUPLICATE/);
    const collect = `mutation ($input: DropsCollectInput!) { dropsCollect(input: $input) { userErrors { code } } }`;
    await ask(collect, { memberId: 'mei' }, id);
    const balance = `{ member(memberId: "mei") { balance { settled pending } } }`;
    await expect
      .poll(async () => (await ask(balance, {}, id)).data?.member?.balance, {
        timeout: 90_000,
        interval: 1_000,
      })
      .toMatchObject({ pending: '0.00', settled: expect.not.stringMatching(/^0\.00$/) as string });
    let report = '';
    const outputs = {
      stdout: { write: (text: string) => (report += text) },
      stderr: { write: (text: string) => (report += text), isTTY: false },
    };
    const verdict = await runVerify(['--rpc', node.url, '--program', address], outputs);
    expect(verdict, report).toBe(0);
  } finally {
    await server.close();
    await store.close();
  }
});
