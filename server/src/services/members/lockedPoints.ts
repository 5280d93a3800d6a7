import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../domain/program.ts';
import { lockedInShare } from '../../domain/buyback/round.ts';
import type { RoundStore } from '../../ports/stores/buyback.ts';
import type { TotalsStore } from '../../ports/stores/indexer.ts';

/** Base units of points that accounts own and that are in escrow. */
export interface Locked {
  /** Tendered, or waiting to be claimed back from a settled round. */
  readonly tendered: bigint;
  /** Locked against changes. */
  readonly objected: bigint;
  /** For open orders. */
  readonly ordered: bigint;
}

/** Reads the points of accounts in the escrows of a program's contracts. */
export interface LockedPoints {
  /** Adds up the locked points of these accounts. */
  lockedOf(program: Pick<Program, 'id'>, accounts: readonly Address[]): Promise<Locked>;
}

export function createLockedPoints(deps: {
  rounds: Pick<RoundStore, 'findMany' | 'listUnclaimedOf'>;
  totals: Pick<TotalsStore, 'escrowed'>;
}): LockedPoints {
  const tenderedBy = async (programId: string, account: Address): Promise<bigint> => {
    const shares = await deps.rounds.listUnclaimedOf(programId, account);
    const found = await deps.rounds.findMany(
      programId,
      shares.map(({ round }) => round),
    );
    const byNumber = new Map(found.map((round) => [round.round, round]));
    return shares.reduce((sum, share) => {
      const round = byNumber.get(share.round);
      return sum + (round === undefined ? share.amount : lockedInShare(share, round));
    }, 0n);
  };

  return {
    lockedOf: async ({ id }, accounts) => {
      let locked: Locked = { tendered: 0n, objected: 0n, ordered: 0n };
      for (const account of accounts) {
        const { ordered, objected } = await deps.totals.escrowed(id, account);
        locked = {
          tendered: locked.tendered + (await tenderedBy(id, account)),
          objected: locked.objected + objected,
          ordered: locked.ordered + ordered,
        };
      }
      return locked;
    },
  };
}
