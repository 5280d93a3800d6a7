import { BILLING_CALLS } from '../../testing/parallel/calls/billingCalls.ts';
import { parallelSuite } from '../../testing/parallel/parallelSuite.ts';

parallelSuite(BILLING_CALLS);
