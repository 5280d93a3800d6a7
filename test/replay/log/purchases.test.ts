import { describe, expect, it } from 'vitest';
import { PurchaseLogError } from './problem.ts';
import { byDay, readPurchases } from './purchases.ts';

const HEADER = 'event_id,customer,date,items,cents';
const log = (...lines: string[]): string => [HEADER, ...lines].join('\n');

describe('readPurchases', () => {
  it('finds columns by name, in any order, past a byte order mark and in quotes', () => {
    const text = '\uFEFFcents,date,items,customer,event_id\n1177,1997-01-01,1,"c,1",p1\n';
    expect(readPurchases(text)).toEqual([
      { eventId: 'p1', customer: 'c,1', date: '1997-01-01', items: 1, cents: 1177 },
    ]);
  });

  it('stops after the given number of rows', () => {
    expect(readPurchases(log('a,c,1997-01-01,1,1', 'b,c,1997-01-02,1,1'), 1)).toHaveLength(1);
  });

  it.each([
    ['a,c,1997-02-30,1,1', 'line 2: date is "1997-02-30"'],
    ['a,c,01/02/1997,1,1', 'line 2: date is "01/02/1997"'],
    ['a,c,1997-01-01,-1,1', 'line 2: items is "-1"'],
    ['a,c,1997-01-01,100001,1', 'line 2: items is "100001"'],
    ['a,c,1997-01-01,1,1.5', 'line 2: cents is "1.5"'],
    ['a,c,1997-01-01,1,1000000000000001', 'line 2: cents is "1000000000000001"'],
    [',c,1997-01-01,1,1', 'line 2: event_id is ""'],
    [`a,${'c'.repeat(129)},1997-01-01,1,1`, 'line 2: customer is'],
    ['a,c\u200b,1997-01-01,1,1', 'line 2: customer is'],
  ])('names the line and the column of %s', (line, message) => {
    expect(() => readPurchases(log(line))).toThrow(PurchaseLogError);
    expect(() => readPurchases(log(line))).toThrow(message);
  });

  it('names a missing column and says when there is nothing to replay', () => {
    expect(() => readPurchases('event_id,customer,date,items\na,b,1997-01-01,1')).toThrow(
      'column cents is missing',
    );
    expect(() => readPurchases(HEADER)).toThrow('no rows');
  });
});

describe('byDay', () => {
  it('orders days and keeps the order of the file within a day', () => {
    const days = byDay(
      readPurchases(log('b,c,1999-01-02,1,1', 'a,c,1997-01-01,1,1', 'c,c,1999-01-02,1,1')),
    );
    expect(days.map((day) => [day.date, day.purchases.map((p) => p.eventId)])).toEqual([
      ['1997-01-01', ['a']],
      ['1999-01-02', ['b', 'c']],
    ]);
    expect(days[0]?.startsAt).toBe(852076800);
  });
});
