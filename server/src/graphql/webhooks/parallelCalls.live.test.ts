import { parallelSuite } from '../../testing/parallel/parallelSuite.ts';
import { WEBHOOK_CALLS } from '../../testing/parallel/calls/webhookCalls.ts';

parallelSuite(WEBHOOK_CALLS);
