import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { posix } from 'node:path';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const LIBRARY = '@openzeppelin/contracts/';
const REMAPPED = `node_modules/${LIBRARY}`;
const IMPORT = /^\s*import\s+(?:[^;"']*?from\s+)?["']([^"']+)["']/gm;

/** What the compiler of an artifact was told. */
interface CompilerSettings {
  readonly version: string;
  readonly evmVersion: string;
  readonly viaIR: boolean;
  readonly optimizerRuns: number;
}

/** Standard JSON input of solc, as explorers take it. */
export interface CompilerInput {
  readonly language: 'Solidity';
  readonly sources: Readonly<Record<string, { readonly content: string }>>;
  readonly settings: object;
}

/** A file and all that it imports, by path from the root of the repository. */
function sourcesOf(file: string, known: Record<string, { content: string }> = {}) {
  if (known[file] !== undefined) return known;
  const content = readFileSync(posix.join(ROOT, file), 'utf8');
  known[file] = { content };
  for (const [, target = ''] of content.matchAll(IMPORT)) {
    const path = target.startsWith('.')
      ? posix.join(posix.dirname(file), target)
      : target.replace(LIBRARY, REMAPPED);
    sourcesOf(path, known);
  }
  return known;
}

/** Makes the input that gives the bytecode of an artifact. @param file Source of the contract, from the root of the repository. */
export function compilerInput(file: string, compiler: CompilerSettings): CompilerInput {
  const sources = Object.entries(sourcesOf(file)).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    language: 'Solidity',
    sources: Object.fromEntries(sources),
    settings: {
      remappings: [`${LIBRARY}=${REMAPPED}`],
      optimizer: { enabled: true, runs: compiler.optimizerRuns },
      viaIR: compiler.viaIR,
      evmVersion: compiler.evmVersion,
      metadata: { bytecodeHash: 'none', appendCBOR: false, useLiteralContent: true },
      outputSelection: {
        '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] },
      },
    },
  };
}
