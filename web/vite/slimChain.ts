import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformWithEsbuild, type Plugin } from 'vite';

const CONTRACTS = fileURLToPath(new URL('../../contracts/ts', import.meta.url));

/** An entry of an ABI, as far as it matters here. */
interface AbiEntry {
  readonly type: string;
  readonly name?: string;
}

/**
 * Leaves out of what reads the chain what the verifier never asks for: functions that it does not name, errors, and what ABIs and
 * ethers have for other uses. What it finds is the same to the byte; a test compares it with the command line's.
 */
export function slimChain(): Plugin {
  const named = namesInVerifier();
  return {
    name: 'dewpoint-slim-chain',
    enforce: 'pre',
    async transform(code, id) {
      if (id.endsWith('ethers/lib.esm/abi/typed.js')) return PLAIN_VALUES;
      if (id.endsWith('ethers/lib.esm/abi/interface.js')) {
        return withoutMethods(code, this.parse(code) as unknown as Program);
      }
      if (id.endsWith('ethers/lib.esm/abi/fragments.js')) {
        return withoutReader(code, this.parse(code) as unknown as Program);
      }
      if (!/contracts\/ts\/abi\/\w+Abi\.ts$/.test(id)) return undefined;
      const script = await transformWithEsbuild(code, id);
      const url = `data:text/javascript,${encodeURIComponent(script.code)}`;
      const abis = (await import(url)) as Record<string, readonly AbiEntry[]>;
      return Object.entries(abis)
        .map(([name, abi]) => `export const ${name} = ${JSON.stringify(slim(abi, named))};`)
        .join('\n');
    },
  };
}

/** Methods of ethers' `Interface` that nothing of the verifier calls, and no other method either. */
const UNUSED_METHODS = new Set([
  ...['getFunctionName', 'forEachFunction', 'getEventName', 'hasEvent', 'forEachEvent'],
  ...['decodeErrorResult', 'encodeErrorResult', 'encodeDeploy', 'decodeFunctionData'],
  ...['encodeFunctionResult', 'encodeFilterTopics', 'encodeEventLog', 'parseTransaction'],
  ...['parseCallResult', 'parseError', 'forEachError', 'formatJson'],
]);

/** What reads ABIs that people write as sentences. Ours are JSON. */
const READER = new Set([
  ...['lex', 'consumeName', 'consumeKeywords', 'consumeParams', 'consumeMut', 'consumeGas'],
  ...['consumeEoi', 'TokenString'],
]);

/** As much of a syntax tree as is looked at. */
interface Program {
  readonly body: readonly Statement[];
}
interface Statement {
  readonly type: string;
  readonly id?: { readonly name: string } | null;
  readonly body?: Body;
  readonly declaration?: { readonly type: string; readonly body: Body } | null;
}
interface Body {
  readonly start: number;
  readonly end: number;
  readonly body: readonly {
    readonly start: number;
    readonly end: number;
    readonly key?: { readonly name?: string };
  }[];
}

const READS_TYPE = 'static from(obj, allowIndexed) {';

/** Functions and classes stay, without anything in them. */
function withoutReader(code: string, { body }: Program): string {
  const left = body.reduceRight((text, { id, body: inside }) => {
    if (inside === undefined || !READER.has(id?.name ?? '')) return text;
    return `${text.slice(0, inside.start)}{}${text.slice(inside.end)}`;
  }, code);
  if (!left.includes(READS_TYPE)) throw new Error('ethers reads types in another way now');
  // Types by their names, such as "uint256[]", are read as in JSON.
  return left.replace(
    READS_TYPE,
    `${READS_TYPE} if (typeof obj === 'string') obj = { type: obj };`,
  );
}

function withoutMethods(code: string, { body }: Program): string {
  const unused = body
    .flatMap(({ declaration }) =>
      declaration?.type === 'ClassDeclaration' ? declaration.body.body : [],
    )
    .filter(({ key }) => UNUSED_METHODS.has(key?.name ?? ''));
  return unused.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), code);
}

/** `Typed` lets callers choose between functions of one name. The verifier gives plain values. */
const PLAIN_VALUES = `export class Typed {
  static isTyped() { return false; }
  static dereference(value) { return value; }
}`;

function slim(abi: readonly AbiEntry[], named: ReadonlySet<string>): unknown[] {
  const kept = abi
    .filter(({ type, name = '' }) => type === 'event' || (type === 'function' && named.has(name)))
    .map(withoutDecoration);
  // Without one, ethers would read the sentence "constructor()".
  return [{ type: 'constructor', inputs: [] }, ...kept];
}

/** What ethers does without, as it does without a `false`. */
const DECORATION = new Set(['internalType', 'stateMutability']);

function withoutDecoration(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDecoration);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !DECORATION.has(key) && inner !== false)
      .map(([key, inner]) => [key, withoutDecoration(inner)]),
  );
}

/** Every word that the verifier has in quotes: the functions that it calls are among them. */
function namesInVerifier(): ReadonlySet<string> {
  const files = [...sourcesIn(join(CONTRACTS, 'verifier')), join(CONTRACTS, 'terms.ts')];
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  return new Set([...text.matchAll(/'(\w+)'/g)].map(([, name = '']) => name));
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(path);
    return /\.ts$/.test(path) && !/\.test\.ts$/.test(path) ? [path] : [];
  });
}
