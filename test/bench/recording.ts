/** How fast the service records, beside what its database does alone: same documents, same indexes, in turns. */
import { MongoClient, type Collection, type Document } from 'mongodb';
import type { DewpointApi, ReportedAction } from '../replay/play/api.ts';

export interface RecordingBench {
  readonly what: string;
  readonly amount: number;
  readonly seconds: number;
  /** Of the service to the database alone, median of all turns. */
  readonly ratio: number;
}

const ROUNDS = 5;
const MEMBERS = 1_000;
const ACTIONS_PER_CALL = 500;
const CONCURRENT_BATCHES = 4;
const CONCURRENT_SINGLE = 64;
/** A turn of the database alone takes about this long. */
const TURN_MS = 1_500;
const CALIBRATION_CALLS = 8;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Runs `calls` of them, so many at a time. @returns seconds */
async function timed(
  calls: number,
  concurrent: number,
  call: () => Promise<unknown>,
): Promise<number> {
  const startedAt = performance.now();
  let left = calls;
  const caller = async (): Promise<void> => {
    while (left-- > 0) await call();
  };
  await Promise.all(Array.from({ length: concurrent }, caller));
  return (performance.now() - startedAt) / 1_000;
}

/** The collection of the log of another, empty database on the same server, with the indexes of the service's own. */
async function openPlain(
  client: MongoClient,
  databaseUri: string,
): Promise<{ readonly plain: Collection<Document>; readonly sample: Document }> {
  const own = client.db(new URL(databaseUri).pathname.slice(1)).collection('actions');
  const sample = await own.findOne({});
  if (sample === null) throw new Error('the service has recorded nothing yet');
  const plain = client.db('bench-plain').collection('actions');
  for (const { key, name, unique } of await own.indexes()) {
    if (name !== '_id_') await plain.createIndex(key, { unique: unique === true });
  }
  return { plain, sample };
}

export async function benchRecording(args: {
  readonly api: DewpointApi;
  readonly databaseUri: string;
  /** Makes the next action, of one of so many members. */
  readonly nextAction: (members: number) => ReportedAction;
}): Promise<RecordingBench[]> {
  const { api, databaseUri, nextAction } = args;
  const client = new MongoClient(databaseUri, {
    writeConcern: { w: 'majority', journal: true },
    maxPoolSize: CONCURRENT_SINGLE,
  });
  let written = 0;
  try {
    const { plain, sample } = await openPlain(client, databaseUri);
    const nextDocument = (): Document => {
      written += 1;
      const memberId = `00000000-0000-7000-8000-${String(written % MEMBERS).padStart(12, '0')}`;
      const eventId = `event-${written}`;
      const epochMember = `${String(sample['epoch']).padStart(10, '0')}:${memberId}`;
      const _id = `${memberId}:action:${eventId}`;
      return { ...sample, _id, memberId, eventId, epochMember, loggedAtMs: Date.now() };
    };
    const record = async (count: number): Promise<void> => {
      const actions = Array.from({ length: count }, () => nextAction(MEMBERS));
      const answers = await api.record(actions);
      // A call that was repeated for want of an answer finds what the first one recorded.
      const refused = answers.find(({ status }) => status === 'REJECTED');
      if (refused !== undefined) throw new Error(`not recorded: ${refused.message}`);
    };
    const many = (): Document[] => Array.from({ length: ACTIONS_PER_CALL }, nextDocument);
    const kinds = [
      {
        what: `record, ${ACTIONS_PER_CALL} actions a call, ${MEMBERS} members`,
        concurrent: CONCURRENT_BATCHES,
        actions: ACTIONS_PER_CALL,
        plainly: () => plain.insertMany(many(), { ordered: false }),
      },
      {
        what: `record, one action a call, ${CONCURRENT_SINGLE} clients`,
        concurrent: CONCURRENT_SINGLE,
        actions: 1,
        plainly: () => plain.insertOne(nextDocument()),
      },
    ];
    const results: RecordingBench[] = [];
    for (const { what, concurrent, actions, plainly } of kinds) {
      const call = (): Promise<void> => record(actions);
      // Both once, unmeasured: members are there, connections open, code compiled.
      const trial = CALIBRATION_CALLS * concurrent;
      await timed(concurrent, concurrent, plainly);
      const trialSeconds = await timed(trial, concurrent, plainly);
      await timed(trial, concurrent, call);
      const calls = Math.max(trial, Math.ceil((trial * TURN_MS) / 1_000 / trialSeconds));
      const ratios: number[] = [];
      let seconds = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        const alone = await timed(calls, concurrent, plainly);
        const service = await timed(calls, concurrent, call);
        seconds += service;
        ratios.push(alone / service);
      }
      results.push({ what, amount: ROUNDS * calls * actions, seconds, ratio: median(ratios) });
      console.log(`${what}: ${median(ratios).toFixed(2)} of the database alone`);
    }
    return results;
  } finally {
    await client.db('bench-plain').dropDatabase();
    await client.close();
  }
}
