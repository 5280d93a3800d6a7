import { MUTATIONS } from '@dewpoint/contracts/mutations/mutations.ts';
import type { Mutation } from '@dewpoint/contracts/mutations/mutation.ts';
import { judge, prepareBase, type Outcome } from './mutationRun.ts';
import { openResults } from './pieces.ts';

/** Compiling is most of the work, and the reference machine has two cores. */
const WORKERS = 2;

const secondsSince = (startedAt: number): string => ((Date.now() - startedAt) / 1_000).toFixed(1);

const describe = ({ file, fault }: Mutation): string => `${file}: ${fault}`;

const pieceOf = (mutation: Mutation): string => `fault ${JSON.stringify(mutation)}`;

const reportLine = (
  place: string,
  mutation: Mutation,
  outcome: Outcome,
  seconds: string,
): string => {
  const result = outcome.kind === 'caught' ? `caught by ${outcome.by}` : outcome.kind.toUpperCase();
  return `${place} ${describe(mutation)} - ${result} (${seconds} s)`;
};

/**
 * Puts every fault of the list into the contracts, one at a time, and shows that a test turns red.
 * @param words only faults whose file or description has one of them; all when there is none
 * @returns whether each of them was caught
 */
export const checkMutations = async (words: readonly string[]): Promise<boolean> => {
  const chosen = MUTATIONS.filter(
    (mutation) => words.length === 0 || words.some((word) => describe(mutation).includes(word)),
  );
  const startedAt = Date.now();
  const results = await openResults('contracts');
  const known = await Promise.all(chosen.map((mutation) => results.find(pieceOf(mutation))));
  const waiting = [...chosen.entries()].filter(([index]) => known[index] === undefined);
  const missed: string[] = [];
  console.log(
    `${chosen.length - waiting.length} of ${chosen.length} faults were caught in earlier runs`,
  );
  if (waiting.length > 0) {
    console.log(`Without a fault: compiling and testing ...`);
    const green = await prepareBase();
    console.log(
      `Without a fault: ${green} unit and fuzz tests are green (${secondsSince(startedAt)} s)`,
    );
  }
  const work = async (worker: number): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, mutation] = next;
      const begunAt = Date.now();
      const outcome = await judge(mutation, worker);
      const place = `[${index + 1}/${chosen.length}]`;
      const line = reportLine(place, mutation, outcome, secondsSince(begunAt));
      console.log(line);
      if (outcome.kind === 'caught') await results.keep(pieceOf(mutation), outcome.by);
      else missed.push(line);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)));

  console.log(
    `\n${chosen.length - missed.length} of ${chosen.length} faults caught in ${secondsSince(startedAt)} s`,
  );
  for (const line of missed) console.log(`NOT CAUGHT ${line}`);
  return chosen.length > 0 && missed.length === 0;
};
