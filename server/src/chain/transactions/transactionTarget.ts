import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { TransactionCall } from '../../domain/transactions/transaction.ts';
import { settleCalldata } from './pointsCalls.ts';

/** Returns the target and the data of a transaction of `from`. */
export function targetOf(from: Address, call: TransactionCall): { to: Address; data: Hex } {
  switch (call.kind) {
    case 'settle':
      return { to: call.points, data: settleCalldata(call.batch, call.signature) };
    case 'call':
      return { to: call.to, data: call.data };
    case 'noop':
      return { to: from, data: '0x' };
  }
}
