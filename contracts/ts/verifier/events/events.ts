import { getAddress, id } from 'ethers';
import { pointsInterface } from '../../contractInterfaces.ts';
import type { Address, Hex } from '../../statement.ts';
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

export interface Settled {
  readonly kind: 'settled';
  readonly member: Address;
  readonly epoch: number;
  /** Minted to the member for the epoch so far. */
  readonly points: bigint;
  readonly lines: Hex;
  readonly at: Place;
}

export interface Skipped {
  readonly kind: 'skipped';
  readonly member: Address;
  readonly epoch: number;
  /** Position in {@link SKIP_REASONS}. */
  readonly reason: number;
  readonly lines: Hex;
  readonly at: Place;
}

export interface RuleSetPublished {
  readonly kind: 'ruleSetPublished';
  readonly version: number;
  readonly fromEpoch: number;
  readonly budgetPerEpoch: bigint;
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
  | Settled
  | Skipped
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
] as const;

const TRANSFER = id('Transfer(address,address,uint256)');
const SETTLED = id('Settled(address,uint32,uint64,bytes)');
const SKIPPED = id('Skipped(address,uint32,uint8,bytes)');
/** Hex digits of one ABI word. */
const WORD = 64;
/** Both `Settled` and `Skipped` hold two values, then the offset of the lines, which is always the same. */
const LINES_OFFSET = 0x60;

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
      case SETTLED: {
        const [epoch, points, lines] = statementIn(log.data);
        return { kind: 'settled', member: addressIn(log.topics[1]), epoch, points, lines, at };
      }
      case SKIPPED: {
        const [epoch, reason, lines] = statementIn(log.data);
        const member = addressIn(log.topics[1]);
        return { kind: 'skipped', member, epoch, reason: Number(reason), lines, at };
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
function statementIn(data: string): [epoch: number, value: bigint, lines: Hex] {
  const word = (index: number) => data.slice(2 + index * WORD, 2 + (index + 1) * WORD);
  const length = parseInt(word(3), 16);
  const start = 2 + 4 * WORD;
  const end = start + length * 2;
  if (parseInt(word(2), 16) !== LINES_OFFSET || Number.isNaN(length) || data.length < end) {
    throw new RangeError('its lines are cut off');
  }
  return [parseInt(word(0), 16), BigInt(`0x${word(1)}`), `0x${data.slice(start, end)}`];
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
        rules: (args[3] as readonly DecodedRule[]).map(ruleIn),
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
