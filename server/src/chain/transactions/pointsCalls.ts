import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import type { Hex } from '@dewpoint/contracts/statement.ts';
import { Interface } from 'ethers';

/** The Points contract as ethers reads it. */
export const pointsInterface = new Interface(pointsAbi);

const fragmentOf = <T>(fragment: T | null, name: string): T => {
  if (fragment === null) throw new Error(`Points has no ${name}`);
  return fragment;
};

const SETTLE_SELECTOR = fragmentOf(pointsInterface.getFunction('settle'), 'settle').selector;
/** First four bytes of the revert data of `NotRecorder(address)`. */
export const NOT_RECORDER_SELECTOR = fragmentOf(
  pointsInterface.getError('NotRecorder'),
  'NotRecorder',
).selector;
/** Calldata of `budget()`. */
export const BUDGET_CALLDATA = pointsInterface.encodeFunctionData('budget') as Hex;

const WORD_DIGITS = 64;
/** Where the bytes begin, from the end of the selector. */
const BYTES_OFFSET = (32).toString(16).padStart(WORD_DIGITS, '0');

/** Encodes `settle(batch)` as ethers does, without its copies of a long string. */
export function settleCalldata(batch: Hex): Hex {
  const digits = batch.length - 2;
  const length = (digits / 2).toString(16).padStart(WORD_DIGITS, '0');
  const padded = Math.ceil(digits / WORD_DIGITS) * WORD_DIGITS;
  return `${SETTLE_SELECTOR}${BYTES_OFFSET}${length}${batch.slice(2).padEnd(padded, '0')}` as Hex;
}

/** Decodes the result of `budget()`. */
export function decodeBudget(reply: string): { minted: bigint; left: bigint } {
  const [minted, left] = pointsInterface.decodeFunctionResult('budget', reply) as unknown as [
    bigint,
    bigint,
  ];
  return { minted, left };
}
