import type { RoundCalendarSettings } from './queries.ts';

const MS_PER_SECOND = 1_000;

/** When a round is. */
export interface RoundDates {
  readonly number: number;
  readonly opensAt: string;
  readonly closesAt: string;
}

type Dates = Pick<
  RoundCalendarSettings,
  'firstRoundAt' | 'roundPeriodSeconds' | 'roundWindowSeconds'
>;

/** The dates of a round, which the contract fixed for ever. */
export function datesOfRound(settings: Dates, number: number): RoundDates {
  const { firstRoundAt, roundPeriodSeconds, roundWindowSeconds } = settings;
  const opens = Date.parse(firstRoundAt) + number * roundPeriodSeconds * MS_PER_SECOND;
  const closes = opens + roundWindowSeconds * MS_PER_SECOND;
  return {
    number,
    opensAt: new Date(opens).toISOString(),
    closesAt: new Date(closes).toISOString(),
  };
}
