import type { Connection, mongo } from 'mongoose';
import type { Share } from '../../domain/buyback/round.ts';
import type { RoundStore } from '../../ports/stores/buyback.ts';
import type { PageAboveHolder } from '../../ports/stores/pages.ts';
import { projectionCollection, projectionId, readerOf, rowsAfter } from '../indexer/projections.ts';

const toRound = readerOf('round');
const toShare = readerOf('share');

const NEWEST_FIRST: Record<string, mongo.SortDirection> = { round: -1 };
/** Amounts are decimal strings. */
const NOT_ZERO = { $ne: '0' };

/** Creates the indexes and opens the store of rounds and shares. */
export async function createRoundStore(connection: Connection): Promise<RoundStore> {
  const rounds = projectionCollection(connection, 'round');
  const shares = projectionCollection(connection, 'share');
  await Promise.all([
    rounds.createIndexes([{ key: { programId: 1, result: 1, round: 1 } }]),
    shares.createIndexes([
      { key: { programId: 1, holder: 1, round: 1 } },
      { key: { programId: 1, round: 1, holder: 1 } },
    ]),
  ]);

  const inRound = async (of: object, { afterHolder, limit }: PageAboveHolder): Promise<Share[]> => {
    const rows = afterHolder === null ? {} : { holder: { $gt: afterHolder } };
    const found = await shares
      .find({ ...of, amount: NOT_ZERO, ...rows })
      .sort({ holder: 1 })
      .limit(limit)
      .toArray();
    return found.map(toShare);
  };

  return {
    findMany: async (programId, numbers) => {
      if (numbers.length === 0) return [];
      const ids = numbers.map((number) => projectionId(programId, number));
      return (await rounds.find({ _id: { $in: ids } }).toArray()).map(toRound);
    },
    listUnsettled: async (programId) => {
      const found = await rounds
        .find({ programId, result: null, tendered: NOT_ZERO })
        .sort({ round: 1 })
        .toArray();
      return found.map(toRound);
    },
    findShare: async (programId, round, holder) => {
      const found = await shares.findOne({ _id: projectionId(programId, `${round}:${holder}`) });
      return found === null ? null : toShare(found);
    },
    listSharesOf: async (programId, holders, { after, limit }) => {
      const of = { programId, holder: { $in: [...holders] }, amount: NOT_ZERO };
      const found = await shares
        .find({ ...of, ...rowsAfter('round', after) })
        .sort({ round: -1, holder: 1 })
        .limit(limit)
        .toArray();
      return found.map(toShare);
    },
    listUnclaimedOf: async (programId, holder) => {
      const found = await shares
        .find({ programId, holder, amount: NOT_ZERO, pointsClaimed: null })
        .sort(NEWEST_FIRST)
        .toArray();
      return found.map(toShare);
    },
    listUnpaidOf: async (programId, holder) => {
      const found = await shares
        .find({ programId, holder, amount: NOT_ZERO, moneyClaimed: null })
        .sort({ round: 1 })
        .toArray();
      return found.map(toShare);
    },
    listSharesIn: (programId, round, page) => inRound({ programId, round }, page),
    listUnclaimed: (programId, round, page) =>
      inRound({ programId, round, pointsClaimed: null }, page),
  };
}
