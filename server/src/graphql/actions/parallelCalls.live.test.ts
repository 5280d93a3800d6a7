import { ACTION_CALLS } from '../../testing/parallel/calls/actionCalls.ts';
import { parallelSuite } from '../../testing/parallel/parallelSuite.ts';

parallelSuite(ACTION_CALLS);
