/** Reads the log a page at a time, newest entry first. */
import { createHash } from 'node:crypto';
import type { mongo } from 'mongoose';
import type { ActionLog, LogPlace, PlacedEntry } from '../../ports/stores/actions.ts';
import { epochMemberOf, toEntry, type ActionDocument } from './actionDocument.ts';

type Actions = mongo.Collection<ActionDocument>;

const PLACE_DIGITS = 16;

/** An id of the app can be long, and a cursor has to be short. */
const placed = (document: ActionDocument): PlacedEntry => {
  const id = createHash('sha256').update(document._id).digest('hex').slice(0, PLACE_DIGITS);
  return { entry: toEntry(document), place: { loggedAtMs: document.loggedAtMs, id } };
};
const inOrder = ({ place: a }: PlacedEntry, { place: b }: PlacedEntry): number =>
  b.loggedAtMs - a.loggedAtMs || (a.id < b.id ? -1 : Number(a.id > b.id));

/**
 * Makes the reader of pages. The index orders entries by their moment alone, and a larger one would slow down recording: the
 * entries of one moment, at most those of one bulk insert for each process, are put in order here.
 */
export function createLogPages(actions: Actions): Pick<ActionLog, 'listEntries'> {
  /** All entries of one moment in their order, after a place. */
  const ofMoment = async (
    of: mongo.Filter<ActionDocument>,
    loggedAtMs: number,
    after: LogPlace | null,
  ): Promise<PlacedEntry[]> => {
    const found = (await actions.find({ ...of, loggedAtMs }).toArray()).map(placed);
    return found.filter(({ place }) => after === null || place.id > after.id).sort(inOrder);
  };

  return {
    listEntries: async ({ programId, statement }, { after, limit }) => {
      const of: mongo.Filter<ActionDocument> =
        statement === null ? { programId } : { programId, epochMember: epochMemberOf(statement) };
      const rows = after === null ? [] : await ofMoment(of, after.loggedAtMs, after);
      if (rows.length < limit) {
        const older = await actions
          .find({ ...of, ...(after !== null && { loggedAtMs: { $lt: after.loggedAtMs } }) })
          .sort({ loggedAtMs: -1 })
          .limit(limit - rows.length)
          .toArray();
        const oldest = older.at(-1)?.loggedAtMs;
        const whole = older.filter(({ loggedAtMs }) => loggedAtMs !== oldest).map(placed);
        rows.push(...whole.sort(inOrder));
        // The limit may have cut the oldest moment anywhere.
        if (oldest !== undefined) rows.push(...(await ofMoment(of, oldest, null)));
      }
      return rows.slice(0, limit);
    },
  };
}
