import { PROGRAM_CALLS } from '../../testing/parallel/calls/programCalls.ts';
import { parallelSuite } from '../../testing/parallel/parallelSuite.ts';

parallelSuite(PROGRAM_CALLS, { hasKeeper: true, hasOneOrganisation: true });
