import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run replay -- PURCHASES.csv [--rules RULES.json] [--limit N] [--report OUT.json] [--buyback] [--keep]

Plays a purchase log through the API of a fresh local service, day by day, and says what it cost.

  PURCHASES.csv      columns event_id, customer, date (ISO day), items, cents
  --rules FILE       what purchases and albums earn, in base units (default: the sample's rules.json)
  --limit N          only the first N rows
  --report FILE      also write the result as JSON
  --buyback          buy points back every 28 days, from members who tender half of what they have
  --keep             leave the chain and the API running at the end, until Ctrl-C`;

export interface ReplayOptions {
  readonly file: string;
  /** Null takes the rules of the sample. */
  readonly rulesFile: string | null;
  readonly limit: number;
  readonly reportFile: string | null;
  readonly buyback: boolean;
  readonly keep: boolean;
}

/** The command line is not what {@link USAGE} says. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError */
export function readOptions(args: readonly string[]): ReplayOptions {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        rules: { type: 'string' },
        limit: { type: 'string' },
        report: { type: 'string' },
        buyback: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { values, positionals } = parsed;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new UsageError('Name one file of purchases.');
  }
  if (values.limit !== undefined && !/^[1-9]\d{0,8}$/.test(values.limit)) {
    throw new UsageError(
      `--limit is ${JSON.stringify(values.limit)}, expected a whole number from 1.`,
    );
  }
  return {
    file,
    rulesFile: values.rules ?? null,
    limit: values.limit === undefined ? Number.POSITIVE_INFINITY : Number(values.limit),
    reportFile: values.report ?? null,
    buyback: values.buyback,
    keep: values.keep,
  };
}
