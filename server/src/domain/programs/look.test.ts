import { describe, expect, it } from 'vitest';
import { checkLook, NO_LOOK, type ProgramLook } from './look.ts';

const refusals = (look: Partial<ProgramLook>): unknown =>
  checkLook({ ...NO_LOOK, ...look }).map(({ field, code }) => [field, code]);
const labelled = (id: number): ProgramLook['rules'][number] => ({ id, label: null, icon: null });

describe('a look', () => {
  it('may be anything that pages can show', () => {
    expect(
      refusals({
        pointName: { en: 'Drops', zh: '露珠' },
        colors: { accent: '#08766A', accentDark: null },
        rules: [{ id: 0, label: { en: 'Purchase', zh: null }, icon: '🛒' }],
        items: [labelled(1), labelled(2)],
        origins: ['https://shop.example', 'https://shop.example:8443', 'http://localhost:5173'],
      }),
    ).toEqual([]);
  });

  it.each([
    'shop.example',
    'http://shop.example',
    'https://shop.example/',
    'https://shop.example/path',
    'https://SHOP.example',
    'https://a:b@shop.example',
    'https://*.example',
    'javascript:alert(1)',
    "https://shop.example; script-src 'unsafe-inline'",
    'null',
    '',
  ])('has no origin %j', (origin) => {
    expect(refusals({ origins: [origin] })).toEqual([['origins[0]', 'MALFORMED']]);
  });

  it.each(['red', '#fff', '#12345g', '#1234567', 'url(x)', ''])('has no colour %j', (accent) => {
    expect(refusals({ colors: { accent, accentDark: null } })).toEqual([
      ['colors.accent', 'MALFORMED'],
    ]);
  });

  it('has bounds for words, rows and ids', () => {
    expect(refusals({ pointName: { en: 'x'.repeat(65), zh: '' } })).toEqual([
      ['pointName.en', 'TOO_LONG'],
      ['pointName.zh', 'MALFORMED'],
    ]);
    expect(refusals({ rules: [labelled(256), labelled(1), labelled(1)] })).toEqual([
      ['rules[0].ruleId', 'OUT_OF_RANGE'],
      ['rules[2].ruleId', 'OUT_OF_RANGE'],
    ]);
    expect(refusals({ items: [labelled(0)] })).toEqual([['items[0].item', 'OUT_OF_RANGE']]);
    const origins = Array.from({ length: 21 }, (_, index) => `https://s${index}.example`);
    expect(refusals({ origins })).toEqual([['origins', 'LIMIT_EXCEEDED']]);
  });
});
