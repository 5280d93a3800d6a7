import { unpackBatch, type Address, type Hex } from '@dewpoint/contracts/statement.ts';
import { AbiCoder } from 'ethers';
import type { Rule } from '../../domain/program.ts';
import { SKIP_REASONS, type PointsEvent } from '../../domain/events.ts';
import { toAddress } from '../rpc/addresses.ts';
import { textIn, type RawEvent } from './eventParser.ts';
import { pointsInterface } from '../transactions/pointsCalls.ts';

const WORD_DIGITS = 64;
const ADDRESS_DIGITS = 40;

const word = (data: string, index: number): string => {
  const at = 2 + index * WORD_DIGITS;
  return data.slice(at, at + WORD_DIGITS);
};
const addressIn = (topic: string | undefined): Address =>
  toAddress(`0x${(topic ?? '').slice(-ADDRESS_DIGITS)}`);
/** Bytes that are the event's only value. */
const bytesIn = (data: string): Hex => {
  const bytesAt = 2;
  const digits = Number(`0x${word(data, bytesAt - 1)}`) * 2;
  const at = 2 + bytesAt * WORD_DIGITS;
  return `0x${data.slice(at, at + digits)}`;
};

// The events of settling are taken apart by hand: ethers needs 15 times as long, and a replay has 70,000 of them. A test holds
// both ways together.

const decodeBatch = ({ data }: RawEvent): PointsEvent => ({
  kind: 'BatchSettled',
  statements: unpackBatch(bytesIn(data)).map(({ member, ...statement }) => ({
    member: toAddress(member),
    ...statement,
  })),
});

const decodeSkipped = ({ data }: RawEvent): PointsEvent => {
  const reason = SKIP_REASONS[Number(`0x${word(data, 1)}`)];
  if (reason === undefined) throw new Error(`Skipped for an unknown reason: ${word(data, 1)}`);
  return { kind: 'Skipped', index: Number(`0x${word(data, 0)}`), reason };
};

const decodeTransfer = ({ topics, data }: RawEvent): PointsEvent => ({
  kind: 'Transfer',
  from: addressIn(topics[1]),
  to: addressIn(topics[2]),
  amount: BigInt(`0x${word(data, 0)}`),
});

/** Names and texts as bytes: an operator can publish text that is not UTF-8, on which ethers throws. */
const RULE_SET_TYPES = [
  'uint32',
  'uint96',
  'bytes32',
  'tuple(uint8,uint64,uint64,uint32,uint64,uint32,bytes,bytes)[]',
];
type PublishedRule = readonly [
  ...numbers: [bigint, bigint, bigint, bigint, bigint, bigint],
  name: string,
  text: string,
];

const ruleOf = ([
  id,
  perAction,
  perUnit,
  maxCount,
  maxPoints,
  untilEpoch,
  ...texts
]: PublishedRule): Rule => {
  const [name, text] = texts.map(textIn) as [string, string];
  const terms = { perAction, perUnit, maxCount, maxPoints, untilEpoch: Number(untilEpoch) };
  return { id: Number(id), ...terms, name, text };
};

const decodeRuleSet = ({ topics, data }: RawEvent): PointsEvent => {
  const [fromEpoch, budgetPerEpoch, documentHash, rules] = AbiCoder.defaultAbiCoder()
    .decode(RULE_SET_TYPES, data)
    .toArray(true) as [bigint, bigint, Hex, PublishedRule[]];
  return {
    kind: 'RuleSetPublished',
    ruleSet: {
      version: Number(topics[1]),
      fromEpoch: Number(fromEpoch),
      budgetPerEpoch,
      documentHash,
      rules: rules.map(ruleOf),
    },
  };
};

const decoders: Readonly<Record<PointsEvent['kind'], (event: RawEvent) => PointsEvent>> = {
  BatchSettled: decodeBatch,
  Skipped: decodeSkipped,
  Transfer: decodeTransfer,
  RuleSetPublished: decodeRuleSet,
  Anchored: ({ topics, data }) => ({
    kind: 'Anchored',
    epoch: Number(topics[1]),
    root: `0x${word(data, 0)}`,
    count: Number(`0x${word(data, 1)}`),
  }),
  RecorderRotated: ({ topics, data }) => ({
    kind: 'RecorderRotated',
    recorder: addressIn(topics[1]),
    fromEpoch: Number(`0x${word(data, 0)}`),
  }),
  RecorderRevoked: ({ topics }) => ({
    kind: 'RecorderRevoked',
    recorder: addressIn(topics[1]),
    next: addressIn(topics[2]),
  }),
  AccountMoved: ({ topics, data }) => ({
    kind: 'AccountMoved',
    from: addressIn(topics[1]),
    to: addressIn(topics[2]),
    amount: BigInt(`0x${word(data, 0)}`),
  }),
  OperatorOffered: ({ topics }) => ({
    kind: 'OperatorOffered',
    operator: addressIn(topics[1]),
    next: addressIn(topics[2]),
  }),
  OperatorChanged: ({ topics }) => ({
    kind: 'OperatorChanged',
    previous: addressIn(topics[1]),
    operator: addressIn(topics[2]),
  }),
};

const decoderByTopic = new Map(
  Object.entries(decoders).map(([name, decode]) => {
    const fragment = pointsInterface.getEvent(name);
    if (fragment === null) throw new Error(`Points has no event ${name}`);
    return [fragment.topicHash, decode];
  }),
);

/** First topics of the events that {@link decodeEvent} knows. */
export const KNOWN_TOPICS: readonly string[] = [...decoderByTopic.keys()];

/** Decodes an event of Points; null for one that the service does not use (`Approval` and the like). */
export function decodeEvent(event: RawEvent): PointsEvent | null {
  return decoderByTopic.get(event.topics[0] ?? '')?.(event) ?? null;
}
