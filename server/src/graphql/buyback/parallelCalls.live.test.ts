import { BUYBACK_CALLS } from '../../testing/parallel/calls/buybackCalls.ts';
import { parallelSuite } from '../../testing/parallel/parallelSuite.ts';

parallelSuite(BUYBACK_CALLS, { hasKeeper: false });
