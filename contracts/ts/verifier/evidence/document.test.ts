import { keccak256, toUtf8Bytes } from 'ethers';
import { describe, expect, it } from 'vitest';
import type { Hex } from '../../statement.ts';
import { NO_DOCUMENT } from '../../terms.ts';
import type { ProgramFacts } from '../facts/facts.ts';
import { documentText, judgeDocument } from './document.ts';

const textOf = (word: string): Uint8Array => toUtf8Bytes(`# Terms\n${word} · 条款\n`);
const hashOf = (word: string): Hex => keccak256(textOf(word)) as Hex;
const HASHES = [NO_DOCUMENT, hashOf('old'), hashOf('kept'), hashOf('kept'), hashOf('next')];
const factsAt = (time: number): Pick<ProgramFacts, 'ruleSets' | 'head'> => ({
  head: { block: 1, time },
  ruleSets: HASHES.map((documentHash, version) => ({
    ...{ version, fromEpoch: version, startsAt: version * 100, budgetPerEpoch: 1n, documentHash },
    ...{ rules: [], change: null },
    published: { block: 1, transactionHash: '0x', logIndex: 0, time: 0 },
  })),
});

describe('a text', () => {
  it.each([
    ['kept', 'in force', [2, 3], /^ok .* in force: 0x\w{64}, carried by versions 2, 3/],
    [
      'old',
      'past',
      [1],
      /^FAIL .* was the small print: 0x\w{64}, carried by version 1 of .* is in force/,
    ],
    ['next', 'to come', [4], /^FAIL .* will be the small print/],
    ['other', 'never', [], /^FAIL .* is no small print of this program/],
  ])('%s is the small print %s', (word, standing, versions, words) => {
    const verdict = judgeDocument(textOf(word), factsAt(350));
    const ok = standing === 'in force';
    expect(verdict).toEqual({
      hash: hashOf(word),
      standing,
      versions,
      inForce: hashOf('kept'),
      ok,
    });
    expect(documentText(verdict)).toMatch(words);
  });

  it('is another one with a single byte more', () => {
    const longer = new Uint8Array([...textOf('kept'), 10]);
    expect(judgeDocument(longer, factsAt(350)).standing).toBe('never');
  });

  it('is none where the rules in force carry none', () => {
    const verdict = judgeDocument(textOf('kept'), factsAt(50));
    expect(verdict).toMatchObject({ standing: 'to come', inForce: null, ok: false });
    expect(documentText(verdict)).toContain('there is none in force');
  });
});
