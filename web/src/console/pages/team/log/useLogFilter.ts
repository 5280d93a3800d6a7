import { useFilters } from '../../../lists/useFilters.ts';

/** What a log is filtered by, as the address has it: days in the zone of the reader. */
export interface LogFilter {
  readonly mutation: string;
  /** Such as "2026-11-01"; empty for none. */
  readonly since: string;
  readonly until: string;
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Begin of a day, or of a later one. @returns null for none */
function startOf(day: string, daysLater = 0): string | null {
  const [, year, month, date] = DAY.exec(day) ?? [];
  if (year === undefined) return null;
  const at = new Date(Number(year), Number(month) - 1, Number(date) + daysLater);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** The filter of the log: kept in the address, so that it can be passed on. */
export function useLogFilter(): {
  readonly filter: LogFilter;
  readonly isFiltered: boolean;
  /** As the API takes it. */
  readonly asked: {
    readonly mutation: string | null;
    readonly since: string | null;
    readonly until: string | null;
  };
  change(part: Partial<LogFilter>): void;
} {
  const filters = useFilters();
  const of = (name: keyof LogFilter): string => filters.get(name) ?? '';
  const filter = { mutation: of('mutation'), since: of('since'), until: of('until') };
  const asked = {
    mutation: filter.mutation === '' ? null : filter.mutation,
    since: startOf(filter.since),
    // The last day is shown whole.
    until: startOf(filter.until, 1),
  };
  return {
    ...{ filter, asked },
    isFiltered: Object.values(asked).some((value) => value !== null),
    change: (part) => filters.set({ ...part }, { replace: true }),
  };
}
