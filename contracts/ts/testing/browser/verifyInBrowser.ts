/** What a page that shows a program does: bundled for browsers by tests, and run there as a script or as a worker. */
import type { Address } from '../../statement.ts';
import { readProgram } from '../../verifier/readProgram.ts';
import { reportJson } from '../../verifier/report/report.ts';
import { HttpRpc } from '../../verifier/rpc/httpRpc.ts';
import { verify } from '../../verifier/verify.ts';

/** What to verify, as it is posted to a worker. */
export interface BrowserTask {
  readonly rpc: string;
  readonly program: Address;
}

/** What it found; an error's message instead. */
export interface BrowserVerdict {
  readonly report?: string;
  /** Names of the rules in force, as read before anything was verified. */
  readonly rules?: readonly (string | null)[];
  readonly stages?: readonly string[];
  readonly holders?: number;
  readonly error?: string;
  readonly nodeGlobals: readonly string[];
}

/** Not one of them is in a browser. */
const NODE_GLOBALS = ['process', 'Buffer', 'setImmediate', 'global', 'require', '__dirname'];

async function verifyInBrowser({ rpc, program }: BrowserTask): Promise<BrowserVerdict> {
  const nodeGlobals = NODE_GLOBALS.filter((name) => name in globalThis);
  try {
    const provider = new HttpRpc(rpc);
    const { ruleSets } = await readProgram(provider, program);
    const stages = new Set<string>();
    const { facts, ...report } = await verify({
      provider,
      program,
      signal: new AbortController().signal,
      onProgress: ({ stage }) => stages.add(stage),
    });
    return {
      report: reportJson(report),
      rules: ruleSets[0]?.rules.map(({ name }) => name) ?? [],
      stages: [...stages],
      holders: facts.holders.length,
      nodeGlobals,
    };
  } catch (error) {
    return { error: String(error), nodeGlobals };
  }
}

Object.assign(globalThis, { verifyInBrowser });
// In a worker, tasks come by message.
if ('importScripts' in globalThis) {
  addEventListener('message', ({ data }: MessageEvent<BrowserTask>) => {
    void verifyInBrowser(data).then((verdict) => postMessage(verdict));
  });
}
