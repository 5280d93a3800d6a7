import { TERM_CALLS } from '../../testing/parallel/calls/termCalls.ts';
import { parallelSuite } from '../../testing/parallel/parallelSuite.ts';

parallelSuite(TERM_CALLS, { hasKeeper: false });
