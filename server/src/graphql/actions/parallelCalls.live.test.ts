import { PARALLEL_MUTATIONS } from '../../testing/parallel/calls/parallelMutations.ts';
import { parallelSuite } from '../../testing/parallel/parallelSuite.ts';

parallelSuite(PARALLEL_MUTATIONS.actions);
