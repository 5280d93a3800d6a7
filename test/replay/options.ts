import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  CommandLineError,
  readArguments,
  type CommandSyntax,
} from '@dewpoint/infra/commandLine.ts';
import { COLUMNS, OPTIONAL_COLUMNS, type Column, type OptionalColumn } from './log/columns.ts';
import type { LogOptions } from './log/purchases.ts';
import { DATE_ORDERS, type DateOrder } from './log/values.ts';

const COMMAND = 'npm run replay';

/** What `npm run replay -- --help` says. */
export const REPLAY_HELP = `${COMMAND} -- PURCHASES.csv [options]

Plays a purchase log through the API of a fresh local service, day by day, and says what it cost.

  PURCHASES.csv      a header and a row for each purchase: event_id, customer, date, items, cents, in any order

  --columns LIST     what the file calls its columns: customer=user_id,date=order_date,amount=total
                     (amount is money such as 12.50, and stands in the place of cents)
  --without LIST     which of event_id, items, cents the file has not: rows get their line as id, and earn nothing
                     for items or cents
  --dates DMY | MDY  how dates such as 01/02/1997 are read; those that begin with the year need no word
  --skip             leave out rows that do not fit, and say which; otherwise the first one refuses the file
  --limit N          only the first N rows

  --rules FILE       what purchases and albums earn, in base units (default: the sample's rules.json)
  --report FILE      also write the result as JSON
  --buyback          buy points back every 28 days, from members who tender half of what they have
  --keep             leave the chain and the API running at the end, until Ctrl-C

Exit code 0: replayed and verified. 1: something was refused or does not agree. 2: wrong usage or a wrong file.`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const SYNTAX = {
  command: COMMAND,
  help: REPLAY_HELP,
  words: true,
  options: {
    ...{ columns: text, without: text, dates: text, limit: text, rules: text, report: text },
    ...{ skip: flag, buyback: flag, keep: flag },
  },
} satisfies CommandSyntax<Record<string, typeof text | typeof flag>>;

export interface ReplayOptions {
  readonly file: string;
  readonly log: LogOptions;
  /** Null takes the rules of the sample. */
  readonly rulesFile: string | null;
  readonly reportFile: string | null;
  readonly buyback: boolean;
  readonly keep: boolean;
}

const isColumn = (name: string): name is Column =>
  name === 'amount' || COLUMNS.some((column) => column === name);

function readNames(list: string | undefined): Partial<Record<Column, string>> {
  const names: Partial<Record<Column, string>> = {};
  for (const pair of list?.split(',') ?? []) {
    const at = pair.indexOf('=');
    const [column, name] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    if (at < 0 || !isColumn(column) || name === '') {
      throw new CommandLineError(
        `--columns has ${JSON.stringify(pair)}, expected COLUMN=NAME with a COLUMN of ${COLUMNS.join(', ')}, amount.`,
      );
    }
    names[column] = name;
  }
  if (names.cents !== undefined && names.amount !== undefined) {
    throw new CommandLineError('--columns has both cents and amount: name one of them.');
  }
  return names;
}

function readWithout(list: string | undefined): OptionalColumn[] {
  return (list?.split(',') ?? []).map((name) => {
    const column = OPTIONAL_COLUMNS.find((known) => known === name.trim());
    if (column !== undefined) return column;
    throw new CommandLineError(
      `--without has ${JSON.stringify(name)}, expected some of ${OPTIONAL_COLUMNS.join(', ')}.`,
    );
  });
}

function readDates(value: string | undefined): DateOrder | null {
  if (value === undefined) return null;
  const order = DATE_ORDERS.find((known) => known === value.toUpperCase());
  if (order !== undefined) return order;
  throw new CommandLineError(`--dates is ${JSON.stringify(value)}, expected DMY or MDY.`);
}

function readLimit(value: string | undefined): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new CommandLineError(
    `--limit is ${JSON.stringify(value)}, expected a whole number from 1.`,
  );
}

/** Told before a replay of minutes rather than after it. */
function checkReportFile(report: string, log: string): void {
  const [file, folder] = [resolve(report), dirname(resolve(report))];
  const refuse = (problem: string): never => {
    throw new CommandLineError(`--report ${report} can't be written: ${problem}.`);
  };
  if (!existsSync(folder)) refuse(`make the folder ${folder} first`);
  if (!statSync(folder).isDirectory()) refuse(`${folder} is not a folder`);
  if (existsSync(file) && statSync(file).isDirectory()) refuse('it is a folder, name a file in it');
  if (file === resolve(log)) refuse('it is the purchase log itself, name another file');
  try {
    accessSync(existsSync(file) ? file : folder, constants.W_OK);
  } catch {
    refuse('its rights forbid it, name another file');
  }
}

/**
 * Reads the arguments.
 *
 * @throws CommandLineError
 */
export function readOptions(args: readonly string[]): ReplayOptions | 'help' {
  const read = readArguments(SYNTAX, args);
  if (read === 'help') return 'help';
  const { values, positionals } = read;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new CommandLineError(
      `Name one file of purchases: ${COMMAND} -- PURCHASES.csv (--help says what there is).`,
    );
  }
  if (values.report !== undefined) checkReportFile(values.report, file);
  return {
    file,
    log: {
      names: readNames(values.columns),
      without: readWithout(values.without),
      dates: readDates(values.dates),
      limit: readLimit(values.limit),
      skip: values.skip,
    },
    rulesFile: values.rules ?? null,
    reportFile: values.report ?? null,
    buyback: values.buyback,
    keep: values.keep,
  };
}
