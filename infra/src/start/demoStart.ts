import { DEMO_EPOCHS } from '@dewpoint/server/demo/demoProgram.ts';

/** A new chain starts in the past, so that the demo has a few days behind it; the server then moves its clock to now. */
const DEMO_DAYS = DEMO_EPOCHS - 1;
const DAY_SECONDS = 86_400;

/** Start of a UTC day, in unix seconds: where the clock of a new chain for the demo begins. */
export const demoStart = (): number =>
  (Math.floor(Date.now() / 1_000 / DAY_SECONDS) - DEMO_DAYS) * DAY_SECONDS;
