import { describe } from 'vitest';
import { PARALLEL_MUTATIONS } from '../testing/parallel/calls/parallelMutations.ts';
import { parallelSuite } from '../testing/parallel/parallelSuite.ts';

const MANY = 50;

describe.each(Object.entries(PARALLEL_MUTATIONS))('%s', (_folder, mutations) => {
  parallelSuite(mutations, MANY);
});
