/** Reads when and how many actions were logged, whatever statements they are of: for what is billed. */
import type { mongo } from 'mongoose';
import type { ActionLog } from '../../ports/stores/actions.ts';
import type { ActionDocument } from './actionDocument.ts';

export function createMeteredActions(
  actions: mongo.Collection<ActionDocument>,
): Pick<ActionLog, 'firstActionLogged' | 'countActionsLogged'> {
  return {
    firstActionLogged: async (programId, { fromMs, beforeMs }) => {
      const [first] = await actions
        .find({ programId, loggedAtMs: { $gte: fromMs, $lt: beforeMs }, kind: 'action' })
        .sort({ loggedAtMs: 1 })
        .limit(1)
        .toArray();
      return first?.loggedAtMs ?? null;
    },
    countActionsLogged: (programId, { fromMs, beforeMs }) =>
      actions.countDocuments({
        programId,
        loggedAtMs: { $gte: fromMs, $lt: beforeMs },
        kind: 'action',
      }),
  };
}
