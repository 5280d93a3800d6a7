import type { mongo } from 'mongoose';
import { entryId, epochMemberOf, type ActionDocument } from './actionDocument.ts';

type Actions = mongo.Collection<ActionDocument>;

/** Index of logs whose entries have no time of logging yet, by which they are known. */
const OLD_INDEX = 'programId_1_statementId_1';
const OTHER_OLD_INDEX = 'programId_1_memberId_1_kind_1_eventId_1';
const ENTRIES_PER_WRITE = 1_000;

type OldDocument = ActionDocument & { readonly statementId?: string };

async function indexesOf(actions: Actions): Promise<string[]> {
  // A collection that is not there yet has none.
  const found = await actions
    .listIndexes()
    .toArray()
    .catch(() => []);
  return found.map(({ name }: { name: string }) => name);
}

/** Gives the entries of a part of the log the keys that it is read by, and voids what they take away. */
async function upgrade(
  actions: Actions,
  entries: readonly OldDocument[],
  wallNowMs: number,
): Promise<void> {
  const voids = entries.filter(({ kind }) => kind === 'void');
  const ids = voids.map((entry) => entryId('action', entry));
  const voided = ids.length === 0 ? [] : await actions.find({ _id: { $in: ids } }).toArray();
  const byId = new Map(voided.map((action) => [action._id, action]));
  await actions.bulkWrite(
    entries.map((entry) => {
      const action = entry.kind === 'void' ? byId.get(entryId('action', entry)) : undefined;
      const taken = action && {
        ruleId: action.ruleId,
        count: action.count,
        amount: action.amount,
        maturesAtMs: action.maturesAtMs,
      };
      const at = entry.kind === 'void' ? entry.voidedAtMs : entry.recordedAtMs;
      // The chain's time is the best guess; the clock of a local chain may be ahead of the wall.
      const loggedAtMs = Math.min(at, wallNowMs);
      const set = { epochMember: epochMemberOf(entry), loggedAtMs, ...taken };
      return { updateOne: { filter: { _id: entry._id }, update: { $set: set } } };
    }),
    { ordered: false },
  );
}

/**
 * Upgrades a log whose entries have no time of logging, before anything reads it. May be stopped and repeated at any
 * moment: the index that tells that it is to be done goes last.
 */
export async function upgradeLog(actions: Actions, wallNowMs: number): Promise<void> {
  const indexes = await indexesOf(actions);
  if (!indexes.includes(OLD_INDEX)) return;
  let part: OldDocument[] = [];
  for await (const entry of actions.find({ epochMember: { $exists: false } })) {
    part.push(entry);
    if (part.length < ENTRIES_PER_WRITE) continue;
    await upgrade(actions, part, wallNowMs);
    part = [];
  }
  if (part.length > 0) await upgrade(actions, part, wallNowMs);
  if (indexes.includes(OTHER_OLD_INDEX)) await actions.dropIndex(OTHER_OLD_INDEX);
  await actions.dropIndex(OLD_INDEX);
}
