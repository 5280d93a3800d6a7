import { ACCESS_CALLS } from '../../testing/parallel/accessCalls.ts';
import { parallelSuite } from '../../testing/parallel/parallelSuite.ts';

parallelSuite(ACCESS_CALLS);
