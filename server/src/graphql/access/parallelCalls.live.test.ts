import { ACCESS_CALLS } from '../../testing/parallel/calls/accessCalls.ts';
import { parallelSuite } from '../../testing/parallel/parallelSuite.ts';

parallelSuite(ACCESS_CALLS);
