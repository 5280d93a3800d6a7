import { keccak256 } from 'ethers';
import type { Hex } from '../../statement.ts';
import type { ProgramFacts } from '../facts/facts.ts';

/** Whether a text is the small print of a program. */
export interface DocumentVerdict {
  /** keccak256 of its bytes. */
  readonly hash: Hex;
  /** `never`: no version of the rules was published with it. */
  readonly standing: 'in force' | 'to come' | 'past' | 'never';
  /** Versions of the rules that carry it. */
  readonly versions: readonly number[];
  /** The hash of the small print in force; null where there is none. */
  readonly inForce: Hex | null;
  readonly ok: boolean;
}

const NONE = /^0x0+$/;

/**
 * Judges a text, byte for byte, by the versions of the rules that were verified.
 *
 * @example judgeDocument(await file.bytes(), (await verify(request)).facts).standing // 'in force'
 */
export function judgeDocument(
  bytes: Uint8Array,
  { ruleSets, head }: Pick<ProgramFacts, 'ruleSets' | 'head'>,
): DocumentVerdict {
  const hash = keccak256(bytes) as Hex;
  const current = ruleSets.findLast(({ startsAt }) => startsAt <= head.time);
  const carrying = ruleSets.filter(({ documentHash }) => documentHash === hash);
  const isInForce = current?.documentHash === hash;
  const isToCome = carrying.some(({ startsAt }) => startsAt > head.time);
  const before = carrying.length > 0 ? 'past' : 'never';
  const inForce = current?.documentHash ?? '0x0';
  return {
    hash,
    standing: isInForce ? 'in force' : isToCome ? 'to come' : before,
    versions: carrying.map(({ version }) => version),
    inForce: NONE.test(inForce) ? null : inForce,
    ok: isInForce,
  };
}

/** The verdict on a text for people. */
export function documentText({ hash, standing, versions, inForce }: DocumentVerdict): string {
  const named = versions.length === 1 ? 'version' : 'versions';
  const carried = `carried by ${named} ${versions.join(', ')} of the rules`;
  if (standing === 'in force')
    return `ok   The document is the small print in force: ${hash}, ${carried}.`;
  const instead = inForce === null ? 'there is none in force' : `${inForce} is in force`;
  if (standing === 'never')
    return `FAIL The document is no small print of this program: ${hash}; ${instead}.`;
  const when = standing === 'past' ? 'was' : 'will be';
  return `FAIL The document ${when} the small print: ${hash}, ${carried}; ${instead}.`;
}
