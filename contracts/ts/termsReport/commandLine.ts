import { parseArgs } from 'node:util';
import { getAddress, isAddress } from 'ethers';
import type { Address } from '../statement.ts';
import { ProgressLine, type ProgressOutput } from '../verifier/report/progressLine.ts';
import { HttpRpc } from '../verifier/rpc/httpRpc.ts';
import { CannotVerify, reasonOf } from '../verifier/rpc/rpc.ts';
import { readTerms } from './readTerms.ts';
import { termsJson } from './termsJson.ts';
import { termsText } from './termsText.ts';

const SYNOPSIS = 'npm run terms -- --rpc URL --program ADDRESS [--from BLOCK] [--json]';

const HELP = `${SYNOPSIS}

Shows what a program has promised, from its logs and contracts alone; no server is asked. In words: the formula of every
epoch, every change of terms, the terms of the buyback, and the money that is there for it.

  --rpc URL          JSON-RPC of a node of the program's chain
  --program ADDRESS  the program's Points contract
  --from BLOCK       where to begin to look for logs: not after the creation; 0 by default
  --json             print it as JSON (with npm run --silent: and nothing else)

Exit code 0: the contracts compute with these terms, and every change of them was announced. 1: they do not, see the end.
2: nothing could be read.`;

const EXIT_AGREES = 0;
const EXIT_DIFFERS = 1;
const EXIT_CANNOT = 2;
const BLOCK_NUMBER = /^\d{1,15}$/;

/** Runs the command with its arguments and returns its exit code. */
export async function runTermsCommand(
  args: readonly string[],
  {
    stdout,
    stderr,
  }: { readonly stdout: { write(text: string): unknown }; readonly stderr: ProgressOutput },
): Promise<number> {
  const progress = new ProgressLine(stderr);
  try {
    const options = optionsIn(args);
    if (options === 'help') {
      stdout.write(`${HELP}\n`);
      return EXIT_AGREES;
    }
    const { rpc, program, fromBlock, json } = options;
    const onProgress = progress.update.bind(progress);
    const terms = await readTerms({ provider: new HttpRpc(rpc), program, fromBlock, onProgress });
    progress.end();
    stdout.write(`${json ? termsJson(terms) : termsText(terms)}\n`);
    return terms.differences.length === 0 ? EXIT_AGREES : EXIT_DIFFERS;
  } catch (error) {
    progress.end();
    // A bug must not look like a finding, and Node would end with 1 for it.
    const isExpected = error instanceof CannotVerify || !(error instanceof Error);
    stderr.write(`${isExpected ? reasonOf(error) : error.stack}\n`);
    return EXIT_CANNOT;
  }
}

/** @throws CannotVerify saying in one sentence what is wrong with the arguments. */
function optionsIn(args: readonly string[]) {
  const { rpc, program, from = '0', json = false, help = false } = parse(args);
  if (help) return 'help';
  if (rpc === undefined || program === undefined) {
    throw new CannotVerify(`Name both the node and the program: ${SYNOPSIS}`);
  }
  if (!URL.canParse(rpc) || !['http:', 'https:'].includes(new URL(rpc).protocol)) {
    throw new CannotVerify(`--rpc ${rpc} is not an http or https URL.`);
  }
  if (!program.startsWith('0x') || !isAddress(program)) {
    throw new CannotVerify(`--program ${program} is not an address, or its checksum is wrong.`);
  }
  if (!BLOCK_NUMBER.test(from)) throw new CannotVerify(`--from ${from} is not a block number.`);
  return { rpc, program: getAddress(program) as Address, fromBlock: Number(from), json };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const options = {
      rpc: text,
      program: text,
      from: text,
      json: flag,
      help: { ...flag, short: 'h' },
    };
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // The sentences after the first explain how the parser could be told otherwise.
    const [sentence = ''] = error.message.split(/[.\n]/);
    throw new CannotVerify(`${sentence}: ${SYNOPSIS}`);
  }
}
