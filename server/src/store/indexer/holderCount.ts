import type { mongo } from 'mongoose';

/** An amount and the position of the last event in it, so that no event is counted twice. Amounts are decimal strings. */
export interface TotalDocument {
  /** `${programId}:${name of a total}`. */
  _id: string;
  amount: string;
  blockNumber: number;
  logIndex: number;
  /** Of the count of holders alone: whether balances are being written that it does not count yet. */
  counting?: boolean;
}

/** A total that is written. */
export interface WrittenTotal {
  readonly before: TotalDocument | undefined;
  readonly after: TotalDocument;
}

const NAME = 'holders';
const NOTHING = '0';

/** What a write adds to the number of accounts with a balance. */
function added(programId: string, changes: readonly WrittenTotal[]): number {
  return changes.reduce((sum, { before, after }) => {
    // The total of an account has its address as its name.
    if (!after._id.startsWith(`${programId}:0x`)) return sum;
    return sum + Number(after.amount !== NOTHING) - Number((before?.amount ?? NOTHING) !== NOTHING);
  }, 0);
}

/**
 * Counts the accounts with a balance beside the balances, so that nobody has to look at all of them. Each write of balances is
 * announced before and added to the count after it; a process that dies in between leaves the announcement, and the next write
 * counts afresh.
 */
export interface HolderCount {
  read(programId: string): Promise<number>;
  /** Announces a write. @returns how to end it, once all of it is written */
  begin(
    programId: string,
    changes: readonly WrittenTotal[],
  ): Promise<{ readonly end: () => Promise<void> }>;
}

export function createHolderCount(totals: mongo.Collection<TotalDocument>): HolderCount {
  const idOf = (programId: string): string => `${programId}:${NAME}`;
  /** All totals that are named by an account; `y` follows `x`. */
  const countAll = (programId: string): Promise<number> =>
    totals.countDocuments({
      _id: { $gte: `${programId}:0x`, $lt: `${programId}:0y` },
      amount: { $ne: NOTHING },
    });

  return {
    read: async (programId) => {
      const found = await totals.findOne({ _id: idOf(programId) });
      const counted = found?.amount;
      return counted === undefined ? countAll(programId) : Number(counted);
    },
    begin: async (programId, changes) => {
      const _id = idOf(programId);
      const more = added(programId, changes);
      if (more === 0) return { end: () => Promise.resolve() };
      const before = await totals.findOneAndUpdate(
        { _id },
        { $set: { counting: true, blockNumber: 0, logIndex: 0 } },
        { upsert: true, returnDocument: 'before' },
      );
      const isSure = before !== null && before.counting !== true;
      return {
        end: async () => {
          const holders = isSure ? Number(before.amount) + more : await countAll(programId);
          const amount = String(holders);
          await totals.updateOne({ _id }, { $set: { amount, counting: false } });
        },
      };
    },
  };
}
