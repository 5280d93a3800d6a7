import type { Connection, mongo } from 'mongoose';
import { ENDPOINT_STATES } from '../../domain/webhooks/endpoint.ts';
import type {
  WebhookEndpointRecord,
  WebhookEndpointStore,
  WebhookHome,
} from '../../ports/webhooks.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';
import { updateEach } from '../mongo/updateEach.ts';

interface EndpointDocument extends Omit<WebhookEndpointRecord, 'id'> {
  readonly _id: string;
  /** When there is something to do. */
  readonly wakeAtMs: number;
  /** Set while its owners are to be told that it ended. */
  readonly untold?: true;
}

/** Nothing to do: later than any time. */
const NEVER_MS = Number.MAX_SAFE_INTEGER;

const toRecord = ({
  _id,
  wakeAtMs: _,
  untold: __,
  ...endpoint
}: EndpointDocument): WebhookEndpointRecord => ({ id: _id, ...endpoint });

type Filter = mongo.Filter<EndpointDocument>;

const ofHome = ({ organisationId, environment, programId }: WebhookHome): Filter => ({
  organisationId,
  environment,
  ...(programId !== null && { programId }),
});

/** Opens the store of endpoints. */
export async function createWebhookEndpointStore(
  connection: Connection,
): Promise<WebhookEndpointStore> {
  const endpoints = connection.collection<EndpointDocument>('webhookEndpoints');
  await endpoints.createIndexes([
    { key: { organisationId: 1, environment: 1, createdAtMs: 1 } },
    { key: { environment: 1, state: 1, wakeAtMs: 1 } },
    { key: { untold: 1 }, sparse: true },
  ]);

  return {
    insert: async ({ id, ...endpoint }) => {
      try {
        await endpoints.insertOne({ _id: id, ...endpoint, wakeAtMs: NEVER_MS });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
    find: async (home, id) => {
      const found = await endpoints.findOne({ ...ofHome(home), _id: id });
      return found === null ? null : toRecord(found);
    },
    count: (home) => endpoints.countDocuments(ofHome(home)),
    list: async (home) =>
      (await endpoints.find(ofHome(home)).sort({ createdAtMs: 1, _id: 1 }).toArray()).map(toRecord),
    change: async (home, id, change, nowMs) => {
      const begins =
        change.state === 'ENABLED' ? { failures: 0, pausedUntilMs: 0, wakeAtMs: nowMs } : {};
      const { matchedCount } = await endpoints.updateOne(
        { ...ofHome(home), _id: id },
        { $set: { ...change, ...begins }, ...(change.state && { $unset: { untold: '' } }) },
      );
      return matchedCount === 1;
    },
    saveSecrets: async (id, newestId, secrets) => {
      const { matchedCount } = await endpoints.updateOne(
        { _id: id, 'secrets.0.id': newestId },
        { $set: { secrets } },
      );
      return matchedCount === 1;
    },
    remove: async (home, id) =>
      (await endpoints.deleteOne({ ...ofHome(home), _id: id })).deletedCount === 1,
    wake: async (ids, nowMs) => {
      if (ids.length === 0) return;
      await endpoints.updateMany(
        { _id: { $in: [...ids] } },
        { $inc: { arrivals: 1 }, $min: { wakeAtMs: nowMs } },
      );
    },
    due: async (environment, nowMs, { except, limit }) => {
      const found = await endpoints
        .find({
          ...{ environment, state: 'ENABLED', wakeAtMs: { $lte: nowMs } },
          pausedUntilMs: { $lte: nowMs },
          ...(except.length > 0 && { _id: { $nin: [...except] } }),
        })
        .sort({ wakeAtMs: 1 })
        .limit(limit)
        .toArray();
      return found.map(toRecord);
    },
    noteTurns: async (turns) => {
      const rows = turns.map(({ id, arrivals: _, wakeAtMs: __, ...set }) => ({ _id: id, set }));
      await updateEach(endpoints, rows);
      const wakes = turns.map(({ id, arrivals, wakeAtMs }) => ({
        ...{ _id: id, set: { wakeAtMs }, guard: { arrivals } },
      }));
      // What has come meanwhile is done at once.
      await updateEach(endpoints, wakes, {
        onlyIf: { $eq: ['$arrivals', '$__row.guard.arrivals'] },
      });
    },
    stop: async (id, state) => {
      const { matchedCount } = await endpoints.updateOne(
        { _id: id, state: 'ENABLED' },
        { $set: { state, untold: true } },
      );
      return matchedCount === 1;
    },
    listUntold: async (environment, limit) =>
      (await endpoints.find({ untold: true, environment }).limit(limit).toArray()).map(toRecord),
    noteTold: async (id) => {
      await endpoints.updateOne({ _id: id }, { $unset: { untold: '' } });
    },
    counts: async (environment) => {
      const counted = ENDPOINT_STATES.map(
        async (state) => [state, await endpoints.countDocuments({ environment, state })] as const,
      );
      return Object.fromEntries(await Promise.all(counted)) as Record<
        (typeof ENDPOINT_STATES)[number],
        number
      >;
    },
  };
}
