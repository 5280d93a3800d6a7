import { getAddress, id } from 'ethers';
import { pointsInterface } from '../../contractInterfaces.ts';
import { unpackBatch, type Address, type Hex, type PackedStatement } from '../../statement.ts';
import { ruleIn, type DecodedRule, type Rule } from '../../terms.ts';
import type { RawLog } from '../rpc/logs.ts';

/** Where on the chain something was logged. */
export interface Place {
  readonly block: number;
  readonly transactionHash: Hex;
  readonly logIndex: number;
}

export interface Transfer {
  readonly kind: 'transfer';
  readonly from: Address;
  readonly to: Address;
  readonly amount: bigint;
  readonly at: Place;
}

/** Statements are settled: their outcomes follow in their order, a transfer from zero, a skip, or nothing. */
export interface BatchSettled {
  readonly kind: 'batchSettled';
  readonly statements: readonly PackedStatement[];
  readonly at: Place;
}

/** A statement of the batch before was left out. */
export interface Skipped {
  readonly kind: 'skipped';
  /** Its place in the batch, from 0. */
  readonly index: number;
  /** Position in {@link SKIP_REASONS}. */
  readonly reason: number;
  readonly at: Place;
}

/** The recorder said what its log of an epoch was. */
export interface Anchored {
  readonly kind: 'anchored';
  readonly epoch: number;
  readonly root: Hex;
  readonly count: number;
  readonly at: Place;
}

export interface RuleSetPublished {
  readonly kind: 'ruleSetPublished';
  readonly version: number;
  readonly fromEpoch: number;
  readonly budgetPerEpoch: bigint;
  readonly documentHash: Hex;
  readonly rules: readonly Rule[];
  readonly at: Place;
}

export interface RecorderRotated {
  readonly kind: 'recorderRotated';
  readonly recorder: Address;
  readonly fromEpoch: number;
  readonly at: Place;
}

export interface RecorderRevoked {
  readonly kind: 'recorderRevoked';
  readonly recorder: Address;
  readonly next: Address;
  readonly at: Place;
}

export interface AccountMoved {
  readonly kind: 'accountMoved';
  readonly from: Address;
  readonly to: Address;
  readonly amount: bigint;
  readonly at: Place;
}

export interface OperatorOffered {
  readonly kind: 'operatorOffered';
  readonly operator: Address;
  readonly next: Address;
  readonly at: Place;
}

export interface OperatorChanged {
  readonly kind: 'operatorChanged';
  readonly previous: Address;
  readonly operator: Address;
  readonly at: Place;
}

/** An event that moves no points and changes no terms, such as an allowance. */
export interface Other {
  readonly kind: 'other';
  readonly at: Place;
}

/** A log that a Dewpoint program never writes. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly why: string;
  readonly at: Place;
}

/** A log of Points. Addresses are in lower case, as the chain gives them: checksumming each would cost a hash. */
export type PointsEvent =
  | Transfer
  | BatchSettled
  | Skipped
  | Anchored
  | RuleSetPublished
  | RecorderRotated
  | RecorderRevoked
  | AccountMoved
  | OperatorOffered
  | OperatorChanged
  | Other
  | Unreadable;

/** `IPoints.SkipReason`, in its order. */
export const SKIP_REASONS = [
  'FutureEpoch',
  'WindowClosed',
  'LinesNotAscending',
  'UndefinedRule',
  'ForbiddenMember',
  'BudgetUsedUp',
  'NotBacked',
] as const;

const TRANSFER = id('Transfer(address,address,uint256)');
const BATCH_SETTLED = id('BatchSettled(bytes)');
const SKIPPED = id('Skipped(uint16,uint8)');
/** Hex digits of one ABI word. */
const WORD = 64;
/** `BatchSettled` holds the offset of the batch, which is always the same. */
const BATCH_OFFSET = 0x20;

/** Tells what a log of Points says. Never throws: what can't be read is a finding, not a failure. */
export function decode(log: RawLog): PointsEvent {
  const at = placeOf(log);
  try {
    switch (log.topics[0]) {
      case TRANSFER:
        return {
          kind: 'transfer',
          from: addressIn(log.topics[1]),
          to: addressIn(log.topics[2]),
          amount: BigInt(log.data),
          at,
        };
      case BATCH_SETTLED:
        return { kind: 'batchSettled', statements: unpackBatch(batchIn(log.data)), at };
      case SKIPPED: {
        const [index, reason] = [wordIn(log.data, 0), wordIn(log.data, 1)];
        return { kind: 'skipped', index, reason, at };
      }
      default:
        return decodeRare(log, at);
    }
  } catch (error) {
    return { kind: 'unreadable', why: error instanceof Error ? error.message : String(error), at };
  }
}

/** Where a log is. */
export function placeOf(log: RawLog): Place {
  return {
    block: parseInt(log.blockNumber, 16),
    transactionHash: log.transactionHash,
    logIndex: parseInt(log.logIndex, 16),
  };
}

/** By hand, since these are nearly all logs and ethers takes 20 times as long. */
function batchIn(data: string): Hex {
  const length = wordIn(data, 1);
  const start = 2 + 2 * WORD;
  const end = start + length * 2;
  if (wordIn(data, 0) !== BATCH_OFFSET || data.length < end) {
    throw new RangeError('its batch is cut off');
  }
  return `0x${data.slice(start, end)}`;
}

/** A small number. */
function wordIn(data: string, index: number): number {
  const start = 2 + index * WORD;
  const value = parseInt(data.slice(start, start + WORD), 16);
  if (data.length < start + WORD || Number.isNaN(value)) throw new RangeError('it is cut off');
  return value;
}

function addressIn(topic: string | undefined): Address {
  if (topic?.length !== 2 + WORD) throw new RangeError('a topic is missing');
  return `0x${topic.slice(26)}`;
}

function decodeRare(log: RawLog, at: Place): PointsEvent {
  const parsed = pointsInterface.parseLog({ topics: [...log.topics], data: log.data });
  if (parsed === null) throw new RangeError('it is no event of Points');
  const args = parsed.args.toArray(true) as readonly unknown[];
  const address = (index: number) => String(args[index]).toLowerCase() as Address;
  switch (parsed.name) {
    case 'RuleSetPublished':
      return {
        kind: 'ruleSetPublished',
        version: Number(args[0]),
        fromEpoch: Number(args[1]),
        budgetPerEpoch: args[2] as bigint,
        documentHash: args[3] as Hex,
        rules: (args[4] as readonly DecodedRule[]).map(ruleIn),
        at,
      };
    case 'Anchored':
      return {
        kind: 'anchored',
        epoch: Number(args[0]),
        root: args[1] as Hex,
        count: Number(args[2]),
        at,
      };
    case 'RecorderRotated':
      return { kind: 'recorderRotated', recorder: address(0), fromEpoch: Number(args[1]), at };
    case 'RecorderRevoked':
      return { kind: 'recorderRevoked', recorder: address(0), next: address(1), at };
    case 'AccountMoved':
      return {
        kind: 'accountMoved',
        from: address(0),
        to: address(1),
        amount: args[2] as bigint,
        at,
      };
    case 'OperatorOffered':
      return { kind: 'operatorOffered', operator: address(0), next: address(1), at };
    case 'OperatorChanged':
      return { kind: 'operatorChanged', previous: address(0), operator: address(1), at };
    default:
      return { kind: 'other', at };
  }
}

/** An address as people read it. */
export function shown(address: Address): Address {
  return getAddress(address) as Address;
}
