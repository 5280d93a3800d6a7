import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
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
/** First four bytes of the revert data of `BadRecorderSignature(address)`: another key is the recorder now. */
export const NOT_RECORDER_SELECTOR = fragmentOf(
  pointsInterface.getError('BadRecorderSignature'),
  'BadRecorderSignature',
).selector;
/** Calldata of `budget()`. */
export const BUDGET_CALLDATA = pointsInterface.encodeFunctionData('budget') as Hex;
/** Calldata of `totalSupply()`. */
export const SUPPLY_CALLDATA = pointsInterface.encodeFunctionData('totalSupply') as Hex;
/** Calldata of `backing()` of the buyback. */
export const BACKING_CALLDATA = new Interface(buybackAbi).encodeFunctionData('backing') as Hex;

const WORD_DIGITS = 64;
const WORD_BYTES = 32;
const wordOf = (value: number): string => value.toString(16).padStart(WORD_DIGITS, '0');

/** Encodes bytes: their length, and themselves, filled up to whole words. */
function encodedBytes(bytes: Hex): string {
  const digits = bytes.length - 2;
  const padded = Math.ceil(digits / WORD_DIGITS) * WORD_DIGITS;
  return wordOf(digits / 2) + bytes.slice(2).padEnd(padded, '0');
}

/** Encodes `settle(batch, signature)` as ethers does, without its copies of a long string. */
export function settleCalldata(batch: Hex, signature: Hex): Hex {
  const first = encodedBytes(batch);
  const offsets = [2 * WORD_BYTES, 2 * WORD_BYTES + first.length / 2].map(wordOf).join('');
  return `${SETTLE_SELECTOR}${offsets}${first}${encodedBytes(signature)}` as Hex;
}

/** Decodes the result of `budget()`. */
export function decodeBudget(reply: string): { minted: bigint; left: bigint } {
  const [minted, left] = pointsInterface.decodeFunctionResult('budget', reply) as unknown as [
    bigint,
    bigint,
  ];
  return { minted, left };
}
