/**
 * `npm run test:chaos`: the tests of accidents in their long form. On the whole sample, 20 kills of the server, 5 of the
 * chain, 5 of the database: DEWPOINT_CHAOS_SEED repeats the moments of an earlier run. Under load, the chain standing
 * still for 60 s, the database for 30 s, both, and a database that is gone for 8 s. On a live service, five minutes of outages of all
 * sorts while it records, bills and tells.
 */
import { commandLine } from '@dewpoint/infra/commandLine.ts';
import { startVitest } from 'vitest/node';

const HELP = `npm run test:chaos

The kill tests in their long form, on the whole sample: 20 kills of the server, 5 of the chain, 5 of the database. Half an hour.

Then outages, and five minutes of them while a live service records, bills and tells.

  DEWPOINT_CHAOS_SEED   repeats the moments of an earlier run`;

commandLine({ command: 'npm run test:chaos', help: HELP, words: false, options: {} });
process.env.DEWPOINT_CHAOS = 'long';
const run = await startVitest('test', ['test/chaos'], { project: 'e2e', run: true, watch: false });
await run.close();
