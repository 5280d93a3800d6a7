import { describe, expect, it } from 'vitest';
import type { Address } from '../../../statement.ts';
import { ZERO_ADDRESS } from './ledger.ts';
import { Recorders, type RecorderReads } from './recorders.ts';

const at = { block: 1, transactionHash: '0x' as const, logIndex: 0 };
const key = (n: number): Address => `0x${String(n).repeat(40)}`;
const [K1, K2, K3] = [key(1), key(2), key(3)];

function rotated(recorders: Recorders, recorder: Address, fromEpoch: number): void {
  const clockEpoch = Math.max(0, fromEpoch - 1);
  recorders.rotated({ kind: 'recorderRotated', recorder, fromEpoch, at }, clockEpoch);
}

/** What the contract answers, said by key: until which epoch each vouches. */
function readsWith(
  recorders: Recorders,
  [current, next]: readonly [Address, Address],
  until: Readonly<Record<Address, number>>,
  revoked: readonly Address[] = [],
): RecorderReads {
  const vouches = new Map(
    recorders
      .questions()
      .map((asked) => [`${asked.key}:${asked.epoch}`, (until[asked.key] ?? 0) > asked.epoch]),
  );
  return { current, next, revoked: new Set(revoked), vouches };
}

function differences(recorders: Recorders, reads: RecorderReads, clockEpoch: number): string[] {
  recorders.compare(reads, clockEpoch);
  return recorders.check.result().differences.map(({ what }) => what);
}

const started = (): Recorders => {
  const recorders = new Recorders();
  rotated(recorders, K1, 0);
  return recorders;
};

describe('the word of a key', () => {
  it('counts for epochs before the end of its time, through later rotations too', () => {
    const recorders = started();
    rotated(recorders, K2, 3);
    rotated(recorders, K3, 7);
    const until = { [K1]: 3, [K2]: 7, [K3]: Infinity };
    const reads = readsWith(recorders, [K3, K3], until);
    expect(differences(recorders, reads, 9)).toEqual([]);
    const later = { ...until, [K1]: 4 };
    expect(differences(recorders, readsWith(recorders, [K3, K3], later), 9)).toHaveLength(1);
  });

  it('never counts when it was pending only', () => {
    const recorders = started();
    rotated(recorders, K2, 3);
    rotated(recorders, K3, 3);
    expect(recorders.facts().map(({ recorder }) => recorder)).toEqual([K1, K3]);
    const reads = readsWith(recorders, [K1, K3], { [K1]: Infinity });
    expect(differences(recorders, reads, 2)).toEqual([]);
  });

  it('is void once it was revoked, and who takes its place has its time', () => {
    const recorders = started();
    rotated(recorders, K2, 3);
    const event = { kind: 'recorderRevoked', recorder: K1, next: K3, at } as const;
    recorders.revoked(event, 2);
    const reads = readsWith(recorders, [K2, K2], { [K2]: Infinity, [K3]: 3 }, [K1]);
    expect(differences(recorders, reads, 3)).toEqual([]);
    const back = { ...reads, revoked: new Set<Address>() };
    expect(differences(recorders, back, 3)).toHaveLength(1);
  });

  it('is void without anybody in its place when its time was over', () => {
    const recorders = started();
    rotated(recorders, K2, 3);
    const event = { kind: 'recorderRevoked', recorder: K1, next: ZERO_ADDRESS, at } as const;
    recorders.revoked(event, 5);
    const reads = readsWith(recorders, [K2, K2], { [K2]: Infinity }, [K1]);
    expect(differences(recorders, reads, 5)).toEqual([]);
  });
});
