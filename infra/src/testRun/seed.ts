import { randomBytes } from 'node:crypto';
import { SetupProblem } from '../setupProblem.ts';

const SEED = /^0x[0-9a-f]{1,64}$/i;
/** Enough never to draw the same twice, and short enough to copy by hand. */
const RANDOM_BYTES = 8;

/** A seed for the random calls of forge. */
export const randomSeed = (): string => `0x${randomBytes(RANDOM_BYTES).toString('hex')}`;

/**
 * The seed that was named; a random one where none is.
 *
 * @throws SetupProblem when it is named and is none
 */
export const seedOf = (named: string | undefined): string => {
  if (named === undefined) return randomSeed();
  if (SEED.test(named)) return named;
  throw new SetupProblem(
    `--seed ${named} is no seed: name one as a run prints it, 0x and up to 64 digits of 0 to 9 and a to f.`,
  );
};
