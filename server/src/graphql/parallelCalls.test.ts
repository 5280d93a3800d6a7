import { expect, it } from 'vitest';
import { PARALLEL_MUTATIONS } from '../testing/parallel/calls/parallelMutations.ts';
import { MUTATIONS } from '../testing/sampleInput.ts';

it('every mutation says how many calls of it at once are one', () => {
  const known = Object.values(PARALLEL_MUTATIONS).flatMap(({ calls }) => Object.keys(calls));
  const missing = MUTATIONS.filter(({ name }) => !known.includes(name)).map(
    ({ name }) =>
      `${name} has no entry in server/src/testing/parallel/calls: say there how it is called well, and what its one effect is.`,
  );
  expect(missing).toEqual([]);
  expect(new Set(known).size, 'an entry a mutation').toBe(known.length);
});
