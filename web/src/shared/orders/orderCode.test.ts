import { describe, expect, it } from 'vitest';
import { orderCode, readOrderCode } from './orderCode.ts';

const ORDER = { programId: `prg_31337_${'0a'.repeat(20)}`, number: 12 };

describe('the code of an order', () => {
  it('says which order of which program it is', () => {
    const code = orderCode('https://points.example', ORDER);
    expect(readOrderCode(code)).toEqual(ORDER);
    expect(readOrderCode(code.replace('https', 'http'))).toEqual(ORDER);
  });

  it.each([
    ['a number alone', '12'],
    ['nothing', ''],
    ['another page', 'https://points.example/w/prg_1#/orders/12'],
    ['no order', orderCode('https://points.example', { ...ORDER, number: 0 })],
    ['more than an order', `${orderCode('https://points.example', ORDER)}/refund`],
    ['a program that has no address', orderCode('https://x.example', { ...ORDER, programId: '1' })],
    ['a script', `javascript://x/console/p/${ORDER.programId}/orders/12`],
    ['words', 'WIFI:T:WPA;S:Tea;P:oolong;;'],
  ])('is not %s', (_what, text) => {
    expect(readOrderCode(text)).toBeNull();
  });
});
