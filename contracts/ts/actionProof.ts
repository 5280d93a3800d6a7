/**
 * What an entry of the action log is, byte for byte, and whether it stood in the log that the recorder anchored. Pure, for
 * browsers too; `actionLog.ts` builds the trees.
 */
import { keccak256, toUtf8Bytes } from 'ethers';
import type { Address, Hex } from './statement.ts';

/** One entry of the log, as it is anchored. */
export interface LogEntry {
  /** The program's Points contract. */
  readonly contract: Address;
  /**
   * `void`: the action of this event id does not count, if it is recorded before the action matures. `hold`, `release`: it counts from
   * `maturesAtMs` of this entry on, later or sooner than before.
   */
  readonly kind: 'action' | 'void' | 'hold' | 'release';
  /** Unix milliseconds; the entry belongs to the log of the epoch of this moment. */
  readonly recordedAtMs: number;
  /** Unix milliseconds; null in what was decided on an action, which says it. */
  readonly occurredAtMs: number | null;
  /** Unix milliseconds; null when the action counts at once. */
  readonly maturesAtMs: number | null;
  /** Who gets the points. */
  readonly account: Address;
  /** The app's own id of the action. */
  readonly eventId: string;
  readonly ruleId: number;
  readonly count: number;
  readonly amount: bigint;
  /** keccak256 of what shows that it happened, such as an order or a review; null for none. */
  readonly evidenceHash: Hex | null;
  /** 32 random bytes: without them nobody can guess what an entry says from its leaf. */
  readonly salt: Hex;
}

/** That an entry stood in the anchored log of an epoch. */
export interface ActionProof {
  /** The epoch in which the entry was recorded. */
  readonly epoch: number;
  readonly entry: LogEntry;
  /** From the leaf up to the root of its chunk. */
  readonly chunkProof: readonly Hex[];
  /** From the root of the chunk up to the root of the log. */
  readonly rootsProof: readonly Hex[];
}

/** ABI types of the values of a leaf, for other implementations: it is a leaf of OpenZeppelin's `StandardMerkleTree`. */
export const LEAF_TYPES = [
  ...['address', 'string', 'uint64', 'uint64', 'uint64', 'address', 'string'],
  ...['uint8', 'uint32', 'uint64', 'bytes32', 'bytes32'],
] as const;

const WORD_DIGITS = 64;
const WORD_BYTES = WORD_DIGITS / 2;
const NO_HASH: Hex = `0x${'00'.repeat(WORD_BYTES)}`;
const HASH = /^0x[0-9a-f]{64}$/;

/** The values of a leaf, in the order of {@link LEAF_TYPES}. Moments that there are not are 0. */
export function leafValues(entry: LogEntry): readonly [...unknown[], evidence: Hex, salt: Hex] {
  const { contract, kind, recordedAtMs, occurredAtMs, maturesAtMs, account } = entry;
  const { eventId, ruleId, count, amount, evidenceHash, salt } = entry;
  return [
    ...[contract, kind, recordedAtMs, occurredAtMs ?? 0, maturesAtMs ?? 0, account, eventId],
    ...[ruleId, count, amount],
    ...([evidenceHash ?? NO_HASH, salt] as const),
  ];
}

/**
 * The leaf of an entry: keccak256 of keccak256 of its ABI-encoded values. It is kept for ever, what the entry says need
 * not be. Encoded by hand, since it is computed for every action that is recorded.
 */
export function leafOf(entry: LogEntry): Hex {
  const { evidenceHash, salt } = entry;
  const head = LEAF_TYPES.length * WORD_BYTES;
  const kind = text(entry.kind);
  const eventId = text(entry.eventId);
  const encoded = [
    account(entry.contract),
    word(head),
    word(entry.recordedAtMs),
    word(entry.occurredAtMs ?? 0),
    word(entry.maturesAtMs ?? 0),
    account(entry.account),
    word(head + kind.length / 2),
    word(entry.ruleId),
    word(entry.count),
    word(entry.amount),
    (evidenceHash ?? NO_HASH).slice(2),
    salt.slice(2),
    kind,
    eventId,
  ].join('');
  return keccak256(keccak256(`0x${encoded}`)) as Hex;
}

/** The root of the log that a proof leads to: that of the anchor, or the entry did not stand in it. */
export function rootOfProof({ entry, chunkProof, rootsProof }: ActionProof): Hex {
  let node = leafOf(entry);
  for (const sibling of [...chunkProof, ...rootsProof]) {
    if (!HASH.test(sibling)) throw new RangeError(`proof: ${sibling} is not 32 bytes`);
    const pair = node < sibling ? node + sibling.slice(2) : sibling + node.slice(2);
    node = keccak256(pair) as Hex;
  }
  return node;
}

/** Whether an entry stood in the log with this root. */
export function checkProof(proof: ActionProof, root: Hex): boolean {
  return rootOfProof(proof) === root.toLowerCase();
}

/** A proof as a file: JSON, the amount as a decimal string. */
export function proofJson(proof: ActionProof): string {
  const plain = (_key: string, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value;
  return `${JSON.stringify(proof, plain, 2)}\n`;
}

/**
 * Reads a proof back from a file.
 *
 * @throws RangeError naming the field that is missing or malformed.
 */
export function proofIn(json: string): ActionProof {
  const read = objectIn(json);
  const entry = read.entry as Record<string, unknown>;
  if (typeof entry !== 'object' || entry === null) throw malformed('entry', 'an object');
  return {
    epoch: whole(read.epoch, 'epoch'),
    entry: {
      contract: matching(entry.contract, 'entry.contract', ADDRESS, '20 bytes of hex'),
      kind: matching(entry.kind, 'entry.kind', KIND, '"action", "void", "hold" or "release"'),
      recordedAtMs: whole(entry.recordedAtMs, 'entry.recordedAtMs'),
      occurredAtMs: orNull(entry.occurredAtMs, 'entry.occurredAtMs', whole),
      maturesAtMs: orNull(entry.maturesAtMs, 'entry.maturesAtMs', whole),
      account: matching(entry.account, 'entry.account', ADDRESS, '20 bytes of hex'),
      eventId: matching(entry.eventId, 'entry.eventId', /^/, 'text'),
      ruleId: whole(entry.ruleId, 'entry.ruleId'),
      count: whole(entry.count, 'entry.count'),
      amount: BigInt(matching(entry.amount, 'entry.amount', /^\d{1,20}$/, 'a decimal string')),
      evidenceHash: orNull(entry.evidenceHash, 'entry.evidenceHash', hash),
      salt: hash(entry.salt, 'entry.salt'),
    },
    chunkProof: hashes(read.chunkProof, 'chunkProof'),
    rootsProof: hashes(read.rootsProof, 'rootsProof'),
  };
}

const KIND = /^(action|void|hold|release)$/;
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

function objectIn(json: string): Record<string, unknown> {
  let read: unknown;
  try {
    read = JSON.parse(json);
  } catch (error) {
    throw new RangeError('the proof is not JSON', { cause: error });
  }
  if (typeof read !== 'object' || read === null) throw malformed('the proof', 'a JSON object');
  return read as Record<string, unknown>;
}

function malformed(field: string, wanted: string): RangeError {
  return new RangeError(`${field} is not ${wanted}`);
}

function matching<Text extends string>(
  value: unknown,
  field: string,
  form: RegExp,
  wanted: string,
): Text {
  if (typeof value !== 'string' || !form.test(value)) throw malformed(field, wanted);
  return value as Text;
}

function whole(value: unknown, field: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw malformed(field, 'a whole number from 0 on');
  }
  return value;
}

function hash(value: unknown, field: string): Hex {
  return matching(value, field, HASH, '32 bytes of lower-case hex');
}

function hashes(value: unknown, field: string): Hex[] {
  if (!Array.isArray(value)) throw malformed(field, 'a list');
  return value.map((one, i) => hash(one, `${field}[${i}]`));
}

function orNull<Value>(
  value: unknown,
  field: string,
  read: (value: unknown, field: string) => Value,
): Value | null {
  return value === null ? null : read(value, field);
}

function word(value: number | bigint): string {
  return value.toString(16).padStart(WORD_DIGITS, '0');
}

function account(address: Address): string {
  return address.slice(2).toLowerCase().padStart(WORD_DIGITS, '0');
}

/** Length and bytes of a string, in whole words. */
function text(value: string): string {
  const bytes = toUtf8Bytes(value);
  let digits = word(bytes.length);
  for (const byte of bytes) digits += byte.toString(16).padStart(2, '0');
  return digits.padEnd(Math.ceil(digits.length / WORD_DIGITS) * WORD_DIGITS, '0');
}
