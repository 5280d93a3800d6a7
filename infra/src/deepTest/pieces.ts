import { join } from 'node:path';
import { KEPT_DIR, ROOT_DIR } from '../paths.ts';
import { openKeptResults, type KeptResults } from './keptResults.ts';

/** What the contracts and their tests are made of, and what compiles and runs them. */
const CONTRACTS = {
  root: ROOT_DIR,
  paths: ['contracts/src', 'contracts/test', 'contracts/script', 'foundry.toml'],
  packages: [
    ...['@openzeppelin/contracts', '@layerzerolabs/toolbox-foundry'],
    ...['@foundry-rs/forge', 'solc'],
  ],
};
const EVERYTHING = {
  root: ROOT_DIR,
  paths: ['contracts', 'server', 'infra', 'test', 'web', 'package-lock.json'],
  packages: [],
};

/**
 * Opens what earlier runs have shown about the contracts, or about everything, as it is now. What they showed about the contracts is in
 * the repository: it takes hours, which runs on several machines may share.
 */
export const openResults = (of: 'contracts' | 'everything'): Promise<KeptResults> =>
  of === 'contracts'
    ? openKeptResults(join(ROOT_DIR, 'contracts/snapshots/deep.json'), CONTRACTS)
    : openKeptResults(`${KEPT_DIR}cache/deep.json`, EVERYTHING);

/** A part of a long run that is judged by itself. */
export interface Piece {
  readonly name: string;
  /** @returns what it has shown, in one line; undefined when it failed */
  run(): Promise<string | undefined>;
}

/** Runs pieces one after the other, those that have a kept result excepted. @returns whether all are good */
export async function runPieces(pieces: readonly Piece[], results: KeptResults): Promise<boolean> {
  const failed: string[] = [];
  for (const [index, { name, run }] of pieces.entries()) {
    const place = `[${index + 1}/${pieces.length}] ${name}`;
    const kept = await results.find(name);
    if (kept !== undefined) {
      console.log(`${place}: ${kept}, kept from an earlier run`);
      continue;
    }
    const startedAt = Date.now();
    const shown = await run();
    console.log(
      `${place}: ${shown ?? 'FAILED'} (${((Date.now() - startedAt) / 1_000).toFixed(1)} s)`,
    );
    if (shown === undefined) failed.push(name);
    else await results.keep(name, shown);
  }
  for (const name of failed) console.log(`FAILED ${name}`);
  return pieces.length > 0 && failed.length === 0;
}
