import type { Connection } from 'mongoose';
import { ChainError } from '../../ports/chain/chain.ts';
import type { WebhookDraft, WebhookEventRecord, WebhookEventStore } from '../../ports/webhooks.ts';
import { duplicatesOf, isDuplicateKey } from '../mongo/duplicateKeys.ts';
import { KEPT_SECONDS } from './deliveries.ts';

interface EventDocument extends Omit<WebhookEventRecord, 'id'> {
  readonly _id: string;
  /** For the index that deletes documents. */
  readonly createdAt: Date;
}

/** The last number that was given, which outlives the event that has it. */
interface CounterDocument {
  /** `${programId}` for positions, `${programId}:${subject}` for sequences. */
  readonly _id: string;
  readonly last: number;
}

/** Tests are of no program. */
const OF_PROGRAMS = { partialFilterExpression: { programId: { $gte: 'prg' } } };
const MAX_TRIES = 3;
const US_PER_MS = 1_000;

const toRecord = ({ _id, createdAt: _, ...event }: EventDocument): WebhookEventRecord => ({
  id: _id,
  ...event,
});

const counterOf = (programId: string, subject: string): string => `${programId}:${subject}`;

/** Opens the store of events. */
export async function createWebhookEventStore(connection: Connection): Promise<WebhookEventStore> {
  const events = connection.collection<EventDocument>('webhookEvents');
  const counters = connection.collection<CounterDocument>('webhookCounters');
  await events.createIndexes([
    // Two workers never give one number to two events.
    { key: { programId: 1, subject: 1, sequence: 1 }, unique: true, ...OF_PROGRAMS },
    { key: { programId: 1, position: 1 }, unique: true, ...OF_PROGRAMS },
    { key: { organisationId: 1, environment: 1, position: 1 } },
    { key: { createdAt: 1 }, expireAfterSeconds: KEPT_SECONDS },
  ]);

  const findMany: WebhookEventStore['findMany'] = async (ids) => {
    const found = await events.find({ _id: { $in: [...new Set(ids)] } }).toArray();
    return new Map(found.map((document) => [document._id, toRecord(document)]));
  };

  /** Last numbers by name of the counter. A counter is behind when a process died between an event and it. */
  const lastOf = async (
    programId: string,
    subjects: readonly string[],
    isSure: boolean,
  ): Promise<Map<string, number>> => {
    const names = [programId, ...subjects.map((subject) => counterOf(programId, subject))];
    const known = await counters.find({ _id: { $in: names } }).toArray();
    const last = new Map(known.map(({ _id, last: number }) => [_id, number]));
    if (isSure) return last;
    const raise = (name: string, number: number | undefined): void => {
      last.set(name, Math.max(last.get(name) ?? 0, number ?? 0));
    };
    const newest = await events.findOne({ programId }, { sort: { position: -1 } });
    raise(programId, newest?.position);
    for (const subject of subjects) {
      const found = await events.findOne({ programId, subject }, { sort: { sequence: -1 } });
      raise(counterOf(programId, subject), found?.sequence);
    }
    return last;
  };

  const numbered = (
    programId: string,
    drafts: readonly WebhookDraft[],
    last: Map<string, number>,
    nowMs: number,
  ): EventDocument[] =>
    drafts.map(({ id, ...draft }) => {
      const name = counterOf(programId, draft.subject);
      const sequence = (last.get(name) ?? 0) + 1;
      const position = Math.max((last.get(programId) ?? 0) + 1, nowMs * US_PER_MS);
      last.set(name, sequence).set(programId, position);
      return { _id: id, ...draft, sequence, position, createdAt: new Date(nowMs) };
    });

  return {
    findMany,
    add: async (programId, drafts, nowMs) => {
      if (drafts.length === 0) return [];
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const standing = await findMany(drafts.map(({ id }) => id));
        const fresh = drafts.filter(({ id }) => !standing.has(id));
        const subjects = [...new Set(fresh.map(({ subject }) => subject))];
        const last = await lastOf(programId, subjects, tries === 0);
        const documents = numbered(programId, fresh, last, nowMs);
        try {
          if (documents.length > 0) await events.insertMany(documents, { ordered: true });
        } catch (error) {
          // Numbers were taken: by a process that died before it counted them, or by another worker.
          duplicatesOf(error);
          continue;
        }
        if (documents.length > 0) {
          await counters.bulkWrite(
            [...last].map(([_id, number]) => ({
              updateOne: { filter: { _id }, update: { $max: { last: number } }, upsert: true },
            })),
            { ordered: false },
          );
        }
        const added = new Map(documents.map((document) => [document._id, toRecord(document)]));
        return drafts.flatMap(({ id }) => standing.get(id) ?? added.get(id) ?? []);
      }
      throw new ChainError({
        ...{ kind: 'RACE_LOST', retryable: true },
        message: `Another worker tells of ${programId}.`,
      });
    },
    addTest: async ({ id, ...draft }, nowMs) => {
      const document: EventDocument = {
        ...{ _id: id, ...draft, sequence: 1, position: nowMs * US_PER_MS },
        createdAt: new Date(nowMs),
      };
      try {
        await events.insertOne(document);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      return toRecord((await events.findOne({ _id: id })) ?? document);
    },
    listSince: async ({ organisationId, environment, programId }, { fromPosition, limit }) => {
      const found = await events
        .find({
          ...{ organisationId, environment, ...(programId !== null && { programId }) },
          position: { $gte: fromPosition },
          kind: { $ne: 'webhook.test' },
        })
        .sort({ position: 1 })
        .limit(limit)
        .toArray();
      return found.map(toRecord);
    },
    eraseOf: async (programId, subjects) => {
      const of = { programId, subject: { $in: [...subjects] } };
      await events.updateMany(of, { $set: { memberId: null } });
      const found = await events.find(of, { projection: { _id: 1 } }).toArray();
      return found.map(({ _id }) => _id);
    },
  };
}
