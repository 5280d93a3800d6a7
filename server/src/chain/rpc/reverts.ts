/** Decodes reverts of contracts to their names and arguments. */
import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
import { catalogueAbi } from '@dewpoint/contracts/abi/catalogueAbi.ts';
import { charterAbi } from '@dewpoint/contracts/abi/charterAbi.ts';
import { erc2771ForwarderAbi } from '@dewpoint/contracts/abi/erc2771ForwarderAbi.ts';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import { programsAbi } from '@dewpoint/contracts/abi/programsAbi.ts';
import { Interface, type InterfaceAbi } from 'ethers';
import type { Revert } from '../../domain/transactions/transaction.ts';

/** Solidity's own two errors, whose arguments have no names. */
const ERROR_STRING = 'Error';
const PANIC = 'Panic';

/** All that any of our contracts can revert with. An error of the same name and types is the same error everywhere. */
const errors = new Interface(
  [pointsAbi, charterAbi, buybackAbi, catalogueAbi, programsAbi, erc2771ForwarderAbi].flatMap(
    (abi) => (abi as InterfaceAbi & readonly { type: string }[]).filter(isError),
  ),
);

function isError({ type }: { readonly type: string }): boolean {
  return type === 'error';
}

/** Decodes revert data; null for bytes that none of our contracts reverts with. */
export function decodeRevert(data: string | null): Revert | null {
  if (data === null) return null;
  let parsed: ReturnType<Interface['parseError']>;
  try {
    parsed = errors.parseError(data);
  } catch {
    return null; // a selector that we know in front of bytes that do not belong to it
  }
  if (parsed === null) return null;
  const values = parsed.args.toArray() as unknown[];
  if (parsed.name === ERROR_STRING) return { name: ERROR_STRING, args: { message: values[0] } };
  if (parsed.name === PANIC) return { name: PANIC, args: { code: values[0] } };
  const names = parsed.fragment.inputs.map(({ name }) => name);
  return {
    name: parsed.name,
    args: Object.fromEntries(names.map((name, index) => [name, values[index]])),
  };
}
