import { ORGANISATION_CALLS } from '../../testing/parallel/calls/organisationCalls.ts';
import { parallelSuite } from '../../testing/parallel/parallelSuite.ts';

parallelSuite(ORGANISATION_CALLS);
