import { describe, expect, it } from 'vitest';
import { stillTyped, typeOver } from './touched.ts';

const KEPT = { icon: 'cup', en: 'Tea', zh: '' };

describe('a form over what is kept', () => {
  it('has the fields that were typed in, and no other', () => {
    const touched = typeOver(KEPT, {}, { en: 'Green tea' });
    expect(touched).toEqual({ en: 'Green tea' });
    expect(typeOver(KEPT, touched, { zh: '绿茶' })).toEqual({ en: 'Green tea', zh: '绿茶' });
    expect(typeOver(KEPT, touched, { en: 'Tea' })).toEqual({});
    // It is being typed: a space at its end may have a word after it.
    expect(typeOver(KEPT, {}, { en: 'Tea ' })).toEqual({ en: 'Tea ' });
  });

  it('keeps what was typed when another person changes what is kept', () => {
    const other = { ...KEPT, icon: 'pot', en: 'Black tea' };
    expect(stillTyped(other, { en: 'Green tea' })).toEqual({ en: 'Green tea' });
    expect({ ...other, ...stillTyped(other, { zh: '绿茶' }) }).toEqual({ ...other, zh: '绿茶' });
  });

  it('lets go of what was saved', () => {
    const saved = { ...KEPT, en: 'Green tea' };
    expect(stillTyped(saved, { en: ' Green tea ', zh: '绿茶' })).toEqual({ zh: '绿茶' });
  });
});
