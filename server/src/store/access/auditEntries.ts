import type { Connection, mongo } from 'mongoose';
import type { AuditEntry, AuditHead } from '../../domain/organisations/auditLog.ts';
import type {
  AnsweredEntry,
  AskedEntry,
  AuditFilter,
  AuditStore,
} from '../../ports/stores/access.ts';
import { duplicatesOf, isDuplicateKey } from '../mongo/duplicateKeys.ts';

type EntryDocument = AuditEntry & { readonly _id: string };
interface HeadDocument extends AuditHead {
  /** Id of the organisation. */
  readonly _id: string;
}

const toEntry = ({ _id: _, ...entry }: EntryDocument): AuditEntry => entry;

const matching = ({ sinceMs, untilMs, mutation }: AuditFilter): mongo.Filter<EntryDocument> => ({
  ...((sinceMs !== null || untilMs !== null) && {
    atMs: { ...(sinceMs !== null && { $gte: sinceMs }), ...(untilMs !== null && { $lt: untilMs }) },
  }),
  ...(mutation !== null && { mutation }),
});

/** Opens the store of the audit log. */
export async function createAuditStore(connection: Connection): Promise<AuditStore> {
  const entries = connection.collection<EntryDocument>('auditEntries');
  const heads = connection.collection<HeadDocument>('auditHeads');
  await entries.createIndexes([
    { key: { organisationId: 1, seq: 1 }, unique: true },
    { key: { organisationId: 1, askedSeq: 1 } },
    { key: { organisationId: 1, mutation: 1, seq: -1 } },
    // By time: all of the filter and the order, so that documents are read for the page alone.
    { key: { organisationId: 1, kind: 1, atMs: 1, seq: -1 } },
  ]);
  const find = async (
    filter: mongo.Filter<EntryDocument>,
    order: 1 | -1,
    limit: number,
  ): Promise<AuditEntry[]> =>
    (await entries.find(filter).sort({ seq: order }).limit(limit).toArray()).map((entry) =>
      toEntry(entry as EntryDocument),
    );

  /** Finds out whether an entry that a retry of the driver ran into is that entry itself. */
  const isThere = async ({ organisationId, seq, hash }: AuditEntry): Promise<boolean> =>
    (await entries.findOne({ organisationId, seq, hash })) !== null;

  async function append(list: readonly AuditEntry[]): Promise<number> {
    try {
      const documents = list.map((entry) => ({
        _id: `${entry.organisationId}:${entry.seq}`,
        ...entry,
      }));
      await entries.insertMany(documents, {
        ordered: true,
      });
      return list.length;
    } catch (error) {
      const [first = 0] = duplicatesOf(error);
      const clashing = list[first];
      if (clashing === undefined || !(await isThere(clashing))) return first;
      const rest = list.slice(first + 1);
      return first + 1 + (rest.length === 0 ? 0 : await append(rest));
    }
  }

  return {
    append,
    head: async (organisationId) => {
      const [[last], noted] = await Promise.all([
        find({ organisationId }, -1, 1),
        heads.findOne({ _id: organisationId }),
      ]);
      const found = [last, noted].flatMap((head) => (head == null ? [] : [head]));
      found.sort((one, other) => other.seq - one.seq);
      const [newest] = found;
      return newest === undefined ? null : { seq: newest.seq, hash: newest.hash };
    },
    noteHead: async (organisationId, { seq, hash }) => {
      try {
        await heads.updateOne(
          { _id: organisationId, seq: { $lt: seq } },
          { $set: { seq, hash } },
          { upsert: true },
        );
      } catch (error) {
        // A later one is noted: the upsert ran into its _id.
        if (!isDuplicateKey(error)) throw error;
      }
    },
    listAsked: async (organisationId, filter, { below, limit }) =>
      (await find(
        {
          ...{ organisationId, kind: 'ASKED', ...matching(filter) },
          ...(below !== null && { seq: { $lt: below } }),
        },
        -1,
        limit,
      )) as AskedEntry[],
    findAnswers: async (organisationId, askedSeqs) =>
      (await find(
        { organisationId, askedSeq: { $in: [...askedSeqs] } },
        1,
        // Each has one: a call that is repeated is another question.
        askedSeqs.length,
      )) as AnsweredEntry[],
    listAll: (organisationId, aboveSeq, limit) =>
      find({ organisationId, seq: { $gt: aboveSeq } }, 1, limit),
    organisations: async () => {
      const found = await Promise.all([entries.distinct('organisationId'), heads.distinct('_id')]);
      return [...new Set(found.flat().map(String))].sort();
    },
  };
}
