import { MEMBER_CALLS } from '../../testing/parallel/calls/memberCalls.ts';
import { parallelSuite } from '../../testing/parallel/parallelSuite.ts';

parallelSuite(MEMBER_CALLS, { hasKeeper: false });
