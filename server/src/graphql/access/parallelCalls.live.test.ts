import { PARALLEL_MUTATIONS } from '../../testing/parallel/parallelMutations.ts';
import { parallelSuite } from '../../testing/parallel/parallelSuite.ts';

parallelSuite(PARALLEL_MUTATIONS.access);
