import { describe, expect, it } from 'vitest';
import { NO_DOCUMENT } from './terms/document.ts';
import { checkName } from './bounds.ts';
import { ruleIdOf } from './epochs.ts';
import { checkId } from './ids.ts';
import { isSameName, nameForm } from './names.ts';
import type { Rule, RuleSet } from './program.ts';
import { checkRuleSetTerms } from './terms/ruleSetTerms.ts';

const NFD = 'cafe\u0301';
const NFC = 'caf\u00e9';

describe('an id', () => {
  it.each([
    ['a word', 'member-7'],
    ['a blank inside', 'order 7'],
    ['Chinese', '会员七'],
    ['Arabic', 'عضو'],
    ['two forms of one word: composed', NFC],
    ['two forms of one word: decomposed', NFD],
    ['a picture', '\u2615\ufe0f'],
    ['a variant of a Han character', '\u845b\u{e0100}'],
    ['128 characters beyond 16 bits', '\u{20000}'.repeat(128)],
    ['128 decomposed characters', 'e\u0301'.repeat(128)],
  ])('may be %s: %j', (_what, id) => {
    expect(checkId('memberId', id)).toBeNull();
  });

  it.each([
    ['one blank', ' ', 'has a blank at its start'],
    ['a blank before', ' visit', 'has a blank at its start'],
    ['a blank after', 'visit ', 'has a blank at its end'],
    ['a control character (Cc)', 'vi\nsit', 'has the character U+000A at place 3'],
    ['NUL (Cc)', 'a\u0000', 'U+0000 at place 2'],
    ['a zero-width space (Cf)', 'vis\u200bit', 'has the character U+200B at place 4'],
    ['a zero-width joiner (Cf)', 'a\u200db', 'U+200D'],
    ['a turn of direction (Cf)', '\u202ea', 'U+202E at place 1'],
    ['a byte order mark (Cf)', '\ufeffvisit', 'U+FEFF'],
    ['half of a character (Cs)', 'a\ud800', 'U+D800'],
    ['a character of private use (Co)', '\ue000', 'U+E000'],
    ['a character that is none (Cn)', '\uffff', 'U+FFFF'],
    ['a character that is not assigned (Cn)', '\u{e0fff}', 'U+E0FFF'],
    ['a no-break space', 'a\u00a0b', 'U+00A0'],
    ['an ideographic space', '会\u3000员', 'U+3000 at place 2'],
    ['a line separator', 'a\u2028b', 'U+2028'],
    ['a filler', 'a\u3164', 'U+3164'],
    ['a blank of Braille', 'a\u2800b', 'U+2800'],
    ['a grapheme joiner', 'a\u034fb', 'U+034F'],
    ['a variation selector behind a letter', 'visit\ufe0f', 'U+FE0F at place 6'],
  ])('may not have %s: %j', (_what, id, flaw) => {
    const refusal = checkId('memberId', id);
    expect(refusal).toMatchObject({ code: 'MALFORMED', field: 'memberId' });
    expect(refusal?.message).toContain(flaw);
    expect(refusal?.message).toContain('it must be 1 to 128 characters');
  });

  it('is counted in characters of Unicode, in the form that is kept', () => {
    expect(checkId('eventId', '\u{20000}'.repeat(129))?.code).toBe('TOO_LONG');
    expect(checkId('eventId', 'e\u0301'.repeat(129))?.message).toMatch(/^eventId has 129 /);
    expect(checkId('eventId', 'x'.repeat(1_000_000))?.code).toBe('TOO_LONG');
  });

  it('says what came instead of a text', () => {
    expect(checkId('memberId', 7)?.message).toMatch(/^memberId is 7, which is not a string; /);
    expect(checkId('memberId', null)?.code).toBe('REQUIRED');
  });
});

describe('names', () => {
  it('are one name in two forms of Unicode', () => {
    expect(NFD).not.toBe(NFC);
    expect(isSameName(NFD, NFC)).toBe(true);
    expect(isSameName('visit', 'Visit')).toBe(false);
    expect(nameForm(nameForm(NFD))).toBe(NFC);
  });

  it('are published as they came, so they come in NFC', () => {
    expect(checkName('name', NFC, 1, 64)).toEqual([]);
    expect(checkName('name', NFD, 1, 64)).toMatchObject([{ code: 'MALFORMED', field: 'name' }]);
    expect(checkName('name', 'visit ', 1, 64)).toMatchObject([{ code: 'MALFORMED' }]);
    expect(checkName('name', '', 1, 64)).toMatchObject([{ code: 'REQUIRED' }]);
    expect(checkName('name', '访'.repeat(22), 1, 64)).toMatchObject([{ code: 'TOO_LONG' }]);
  });
});

const rule = (id: number, name: string): Rule => ({
  id,
  name,
  text: 'words',
  perAction: 1n,
  perUnit: 0n,
  maxCount: 1n,
  maxPoints: 1n,
  untilEpoch: 9,
});
const published = (...rules: Rule[]): { ruleSets: RuleSet[] } => ({
  ruleSets: [
    {
      version: 0,
      fromEpoch: 0,
      budgetPerEpoch: 1n,
      documentHash: NO_DOCUMENT,
      rules,
      blockNumber: 1,
      transactionHash: '0x',
    },
  ],
});
const codesOf = (known: { ruleSets: RuleSet[] }, ...rules: Rule[]): string[] =>
  checkRuleSetTerms(
    'terms',
    { notBefore: 0, budgetPerEpoch: 1n, documentHash: NO_DOCUMENT, rules },
    String,
    known,
  ).map(({ code, field }) => `${code} ${field}`);

describe('rules', () => {
  it('are found by their name in any form, by exactly this one first', () => {
    expect(ruleIdOf(published(rule(1, NFD)), NFC)).toBe(1);
    expect(ruleIdOf(published(rule(1, NFC)), NFD)).toBe(1);
    expect(ruleIdOf(published(rule(1, NFC), rule(2, NFD)), NFD)).toBe(2);
    expect(ruleIdOf(published(rule(1, 'visit')), 'visit ')).toBeNull();
  });

  it('get no name that looks like another one', () => {
    const none = { ruleSets: [] };
    expect(codesOf(none, rule(1, 'visit'), rule(2, '到访 né'))).toEqual([]);
    for (const name of ['visit ', ' visit', 'vi\u200bsit', 'visit\ufe0f', NFD]) {
      expect(codesOf(none, rule(1, name))).toEqual(['MALFORMED terms.rules[0].name']);
    }
    expect(codesOf(published(rule(1, NFD)), rule(2, NFC))).toEqual([
      'RULE_NAME_TAKEN terms.rules[0].name',
    ]);
  });

  it('keep the name that other software published, to the byte', () => {
    for (const name of ['visit ', NFD]) {
      expect(codesOf(published(rule(1, name)), rule(1, name))).toEqual([]);
    }
    expect(codesOf(published(rule(1, NFD)), rule(1, NFC))).toEqual([
      'RULE_WORDS_FIXED terms.rules[0].name',
    ]);
  });
});
