import { randomBytes } from 'node:crypto';
import { SetupProblem } from '../setupProblem.ts';

const OPTION = '--seed';
const SEED = /^0x[0-9a-f]{1,64}$/i;
/** Enough never to draw the same twice, and short enough to copy by hand. */
const RANDOM_BYTES = 8;

/** A seed for the random calls of forge. */
export const randomSeed = (): string => `0x${randomBytes(RANDOM_BYTES).toString('hex')}`;

/**
 * Takes `--seed 0x...` out of the arguments; a random one where none is named.
 *
 * @throws SetupProblem when it is named and is none
 */
export const takeSeed = (args: readonly string[]): { seed: string; rest: string[] } => {
  const rest = [...args];
  const at = rest.findIndex((arg) => arg === OPTION || arg.startsWith(`${OPTION}=`));
  if (at < 0) return { seed: randomSeed(), rest };
  const [option = ''] = rest.splice(at, 1);
  const seed = option === OPTION ? rest.splice(at, 1)[0] : option.slice(OPTION.length + 1);
  if (seed === undefined || !SEED.test(seed)) {
    throw new SetupProblem(
      `${[OPTION, seed].join(' ').trim()} is no seed: name one as a run prints it, 0x and up to 64 digits of 0 to 9 and a to f.`,
    );
  }
  return { seed, rest };
};
