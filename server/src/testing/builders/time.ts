import { STARTS_AT } from '@dewpoint/contracts/testing/chain/deployOnce.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** 2026-01-01, 00:00 UTC: where the clock of every chain begins. */
export const STARTS_AT_MS = STARTS_AT * 1_000;
