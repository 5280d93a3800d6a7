import { Interface, type FunctionFragment } from 'ethers';
import { CALL_ABIS, type CallContract } from './callAbi.ts';
import { CallFlaw } from './callFlaw.ts';
import { expectedCall, type Contracts } from './expectedCall.ts';
import type { CallToSign, UnreadCall } from './ownWrites.ts';

/** A call as its bytes say it. */
export interface ReadCall {
  readonly contract: CallContract;
  readonly name: string;
  /** Arguments by their names: numbers as decimal digits, all else in lower case. */
  readonly args: Readonly<Record<string, string>>;
}

/** "0x" and the four bytes that stand for a function. */
const SELECTOR_LENGTH = 10;

const textOf = (value: unknown): string => `${value as string}`.toLowerCase();

/**
 * Reads the bytes of a call by the ABI of the contract that it is for.
 *
 * @throws CallFlaw for another contract, an unknown function, and bytes that say more than they should
 */
function decode({ to, data }: UnreadCall, contracts: Contracts): ReadCall {
  const found = Object.entries(CALL_ABIS).find(
    ([name]) => contracts[name as CallContract].toLowerCase() === to.toLowerCase(),
  );
  if (found === undefined) throw new CallFlaw('contract');
  const [contract, abi] = found;
  return { contract: contract as CallContract, ...argumentsOf(new Interface(abi), data) };
}

/** Reads the function and its arguments. @throws CallFlaw */
function argumentsOf(reader: Interface, data: string): Pick<ReadCall, 'name' | 'args'> {
  const fragment = reader.getFunction(data.slice(0, SELECTOR_LENGTH));
  if (fragment === null) throw new CallFlaw(data.length < SELECTOR_LENGTH ? 'bytes' : 'function');
  const values = bytesRead(reader, fragment, data);
  // Bytes after the arguments would be read by nobody here, and by the contract perhaps.
  if (reader.encodeFunctionData(fragment, values) !== data.toLowerCase()) {
    throw new CallFlaw('bytes');
  }
  const args = fragment.inputs.map(({ name }, index) => [name, textOf(values[index])]);
  return { name: fragment.name, args: Object.fromEntries(args) as Record<string, string> };
}

function bytesRead(reader: Interface, fragment: FunctionFragment, data: string): unknown[] {
  try {
    return [...reader.decodeFunctionData(fragment, data)] as unknown[];
  } catch {
    // They are too few, or none at all.
    throw new CallFlaw('bytes');
  }
}

/**
 * Reads a call that the service wants a wallet to send, and compares it with what the member asked for.
 *
 * @param chainId of the program
 * @throws CallFlaw unless it does exactly that
 */
export function readCall(
  { kind, input }: Pick<CallToSign, 'kind' | 'input'>,
  call: UnreadCall,
  chainId: number,
  contracts: Contracts,
): ReadCall {
  if (call.chainId !== chainId) throw new CallFlaw('chain');
  const expected = expectedCall(kind, input);
  if (expected === null) throw new CallFlaw('function');
  const read = decode(call, contracts);
  if (read.contract !== expected.contract || read.name !== expected.name) {
    throw new CallFlaw('function');
  }
  const isOther = Object.entries(expected.args).some(
    ([name, value]) => read.args[name] !== textOf(value),
  );
  if (isOther) throw new CallFlaw('numbers');
  return read;
}
