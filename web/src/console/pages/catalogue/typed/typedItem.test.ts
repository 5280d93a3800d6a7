import { describe, expect, it } from 'vitest';
import { partInLanguage } from '../../../../shared/format/words.ts';
import {
  itemText,
  priceEffect,
  typedPieces,
  typedPrice,
  typedStock,
  typedText,
} from './typedItem.ts';

describe('what is typed of an item', () => {
  it.each([
    ['5', { value: '5.00' }],
    ['1,234.5', { value: '1234.50' }],
    ['0.01', { value: '0.01' }],
    ['0', { flaw: 'price' }],
    ['-1', { flaw: 'price' }],
    ['1.234', { flaw: 'price' }],
    ['1,5', { flaw: 'price' }],
    ['five', { flaw: 'price' }],
    [' ', { flaw: 'empty' }],
    ['792281625142643375935439503.35', { value: '792281625142643375935439503.35' }],
    ['792281625142643375935439503.36', { flaw: 'tooHigh' }],
  ])('has the price %s as the contract takes it', (text, read) => {
    expect(typedPrice(text)).toEqual(read);
  });

  it('has a stock of nothing, of some, or without end', () => {
    expect(['', '0', '10', '4294967294'].map((text) => typedStock(text))).toEqual([
      { value: null },
      { value: 0 },
      { value: 10 },
      { value: 4_294_967_294 },
    ]);
    for (const text of ['4294967295', '1.5', '1,5', 'ten', '-1']) {
      expect(typedStock(text)).toEqual({ flaw: 'stock' });
    }
  });

  it('gets as many pieces as there is room for', () => {
    expect(typedPieces('5', 7)).toEqual({ value: 5 });
    expect(typedPieces('4294967287', 7)).toEqual({ value: 4_294_967_287 });
    for (const [text, stock] of [
      ['0', 7],
      ['4294967288', 7],
      ['x', 0],
      ['1,5', 0],
    ] as const) {
      expect(typedPieces(text, stock)).toEqual({ flaw: 'added' });
    }
  });
});

describe('the words of an item', () => {
  it('are found again in each language', () => {
    const text = itemText(' A pot of tea ', '一壶茶。');
    expect(text).toBe('A pot of tea. 一壶茶。');
    expect(partInLanguage(text, 'en')).toBe('A pot of tea.');
    expect(partInLanguage(text, 'zh-CN')).toBe('一壶茶。');
  });

  it.each([
    ['A pot of tea', '', { value: 'A pot of tea' }],
    ['', 'WiFi 一天', { value: 'WiFi 一天' }],
    ['', '', { flaw: 'empty' }],
    ['A pot of 茶', '一壶茶', { flaw: 'english' }],
    ['One day of it', 'WiFi 一天', { flaw: 'chinese' }],
    ['Two\nlines', '', { flaw: 'unseen' }],
    ['a'.repeat(513), '', { flaw: 'tooLong' }],
    ['', '茶'.repeat(170), { value: '茶'.repeat(170) }],
    ['', '茶'.repeat(171), { flaw: 'tooLong' }],
  ])('%j and %j are read', (english, chinese, read) => {
    expect(typedText(english, chinese)).toEqual(read);
  });
});

it('a price that is typed is a cut, a rise, or calls a rise off', () => {
  const plain = { price: '5.00', scheduledPrice: null };
  expect(['4.99', '5.00', '5.01'].map((price) => priceEffect(price, plain))).toEqual([
    'cut',
    'same',
    'rise',
  ]);
  expect(priceEffect('5.00', { ...plain, scheduledPrice: '6.00' })).toBe('callsOff');
  // Scheduled once more, its notice would begin anew.
  expect(priceEffect('6', { ...plain, scheduledPrice: '6.00' })).toBe('scheduled');
});
