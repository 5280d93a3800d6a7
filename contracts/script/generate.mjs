// Writes what TypeScript needs of the contracts: artefacts (contracts/ts/artifacts), typed ABIs (contracts/ts/abi) and
// hashes of their code (contracts/ts/codeHashes.ts). They are committed, so that `npm start` compiles nothing.
//
//   node contracts/script/generate.mjs           compiles and writes
//   node contracts/script/generate.mjs --check   compiles and fails when the committed files differ
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keccak256 } from 'ethers';
import prettier from 'prettier';
import { forgeBinary } from './forge.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
// Apart from the folders of `forge test`: a compilation of everything at once always gives the same bytes, one that
// takes up where an earlier one stopped need not.
const out = '.dewpoint/foundry/artifacts';

const CONTRACTS = [
  'Points',
  'TermsCheck',
  'Charter',
  'Buyback',
  'Catalogue',
  'Programs',
  'ERC2771Forwarder',
  'LocalMoney',
  'MintToken',
  'RoundMathBench',
];

/** What a program is made of: verifying one compares its code. */
const OF_PROGRAMS = CONTRACTS.slice(0, CONTRACTS.indexOf('LocalMoney'));

const HELP = `npm run contracts:generate
npm run contracts:generate -- --check

Compiles the contracts and writes what TypeScript needs of them: artefacts (contracts/ts/artifacts) and typed ABIs
(contracts/ts/abi). --check writes nothing and fails when the committed files differ.`;

const args = process.argv.slice(2);
if (args.some((arg) => arg === '--help' || arg === '-h')) {
  console.log(HELP);
  process.exit(0);
}
const unknown = args.filter((arg) => arg !== '--check');
if (unknown.length > 0) {
  console.error(
    `There is no ${unknown.join(' ')}: npm run contracts:generate -- --help says what there is.`,
  );
  process.exit(2);
}

const files = await generate();
if (process.argv.includes('--check')) {
  const stale = [...files].filter(([path, text]) => committed(path) !== text).map(([path]) => path);
  if (stale.length > 0) {
    console.error(`Not what the sources compile to:\n  ${stale.join('\n  ')}`);
    console.error('Run: npm run contracts:generate');
    process.exit(1);
  }
  console.log(`${files.size} generated files agree with the sources.`);
} else {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  console.log(`Wrote ${files.size} files.`);
}

/** Texts by path from the root. */
async function generate() {
  execFileSync(
    forgeBinary(),
    ['build', '--force', '--quiet', '--offline', 'contracts/src', 'contracts/test/bench'],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, FOUNDRY_OUT: out, FOUNDRY_CACHE_PATH: `${out}-cache` },
    },
  );
  const texts = new Map();
  const hashes = {};
  for (const name of CONTRACTS) {
    const compiled = JSON.parse(
      readFileSync(join(root, out, `${name}.sol`, `${name}.json`), 'utf8'),
    );
    const artifact = artifactOf(name, compiled);
    texts.set(`contracts/ts/artifacts/${name}.json`, `${JSON.stringify(artifact, null, 2)}\n`);
    const path = `contracts/ts/abi/${abiName(name)}.ts`;
    texts.set(path, await abiSource(name, compiled.abi));
    if (OF_PROGRAMS.includes(name)) hashes[name] = codeHashOf(artifact);
  }
  texts.set('contracts/ts/codeHashes.ts', await hashesSource(hashes));
  return texts;
}

/** The compiler leaves zeros where the constructor puts immutables. */
function codeHashOf({ deployedBytecode, immutableReferences }) {
  const immutables = immutableReferences.map(({ start, length }) => [start, length]);
  return { hash: keccak256(deployedBytecode), immutables };
}

function artifactOf(contractName, compiled) {
  const { compiler, settings } = compiled.metadata;
  // The keys are node ids of the compiler's and say nothing; the places in the code do.
  const immutables = Object.values(compiled.deployedBytecode.immutableReferences ?? {}).flat();
  return {
    contractName,
    compiler: {
      version: compiler.version,
      evmVersion: settings.evmVersion,
      viaIR: settings.viaIR === true,
      optimizerRuns: settings.optimizer.runs,
    },
    abi: compiled.abi,
    bytecode: compiled.bytecode.object,
    deployedBytecode: compiled.deployedBytecode.object,
    immutableReferences: immutables.sort((a, b) => a.start - b.start),
  };
}

function abiName(name) {
  const lower = name.startsWith('ERC2771')
    ? name.replace('ERC', 'erc')
    : name[0].toLowerCase() + name.slice(1);
  return `${lower}Abi`;
}

function abiSource(name, abi) {
  return constantSource(abiName(name), `ABI of the contract \`${name}\`.`, abi);
}

function hashesSource(hashes) {
  const text =
    'keccak256 of the deployed code of each contract, with zeros for its immutables, and where those are: ' +
    'first byte and length.';
  return constantSource('codeHashes', text, hashes);
}

/** A file of TypeScript with one constant. */
function constantSource(name, comment, value) {
  const text = [
    '// Generated by contracts/script/generate.mjs: do not edit.',
    '',
    `/** ${comment} */`,
    `export const ${name} = ${JSON.stringify(value)} as const;`,
  ].join('\n');
  return prettier.format(text, { parser: 'typescript', printWidth: 100, singleQuote: true });
}

function committed(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
