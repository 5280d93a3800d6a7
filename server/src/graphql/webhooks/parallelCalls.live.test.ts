import { parallelSuite } from '../../testing/parallel/parallelSuite.ts';
import { WEBHOOK_CALLS } from '../../testing/parallel/webhookCalls.ts';

parallelSuite(WEBHOOK_CALLS);
