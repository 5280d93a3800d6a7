import { setTimeout as delay } from 'node:timers/promises';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { callJsonRpc } from '@dewpoint/infra/chain/jsonRpc.ts';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import { readDocument, type Block } from '@dewpoint/infra/testing/documents.ts';
import { ELSEWHERE } from './elsewhere.ts';
import type { RunningDemo } from './running.ts';

const DAY_MS = 86_400_000;
/** Files that a reader makes, in a folder of the test. */
const MADE = [
  ...['receipt.json', 'wallet.key', 'member.json', 'passphrase.txt', 'out.json'],
  ...['cookies.txt', 'demo.json', 'create.json', 'program.json', 'key.json', 'time.json'],
];
/** Files that a reader has, with what is in them here. A few days are enough to see that a replay works. */
const OWNED: Readonly<Record<string, string>> = {
  'my-log.csv': `event_id,customer,date,items,cents
a,ana,2026-01-01,2,2933
b,tom,2026-01-01,1,1177
c,ana,2026-01-03,1,1496
`,
  'my-rules.json': readDocument('test/fixtures/purchases/rules.json'),
};

/** Reads the time of the chain, or of the wall where that is behind: blocks before may have moved it on. */
async function timeOf({ rpcUrl }: RunningDemo): Promise<number> {
  const block = await callJsonRpc(rpcUrl, 'eth_getBlockByNumber', ['pending', false]);
  return Math.max(Date.now(), Number((block as { timestamp: string }).timestamp) * 1_000);
}

/** In a letter of sign-up. */
const LINK = /https?:\/\/[^\s"'\\]+\/auth\/verify-email\?[^\s"'\\]+/g;

/** A letter is logged a moment after the call that asked for it was answered. */
const LETTER_WITHIN_MS = 60_000;
async function linkIn(demo: RunningDemo): Promise<string> {
  const giveUpAtMs = Date.now() + LETTER_WITHIN_MS;
  for (;;) {
    const link = demo.logged().match(LINK)?.at(-1);
    if (link !== undefined) return link;
    if (Date.now() > giveUpAtMs) throw new Error('no letter with a link was logged');
    await delay(100);
  }
}

/** Puts in what a reader would. */
async function withValues(text: string, demo: RunningDemo): Promise<string> {
  const nowMs = await timeOf(demo);
  const values: Readonly<Record<string, string>> = {
    NOW: new Date(nowMs).toISOString(),
    TOMORROW: new Date(nowMs + DAY_MS).toISOString(),
    PROGRAM: demo.access.programAddress,
    LINK: text.includes("'LINK'") ? await linkIn(demo) : '',
  };
  let result = text
    .replaceAll('http://127.0.0.1:4000', demo.url)
    .replaceAll('http://127.0.0.1:8545', demo.rpcUrl)
    .replace(/(["'])(NOW|TOMORROW|PROGRAM|LINK)\1/g, (_all, quote: string, name: string) =>
      [quote, values[name], quote].join(''),
    );
  for (const [name, content] of Object.entries(OWNED)) {
    if (result.includes(name)) writeFileSync(join(demo.dir, name), content);
  }
  for (const name of [...MADE, ...Object.keys(OWNED)]) {
    result = result.replaceAll(name, join(demo.dir, name));
  }
  return result;
}

const environment = (demo: RunningDemo): NodeJS.ProcessEnv => {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(DEWPOINT_|MONGODB_URI$|RPC_URL$|VITEST|NODE_ENV$|npm_)/.test(name),
  );
  return {
    ...Object.fromEntries(own),
    DEWPOINT_STATE_DIR: demo.stateDir,
    KEY: demo.access.apiKey,
    OPERATOR_KEY: demo.access.operatorKey,
    PROGRAM: demo.access.programAddress,
  };
};

async function runProgram(
  command: readonly [string, ...string[]],
  input: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const [program, ...args] = command;
  const child = spawn(program, args, { cwd: ROOT_DIR, env, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  }
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`ended with ${code}:\n${said}`);
  // curl ends with 0 whatever the API says.
  if (/"errors":\[|"userErrors":\[\{|"status":"REJECTED"/.test(said)) {
    throw new Error(`was refused:\n${said}`);
  }
  return said;
}

/** Runs a shell script of the documents. Returns what it printed. @throws Error when it fails or anything is refused */
export const runShell = async (text: string, demo: RunningDemo): Promise<string> =>
  runProgram(['sh', '-eu', '-s'], await withValues(text, demo), environment(demo));

/** Calls the API as the documents say. */
export async function post(url: string, key: string | null, query: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key !== null && { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

/** Everything in an answer that says that something was not done. */
function refusalsIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(refusalsIn);
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === 'userErrors' || name === 'errors') return inner as unknown[];
    return name === 'status' && inner === 'REJECTED' ? [value] : refusalsIn(inner);
  });
}

/** Sends a call of the documents with the key that its block names. Returns the answer. */
export async function askGraphql(block: Block, demo: RunningDemo): Promise<unknown> {
  const { apiKey, operatorKey } = demo.access;
  const key = 'public' in block.marks ? null : 'operator' in block.marks ? operatorKey : apiKey;
  return post(demo.url, key, await withValues(block.text, demo));
}

function refuseRefusals(answer: unknown): void {
  const refusals = refusalsIn(answer);
  if (refusals.length > 0) throw new Error(`was refused: ${JSON.stringify(answer)}`);
}

const COMMENT = /\s+#.*$/;

/** @throws Error for a command that nothing says to be run elsewhere, or a place that does not run it */
function checkElsewhere({ text }: Block): void {
  const commands = text.split('\n').map((line) => line.replace(COMMENT, '').trim());
  for (const command of commands.filter((line) => line !== '')) {
    const found = ELSEWHERE.find(({ starts }) => command.startsWith(starts));
    if (found === undefined) throw new Error(`"${command}" is not in test/docs/elsewhere.ts`);
    if (!readDocument(found.runsIn).includes(found.asProof)) {
      throw new Error(`${found.runsIn} does not say ${found.asProof}`);
    }
  }
}

/**
 * Does with a block what its language and its marks say.
 *
 * @throws Error for a block that does not work
 */
export async function runBlock(block: Block, demo: RunningDemo): Promise<void> {
  const { language, marks } = block;
  if (marks['server'] === 'gone') await demo.stopServer();
  if ('elsewhere' in marks) return checkElsewhere(block);
  if (language === 'sh') await runShell(block.text, demo);
  else if (language === 'graphql') refuseRefusals(await askGraphql(block, demo));
  else if (language === 'js') {
    const text = await withValues(block.text, demo);
    await runProgram([process.execPath, '--input-type=module'], text, environment(demo));
  } else throw new Error(`nothing says how to run ${language}`);
}
