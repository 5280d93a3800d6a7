import { keccak256 } from 'ethers';
import { describe, expect, it } from 'vitest';
import buybackArtifact from '../../artifacts/Buyback.json' with { type: 'json' };
import catalogueArtifact from '../../artifacts/Catalogue.json' with { type: 'json' };
import charterArtifact from '../../artifacts/Charter.json' with { type: 'json' };
import forwarderArtifact from '../../artifacts/ERC2771Forwarder.json' with { type: 'json' };
import pointsArtifact from '../../artifacts/Points.json' with { type: 'json' };
import programsArtifact from '../../artifacts/Programs.json' with { type: 'json' };
import termsCheckArtifact from '../../artifacts/TermsCheck.json' with { type: 'json' };
import { codeHashes } from '../../codeHashes.ts';
import type { Hex } from '../../statement.ts';
import { withoutImmutables } from './code.ts';

const ARTIFACTS = {
  Points: pointsArtifact,
  TermsCheck: termsCheckArtifact,
  Charter: charterArtifact,
  Buyback: buybackArtifact,
  Catalogue: catalogueArtifact,
  Programs: programsArtifact,
  ERC2771Forwarder: forwarderArtifact,
} as const satisfies Record<keyof typeof codeHashes, object>;
const NAMES = Object.keys(codeHashes) as (keyof typeof codeHashes)[];

const hashOf = (name: keyof typeof codeHashes, code: string): string =>
  keccak256(withoutImmutables(code as Hex, codeHashes[name].immutables));

/** The code with one byte replaced. */
function withByte(code: string, at: number, byte: string): string {
  return `${code.slice(0, 2 + at * 2)}${byte}${code.slice(4 + at * 2)}`;
}

describe.each(NAMES)('the hash of %s', (name) => {
  const code = ARTIFACTS[name].deployedBytecode;
  const { hash, immutables } = codeHashes[name];
  const bytes = code.length / 2 - 1;

  it('is that of the code in the artefact, and its immutables are where the artefact says', () => {
    const { immutableReferences } = ARTIFACTS[name];
    expect(hashOf(name, code)).toBe(hash);
    expect(immutables).toEqual(immutableReferences.map(({ start, length }) => [start, length]));
  });

  it('stays the same for any immutables', () => {
    let deployed: string = code;
    for (const [start, length] of immutables) {
      deployed = withByte(withByte(deployed, start, 'ab'), start + length - 1, 'cd');
    }
    expect(hashOf(name, deployed)).toBe(hash);
    expect(hashOf(name, deployed.toUpperCase().replace('0X', '0x'))).toBe(hash);
  });

  it('changes with a byte before, between or after them, and with what is appended or cut off', () => {
    const besides = immutables.flatMap(([start, length]) => [start - 1, start + length]);
    for (const at of [0, ...besides, bytes - 1]) {
      const byte = code.slice(2 + at * 2, 4 + at * 2) === 'fe' ? 'fd' : 'fe';
      expect(hashOf(name, withByte(code, at, byte))).not.toBe(hash);
    }
    expect(hashOf(name, `${code}00`)).not.toBe(hash);
    expect(hashOf(name, code.slice(0, -2))).not.toBe(hash);
    expect(hashOf(name, '0x')).not.toBe(hash);
  });
});
