/**
 * `npm run test:deep [-- slither | mutations [WORD ...] | forge | vitest]`: what is too slow for every run of the tests, all of it or one part.
 */
import { commandLine } from '../commandLine.ts';
import { SetupProblem } from '../setupProblem.ts';
import { checkForgeDeep } from './forgeDeep.ts';
import { checkMutations } from './mutationCheck.ts';
import { openResults, runPieces } from './pieces.ts';
import { checkSlither } from './slither.ts';
import { checkVitestDeep } from './vitestDeep.ts';

interface Part {
  name: string;
  heading: string;
  run(words: readonly string[]): Promise<boolean>;
}

/** Slither in one piece: it looks at all contracts at once. */
const runSlither = async (): Promise<boolean> => {
  const run = async (): Promise<string | undefined> =>
    (await checkSlither()) ? 'nothing that is not explained' : undefined;
  return runPieces([{ name: 'slither', run }], await openResults('contracts'));
};

/** In the order in which a mistake is found soonest. */
const PARTS: readonly Part[] = [
  { name: 'slither', heading: 'Static analysis: slither', run: runSlither },
  {
    name: 'mutations',
    heading: 'Faults put into the contracts: each must turn a test red',
    run: checkMutations,
  },
  {
    name: 'forge',
    heading: 'Tests of the contracts with many more runs: forge, profile deep',
    run: checkForgeDeep,
  },
  {
    name: 'vitest',
    heading: 'Long forms of the other tests: vitest, project deep',
    run: checkVitestDeep,
  },
];

/** The part that is named first, with the words after it; all parts, with none. */
const choose = ([name, ...words]: readonly string[]): readonly [readonly Part[], string[]] => {
  if (name === undefined) return [PARTS, []];
  const part = PARTS.find((candidate) => candidate.name === name);
  if (part === undefined) {
    const known = PARTS.map((candidate) => candidate.name).join(', ');
    throw new SetupProblem(`No part is called ${name}: choose from ${known}.`);
  }
  return [[part], words];
};

const runPart = async (part: Part, words: readonly string[]): Promise<boolean> => {
  try {
    return await part.run(words);
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    console.error(error.message);
    return false;
  }
};

const HELP = `npm run test:deep
npm run test:deep -- PART [WORD ...]

What is too slow for every run of the tests: hours for all of it, or one part.

${PARTS.map((part) => `  ${part.name.padEnd(10)} ${part.heading}`).join('\n')}

What follows a part is for it: words for mutations, options of forge test for forge.
A run goes on where an earlier one ended: what was good is not run again until a file that it depends on has changed.`;

const main = async (): Promise<void> => {
  const args = process.argv.slice(2);
  const [first = ''] = args;
  // What follows a part may be options of its own.
  if (args.length === 0 || first.startsWith('-')) {
    commandLine({ command: 'npm run test:deep', help: HELP, words: false, options: {} });
  }
  const [parts, words] = choose(args);
  const summary: string[] = [];
  for (const part of parts) {
    console.log(`\n=== ${part.heading} ===\n`);
    const startedAt = Date.now();
    const good = await runPart(part, words);
    if (!good) process.exitCode = 1;
    const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
    summary.push(`${part.name}: ${good ? 'good' : 'FAILED'} after ${minutes} min`);
  }
  console.log(`\n=== Summary ===\n\n${summary.join('\n')}`);
};

try {
  await main();
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
