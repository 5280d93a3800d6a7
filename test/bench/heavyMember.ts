/** How fast a member is answered whose log is as long as the limits allow. */
import { MongoClient } from 'mongodb';
import type { DewpointApi } from '../replay/play/api.ts';

/** As many epochs are open in the bench's world, with the most actions that the soft limit lets into each. */
export const HEAVY_EPOCHS = 40;
const ACTIONS_PER_EPOCH = 10_000;
const ACTIONS_PER_INSERT = 1_000;
const EPOCH_DIGITS = 10;

/**
 * Gives a member, of whom one action of epoch 0 is recorded, the rest of them: as documents, since no app could report 40 days in
 * a minute.
 */
export async function fillHeavyMember(databaseUri: string, eventId: string): Promise<number> {
  const client = new MongoClient(databaseUri);
  try {
    const log = client.db(new URL(databaseUri).pathname.slice(1)).collection('actions');
    const sample = await log.findOne({ eventId });
    if (sample === null) throw new Error(`the action ${eventId} is not recorded`);
    const memberId = String(sample['memberId']);
    let written = 0;
    for (let epoch = 0; epoch < HEAVY_EPOCHS; epoch += 1) {
      const epochMember = `${String(epoch).padStart(EPOCH_DIGITS, '0')}:${memberId}`;
      for (let at = 0; at < ACTIONS_PER_EPOCH; at += ACTIONS_PER_INSERT) {
        const loggedAtMs = Date.now();
        const documents = Array.from({ length: ACTIONS_PER_INSERT }, () => {
          written += 1;
          const own = `heavy-${written}`;
          const _id = `${memberId}:action:${own}`;
          return { ...sample, _id: _id as never, eventId: own, epoch, epochMember, loggedAtMs };
        });
        await log.insertMany(documents, { ordered: false });
      }
    }
    return written;
  } finally {
    await client.close();
  }
}

/** @returns milliseconds of the median call */
export async function benchBalance(api: DewpointApi, memberId: string): Promise<number> {
  const times: number[] = [];
  for (let call = 0; call < 21; call += 1) {
    const startedAt = performance.now();
    await api.settledPoints(memberId);
    times.push(performance.now() - startedAt);
  }
  return times.toSorted((a, b) => a - b)[10] ?? NaN;
}
