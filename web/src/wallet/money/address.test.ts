import { describe, expect, test } from 'vitest';
import { groupsOf, readAddress } from './address.ts';

const SOME = '0x000000000000000000000000000000000000c0Fe';

describe('an address that was typed', () => {
  test('is read with blanks around it', () => expect(readAddress(` ${SOME}\n`)).toBe(SOME));

  test.each(['', '0x12', SOME.slice(2), `${SOME}0`, SOME.replace('c', 'g'), `0x${'0'.repeat(40)}`])(
    '"%s" is none',
    (text) => expect(readAddress(text)).toBeNull(),
  );

  test('is shown in groups that make it whole', () => {
    expect(groupsOf(SOME)).toHaveLength(11);
    expect(groupsOf(SOME).join('')).toBe(SOME);
  });
});
