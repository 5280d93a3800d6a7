import { describe, expect, it } from 'vitest';
import { fragmentOf, hasKey, linkIn, pasted } from './auditLink.ts';

const PROGRAM = '0x95BDD95D84169e9f355a877eF8535f63E0d27AB0';
const LINK = {
  ...({ chainId: 31_337, program: PROGRAM, fromBlock: 8, at: 'questions' } as const),
  nodeUrl: 'http://127.0.0.1:8545',
} as const;

describe('a link', () => {
  it('says in its fragment what is audited, and is read back', () => {
    const fragment = `#/31337/${PROGRAM}?from=8&at=questions&rpc=http%3A%2F%2F127.0.0.1%3A8545`;
    expect(fragmentOf(LINK)).toBe(fragment);
    expect(linkIn(fragment)).toEqual(LINK);
    expect(linkIn(`#/1/${PROGRAM}`)).toMatchObject({ chainId: 1, fromBlock: null, nodeUrl: null });
  });

  it('is none without a program', () => {
    for (const text of ['', '#', '#/1', '#/1/0x12', `#/x/${PROGRAM}`]) {
      expect(linkIn(text)).toBeNull();
    }
    expect(linkIn(`#/1/${PROGRAM}?from=x&rpc=javascript:1`)).toMatchObject({
      ...{ fromBlock: null, nodeUrl: null },
    });
  });

  it('never gives the key of a node away', () => {
    const keyed = [
      'https://me:secret@node.example/',
      'https://node.example/?apikey=1',
      'https://node.example/v3/0123456789abcdef0123456789abcdef',
    ];
    for (const nodeUrl of keyed) {
      expect(hasKey(nodeUrl)).toBe(true);
      expect(fragmentOf({ ...LINK, nodeUrl })).not.toContain('rpc');
    }
    expect(hasKey('https://node.example/base/mainnet')).toBe(false);
  });

  it('is found in what was pasted', () => {
    expect(pasted(`https://x.example/audit/${fragmentOf(LINK)}`)).toEqual(LINK);
    expect(pasted(` ${PROGRAM} `)).toEqual({ program: PROGRAM });
    expect(pasted('hello')).toBeNull();
  });
});
