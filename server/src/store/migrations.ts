/** What brings the data of earlier versions to that of this code. Add one with each change that old data does not fit. */
import { addDailyTotals } from './indexer/dailyTotals.ts';
import type { Migrations } from './mongo/dataVersion.ts';

export const MIGRATIONS: Migrations = new Map([[1, addDailyTotals]]);
