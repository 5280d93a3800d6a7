import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { TransactionCall } from '../../domain/transactions/transaction.ts';
import { settleCalldata } from './pointsCalls.ts';

/** What a transaction does, as the chain reads it. */
export interface TransactionTarget {
  readonly to: Address;
  readonly data: Hex;
  readonly wei: bigint;
}

/** Returns the target, the data and the value of a transaction of `from`. */
export function targetOf(from: Address, call: TransactionCall): TransactionTarget {
  switch (call.kind) {
    case 'settle':
      return { to: call.points, data: settleCalldata(call.batch, call.signature), wei: 0n };
    case 'call':
      return { to: call.to, data: call.data, wei: 0n };
    case 'gas':
      return { to: call.to, data: '0x', wei: call.wei };
    case 'noop':
      return { to: from, data: '0x', wei: 0n };
  }
}

/** Makes the parameters of `eth_call` and `eth_estimateGas` for a transaction of `from`. */
export function callOf(from: Address, call: TransactionCall): Readonly<Record<string, Hex>> {
  const { to, data, wei } = targetOf(from, call);
  return { from, to, data, ...(wei > 0n && { value: `0x${wei.toString(16)}` as const }) };
}
