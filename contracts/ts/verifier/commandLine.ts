import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { getAddress, isAddress } from 'ethers';
import { proofIn, type ActionProof } from '../actionProof.ts';
import { receiptIn, type Receipt } from '../receipt.ts';
import type { Address } from '../statement.ts';
import { documentText, judgeDocument } from './evidence/document.ts';
import { judgeProof, proofText } from './evidence/logProof.ts';
import { judgeReceipt, receiptText } from './evidence/receipt.ts';
import type { JudgedEvidence } from './evidence/evidence.ts';
import { ProgressLine, type ProgressOutput } from './report/progressLine.ts';
import { CHECK_IDS, PROMISE_GROUPS, PROMISES } from './report/promises.ts';
import { reportJson, reportText } from './report/report.ts';
import { HttpRpc } from './rpc/httpRpc.ts';
import { CannotVerify, reasonOf } from './rpc/rpc.ts';
import { verify, type VerifiedProgram } from './verify.ts';

/** Where the names of the promises begin, beside what they are about. */
const GROUP_WIDTH = 19;

const SYNOPSIS =
  'npm run verify -- --rpc URL --program ADDRESS [--from BLOCK] [--document FILE] [--proof FILE] [--receipt FILE] [--json]';

const HELP = `${SYNOPSIS}

Recomputes a program from its logs and compares the result with what its contracts answer. Needs nothing but a node:
no old state and no server. Prints a line for each promise with its verdict and its evidence, and below it what is wrong.

  --rpc URL          JSON-RPC of a node of the program's chain
  --program ADDRESS  the program's Points contract
  --from BLOCK       where to begin to look for logs: not after the creation; 0 by default
  --document FILE    tells whether the text in FILE, byte for byte, is the small print in force
  --proof FILE       tells whether the log entry in FILE stood in the log of its day, by its anchor
  --receipt FILE     tells whether the receipt in FILE is good, and for how much
  --json             print the report as JSON (with npm run --silent: and nothing else)

Checked are
${checkedPromises()}

Exit code 0: everything agrees, the files included. 1: it does not, see the report. 2: nothing could be verified.`;

/** Everything agrees. */
export const EXIT_OK = 0;
/** Something is not as promised. */
export const EXIT_DIFFERENT = 1;
/** Nothing could be verified: wrong usage, no connection, no program. */
export const EXIT_UNABLE = 2;

/** Where the command writes. */
export interface Outputs {
  /** Nothing but the report. */
  readonly stdout: { write(text: string): unknown };
  readonly stderr: ProgressOutput;
}

interface Options {
  readonly rpc: string;
  readonly program: Address;
  readonly fromBlock: number;
  readonly json: boolean;
  readonly document: Uint8Array | null;
  readonly proof: ActionProof | null;
  readonly receipt: Receipt | null;
}

const BLOCK_NUMBER = /^\d{1,15}$/;

/** Runs the command with its arguments and returns its exit code. */
export async function runCommand(args: readonly string[], outputs: Outputs): Promise<number> {
  const { stdout, stderr } = outputs;
  try {
    const options = optionsIn(args);
    if (options === 'help') {
      stdout.write(`${HELP}\n`);
      return EXIT_OK;
    }
    return await runVerification(options, outputs);
  } catch (error) {
    // A bug must not look like a finding, and Node would end with 1 for it.
    const isExpected = error instanceof CannotVerify || !(error instanceof Error);
    stderr.write(`${isExpected ? reasonOf(error) : error.stack}\n`);
    return EXIT_UNABLE;
  }
}

async function runVerification(options: Options, { stdout, stderr }: Outputs): Promise<number> {
  const { rpc, program, fromBlock, json } = options;
  const provider = new HttpRpc(rpc);
  const progress = new ProgressLine(stderr);
  try {
    const onProgress = progress.update.bind(progress);
    const report = await verify({ provider, program, fromBlock, onProgress });
    progress.end();
    const evidence = await judged(provider, options, report);
    stdout.write(
      `${json ? reportJson(report, { ...evidence }) : reportText(report, evidenceLines(evidence))}\n`,
    );
    const isShown = Object.values(evidence).every(
      (verdict: { ok: boolean } | null) => verdict?.ok ?? true,
    );
    return report.ok && isShown ? EXIT_OK : EXIT_DIFFERENT;
  } catch (error) {
    progress.end();
    throw error;
  }
}

async function judged(
  provider: HttpRpc,
  { document, proof, receipt }: Options,
  verified: VerifiedProgram,
): Promise<JudgedEvidence> {
  const { facts } = verified;
  return {
    document: document === null ? null : judgeDocument(document, facts),
    proof: proof === null ? null : judgeProof(proof, facts),
    receipt: receipt === null ? null : await judgeReceipt(provider, receipt, verified),
  };
}

function evidenceLines({ document, proof, receipt }: JudgedEvidence): string[] {
  return [
    ...(document === null ? [] : [documentText(document)]),
    ...(proof === null ? [] : [proofText(proof)]),
    ...(receipt === null ? [] : [receiptText(receipt)]),
  ];
}

/** @throws CannotVerify saying in one sentence what is wrong with the arguments. */
function optionsIn(args: readonly string[]): Options | 'help' {
  const { rpc, program, from = '0', json = false, help = false, ...files } = parse(args);
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
  if (!BLOCK_NUMBER.test(from)) {
    throw new CannotVerify(`--from ${from} is not a block number.`);
  }
  return {
    ...{ rpc, json, program: getAddress(program) as Address, fromBlock: Number(from) },
    document: files.document === undefined ? null : bytesIn('--document', files.document),
    proof: files.proof === undefined ? null : readAs(proofIn, 'proof', files.proof),
    receipt: files.receipt === undefined ? null : readAs(receiptIn, 'receipt', files.receipt),
  };
}

function bytesIn(option: string, file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CannotVerify(`${option} ${file} can't be read: ${reasonOf(error)}.`);
  }
}

function readAs<Read>(read: (text: string) => Read, what: string, file: string): Read {
  const text = new TextDecoder().decode(bytesIn(`--${what}`, file));
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CannotVerify(`--${what} ${file} holds no ${what}: ${error.message}.`);
  }
}

function parse(args: readonly string[]) {
  try {
    const options = {
      rpc: { type: 'string' },
      program: { type: 'string' },
      from: { type: 'string' },
      document: { type: 'string' },
      proof: { type: 'string' },
      receipt: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // The sentences after the first explain how the parser could be told otherwise.
    const [sentence = ''] = error.message.split(/[.\n]/);
    throw new CannotVerify(`${sentence}: ${SYNOPSIS}`);
  }
}

/** A line for each group with the names of its promises. */
function checkedPromises(): string {
  const lines = Object.entries(PROMISE_GROUPS).map(([group, heading]) => {
    const names = CHECK_IDS.map((id) => PROMISES[id]).filter((checked) => checked.group === group);
    return `  ${heading.padEnd(GROUP_WIDTH)}${names.map(({ name }) => name).join(', ')}`;
  });
  return lines.join('\n');
}
