import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandLineError } from '@dewpoint/infra/commandLine.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readInputs } from './inputs.ts';
import type { Purchase } from './log/purchases.ts';
import { readOptions } from './options.ts';

const HEADER = 'event_id,customer,date,items,cents';
const ROW = 'a,ana,2026-01-01,2,2933';
const PURCHASE: Purchase = {
  ...{ eventId: 'a', customer: 'ana', date: '2026-01-01' },
  ...{ items: 2, cents: 2933 },
};

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'dewpoint-inputs-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Reads a file of that content with the words of a command line after it. */
function read(content: string | Uint8Array, ...args: string[]): Purchase[] {
  const file = join(dir, 'log.csv');
  writeFileSync(file, content);
  const options = readOptions([file, ...args]);
  if (options === 'help') throw new Error('no help was asked for');
  return [...readInputs(options).log.purchases];
}

function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(CommandLineError);
    return (error as Error).message;
  }
  throw new Error('was not refused');
}

describe('a file that is no purchase log is refused in one sentence', () => {
  const utf16 = Buffer.from(`${HEADER}\n${ROW}\n`, 'utf16le');
  const lines = (...rows: string[]): string => [HEADER, ...rows].join('\n');

  it.each<[string, string | Uint8Array, string]>([
    ['empty', '', 'the file is empty'],
    [
      'UTF-16',
      Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]),
      'line 1, column 1: the file is in',
    ],
    ['UTF-16 without a mark', utf16, 'line 1, column 2: the file is in UTF-16'],
    [
      'a zero byte far below',
      lines(ROW, ...Array<string>(99).fill(ROW), 'b,t\0m'),
      'line 102, column 4',
    ],
    ['JSON', '[{"event_id": "a"}]', 'line 1, column 1: the file is JSON'],
    [
      'a workbook',
      Buffer.from([0x50, 0x4b, 3, 4, 1, 2]),
      'line 1, column 1: the file is a workbook',
    ],
    [
      'an open quote',
      lines(ROW, 'b,"tom,2026-01-01,2,1', 'c,c,c'),
      'line 3, column 2: the field opens',
    ],
    ['a quote in the middle', lines('', 'a,a"b",c'), 'line 3, column 2: the field has a quote'],
    ['text after a quote', lines('a,"a"b,c'), 'line 2, column 2: the field goes on'],
    ['a short row', lines(ROW, 'b,tom,2026-01-01'), 'line 3: column items is missing'],
    ['a long row', lines('b,tom,2026-01-01,1,2,3'), 'line 2: field 6 ("3") has no column'],
    [
      'two columns of a name',
      `${HEADER},cents\n${ROW},1`,
      'line 1: two columns are called cents, fields 5',
    ],
    [
      'the first day of all',
      lines('a,ana,1970-01-01,1,1'),
      'line 2: date is "1970-01-01", expected',
    ],
    ['a day too late', lines('a,ana,2101-01-01,1,1'), 'line 2: date is "2101-01-01"'],
    ['no UTF-8', Buffer.from(lines('a,an\u00e9,2026-01-01,1,1'), 'latin1'), 'line 2: customer is'],
    ['money among the cents', lines('a,ana,2026-01-01,1,1.50'), 'or --columns amount=cents'],
    ['a day that may be a month', lines('a,ana,01/02/2026,1,1'), '--dates DMY or --dates MDY'],
    ['a row after one of several lines', lines('"a\nb",ana,x', 'b'), 'line 2: column items'],
  ])('%s', (_what, content, expected) => {
    const said = refusal(() => read(content));
    expect(said).toContain(expected);
    expect(said.startsWith(`${join(dir, 'log.csv')}: `)).toBe(true);
    expect(said).not.toContain('\n');
    expect(said.endsWith('.')).toBe(true);
  });

  it('which header was found, and what to do, where columns are missing', () => {
    const said = refusal(() => read('id,user_id,order_date\n1,2,3'));
    expect(said).toContain('line 1: columns event_id, customer, date, items, cents are missing');
    expect(said).toContain('the header is id, user_id, order_date: say what they are called');
    expect(said).toContain('--columns event_id=NAME,customer=NAME,date=NAME,items=NAME,cents=NAME');
    expect(said).toContain('--without event_id,items,cents');
  });

  it('as is a file that is not there, and a folder', () => {
    expect(refusal(() => readInputs(optionsOf('none.csv')))).toContain('there is no such file');
    expect(refusal(() => readInputs(optionsOf('.')))).toContain('it is a folder');
  });

  const optionsOf = (name: string) => {
    const options = readOptions([join(dir, name)]);
    if (options === 'help') throw new Error('no help was asked for');
    return options;
  };
});

describe('files of other shapes are read', () => {
  it('under other names of the columns, with money as people write it', () => {
    const text = 'No;Buyer;Day;Qty;Total\na;ana;2026-01-01;2;29,33\n';
    const names = 'event_id=No,customer=buyer,date=Day,items=Qty,amount=Total';
    expect(read(text, '--columns', names)).toEqual([PURCHASE]);
  });

  it('with tabs, empty fields among them', () => {
    const text = `${HEADER.replaceAll(',', '\t')}\tnote\n${ROW.replaceAll(',', '\t')}\t\n`;
    expect(read(text)).toEqual([PURCHASE]);
  });

  it('without ids, items and cents, a row then being told by its line', () => {
    const rows = read(
      'date,id\n2014-03-08 00:00:00,0\n\n2014-05-21T23:59:59+02:00,1\n',
      ...[...['--columns', 'customer=id', '--without', 'event_id,items,cents']],
    );
    expect(rows).toEqual([
      { eventId: 'line-2', customer: '0', date: '2014-03-08', items: 0, cents: 0 },
      { eventId: 'line-4', customer: '1', date: '2014-05-21', items: 0, cents: 0 },
    ]);
  });

  it.each([
    ['19970118', []],
    ['1997/01/18', []],
    ['18.1.1997', ['--dates', 'DMY']],
    ['1/18/1997 8:26', ['--dates', 'mdy']],
  ])('with the day %s', (day, args) => {
    expect(read(`${HEADER}\na,ana,${day},1,1`, ...args)[0]?.date).toBe('1997-01-18');
  });

  it.each([
    ['12', 1_200],
    ['12.5', 1_250],
    ['12.50', 1_250],
    ['12.5000', 1_250],
    ['12,5', 1_250],
    ['0', 0],
  ])('with the amount %s', (amount, cents) => {
    const text = `${HEADER.replace('cents', 'amount')}\na,ana,2026-01-01,1,"${amount}"`;
    expect(read(text, '--columns', 'amount=amount')[0]?.cents).toBe(cents);
  });

  it.each(['1,250', '12.345', '-1', '$12', ''])('but not with the amount "%s"', (amount) => {
    const text = `${HEADER.replace('cents', 'amount')}\na,ana,2026-01-01,1,"${amount}"`;
    expect(refusal(() => read(text, '--columns', 'amount=amount'))).toContain('such as 12.50');
  });

  it('with rows that do not fit left out, when that is wanted', () => {
    const text = [HEADER, 'b,tom,2026-01-01,-1,1', 'c', ROW].join('\n');
    expect(read(text, '--skip')).toEqual([PURCHASE]);
    expect(refusal(() => read([HEADER, 'c'].join('\n'), '--skip'))).toContain('none of the 1 rows');
  });
});

describe('the command line', () => {
  it.each([
    [['--columns', 'buyer=x'], 'expected COLUMN=NAME'],
    [['--columns', 'cents=a,amount=b'], 'name one of them'],
    [['--without', 'customer'], 'expected some of event_id, items, cents'],
    [['--dates', 'YMD'], 'expected DMY or MDY'],
    [['--limit', '0'], 'expected a whole number from 1'],
    [['--nothing'], "Unknown option '--nothing'"],
    [['more.csv'], 'Name one file of purchases'],
  ])('refuses %j', (args, sentence) => {
    expect(refusal(() => readOptions(['log.csv', ...args]))).toContain(sentence);
  });

  it('refuses a report that could not be written at the end', () => {
    mkdirSync(join(dir, 'folder'));
    writeFileSync(join(dir, 'file'), '');
    const report = (path: string): string =>
      refusal(() => readOptions([join(dir, 'log.csv'), '--report', join(dir, path)]));
    expect(report('none/out.json')).toContain(`make the folder ${join(dir, 'none')} first`);
    expect(report('folder')).toContain('it is a folder');
    expect(report('file/out.json')).toContain('is not a folder');
    expect(report('log.csv')).toContain('it is the purchase log itself');
  });

  it('answers --help whatever else it says', () => {
    expect(readOptions(['--nothing', '--help'])).toBe('help');
  });
});
