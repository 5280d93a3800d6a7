import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { EMPTY_LINES } from '@dewpoint/contracts/statement.ts';
import { epochAt, oldestOpenEpoch } from '../../domain/epochs.ts';
import type { Program } from '../../domain/program.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { MemberRecord } from '../../ports/stores/members.ts';
import type { Signer } from '../../ports/chain/signer.ts';
import type { Aggregator } from './aggregator.ts';

/** A statement signed by the recorder, which any account can pass to the contract until its window closes. */
export interface Receipt {
  readonly chainId: number;
  /** The Points contract. */
  readonly points: Address;
  readonly account: Address;
  readonly epoch: number;
  /** Packed lines. */
  readonly lines: Hex;
  /** Base units that all lines earn together, settled or not. */
  readonly pointsEarned: bigint;
  /** The recorder that signed. */
  readonly signer: Address;
  readonly signature: Hex;
}

export interface Receipts {
  /**
   * Signs the receipt of a member for an epoch, from the log itself. It takes about 2 ms of one core, so ask only for what
   * is shown.
   *
   * @returns null when nothing has matured in the epoch, or the contract accepts no statement of it now
   */
  receiptOf(program: Program, member: MemberRecord, epoch: number): Promise<Receipt | null>;
}

export function createReceipts(deps: {
  aggregator: Pick<Aggregator, 'ofMember'>;
  signer: Pick<Signer, 'recorderAddress' | 'signStatement'>;
  clock: ChainClock;
}): Receipts {
  return {
    receiptOf: async (program, member, epoch) => {
      const { nowMs } = await deps.clock.now();
      if (epoch > epochAt(program, nowMs) || epoch < oldestOpenEpoch(program, nowMs)) return null;
      const [statement] = await deps.aggregator.ofMember(program, member.id, epoch);
      if (statement === undefined || statement.lines === EMPTY_LINES) return null;
      const { chainId, address: points } = program;
      const { account, lines, points: pointsEarned } = statement;
      const signer = deps.signer.recorderAddress(program.recorderLabel);
      const toSign = { chainId, points, account, epoch, lines };
      const signature = await deps.signer.signStatement(program.recorderLabel, toSign);
      return { ...toSign, pointsEarned, signer, signature };
    },
  };
}
