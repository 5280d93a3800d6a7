import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeOf } from '../../domain/members/merges.ts';
import { action } from '../../testing/builders/action.ts';
import { createMerging, refusedFor, type Merging } from '../../testing/merging/merging.ts';
import { MINUTE_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { dyingStore } from '../../testing/deaths.ts';
import type { ServerProcess } from '../../testing/foundation.ts';
import { startRecording, type Recording } from '../../testing/recording.ts';

let recording: Recording;
let merging: Merging;
/** Another server on the same database. */
let other: ServerProcess;
beforeAll(async () => {
  recording = await startRecording();
  merging = createMerging(recording);
  other = recording.process();
});
afterAll(async () => {
  await other.recordActions.close();
  await recording.close();
});
const merge: Merging['merge'] = (...args) => merging.merge(...args);
const memberOf: Merging['memberOf'] = (externalId) => merging.memberOf(externalId);

/** Every store that a merge or an erasure calls. */
const MORTAL = {
  members: 'all',
  programs: ['changeMemberIds'],
  onceKeys: 'all',
  leases: 'all',
  orderNotes: 'all',
  rejections: 'all',
} as const;
/** More calls to the stores than any of these makes. */
const MOST_CALLS = 22;
/** Two members for each number of calls after which a process dies. */
async function pairs(name: string): Promise<{ from: string; into: string; calls: number }[]> {
  const made = Array.from({ length: MOST_CALLS + 1 }, (_, calls) => ({
    ...{ from: `${name}-${calls}-from`, into: `${name}-${calls}-into`, calls },
  }));
  const ids = made.flatMap(({ from, into }) => [from, into]);
  const actions = ids.map((memberId) => action({ memberId, occurredAtMs: STARTS_AT_MS }));
  await recording.recordActions.record(recording.program, actions);
  return made;
}

// Each of these waits for servers to hear of it, and is done for every call.
describe('a process that dies at any call to the database', () => {
  it('leaves a merge that its caller ends by asking again, the same for all', async () => {
    const died = await Promise.all(
      (await pairs('dies')).map(async ({ from, into, calls }) => {
        const dying = dyingStore(recording.store, calls, MORTAL);
        const server = recording.process({ store: dying.store });
        await refusedFor(merge(from, into, { server }));
        const first = await merge(from, into, { server: other });
        expect(await merge(from, into)).toEqual(first);
        expect(mergeOf(await memberOf(from))).toMatchObject({ fromEpoch: 1 });
        return dying.died();
      }),
    );
    expect(new Set(died)).toEqual(new Set([true, false]));
  });

  it('leaves a merge that a worker ends when nobody asks again, or none', async () => {
    const ended = await Promise.all(
      (await pairs('left')).map(async ({ from, into, calls }) => {
        const { store } = dyingStore(recording.store, calls, MORTAL);
        await refusedFor(merge(from, into, { server: recording.process({ store }) }));
        return from;
      }),
    );
    const later = recording.process({ wallNowMs: () => Date.now() + 2 * MINUTE_MS });
    await later.memberMerger.step(recording.program);
    const merges = (await Promise.all(ended.map(memberOf))).map(({ mergedInto }) => mergedInto);
    expect(merges.filter((one) => one?.fromEpoch === null)).toEqual([]);
    expect(merges.some((one) => one === undefined) && merges.some((one) => one !== undefined)).toBe(
      true,
    );
  });

  it('leaves an erasure that is ended, with those that were merged into the member', async () => {
    const names = await pairs('erased');
    await Promise.all(names.map(({ from, into }) => merge(from, into)));
    await Promise.all(
      names.map(async ({ into, calls }) => {
        const { store } = dyingStore(recording.store, calls, MORTAL);
        const input = { memberId: into, idempotencyKey: into };
        const eraser = recording.process({ store }).memberEraser;
        await refusedFor(eraser.erase(recording.program, input));
        await other.memberEraser.erase(recording.program, input);
      }),
    );
    const { members } = recording.store;
    const ids = names.flatMap(({ from, into }) => [from, into]);
    expect((await members.findByExternalIds(recording.program.id, ids)).size).toBe(0);
  });
});
