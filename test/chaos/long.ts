/**
 * `npm run test:chaos`: the kill tests in their long form, on the whole sample: 20 kills of the server, 5 of the chain,
 * 5 of the database. DEWPOINT_CHAOS_SEED repeats the moments of an earlier run.
 */
import { startVitest } from 'vitest/node';

process.env.DEWPOINT_CHAOS = 'long';
const run = await startVitest('test', ['test/chaos'], { project: 'e2e', run: true, watch: false });
await run.close();
