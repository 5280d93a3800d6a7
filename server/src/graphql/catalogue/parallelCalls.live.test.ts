import { CATALOGUE_CALLS } from '../../testing/parallel/calls/catalogueCalls.ts';
import { parallelSuite } from '../../testing/parallel/parallelSuite.ts';

parallelSuite(CATALOGUE_CALLS);
