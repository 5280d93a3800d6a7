import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  action,
  createRecordingWorld,
  DAY_MS,
  HOUR_MS,
  STARTS_AT_MS,
  testSigner,
  WINDOW,
  type RecordingWorld,
} from '../../testing/recordingWorld.ts';
import type { Receipt } from './receipts.ts';

const NOON_MS = STARTS_AT_MS + 12 * HOUR_MS;

let world: RecordingWorld;
beforeAll(async () => {
  world = await createRecordingWorld();
});
beforeEach(() => world.clock.set(NOON_MS));
afterAll(() => world.close());

async function receiptOf(externalId: string, epoch = 0): Promise<Receipt | null> {
  const member = await world.members.find(world.program, externalId);
  if (member === null) throw new Error(`${externalId} is no member.`);
  return world.receipts.receiptOf(world.program, member, epoch);
}

describe('a receipt', () => {
  it('is of the log itself, whether or not a worker has aggregated it', async () => {
    await world.recordActions.record(world.program, [action()]);
    const receipt = await receiptOf('ann');
    const member = await world.members.find(world.program, 'ann');
    const { account } = member ?? {};
    expect(receipt).toMatchObject({
      chainId: 31_337,
      points: world.program.address,
      account,
      epoch: 0,
      lines: '0x010000000100000000000004d2',
      pointsEarned: 2_234n,
      recorder: testSigner.recorderAddress(),
    });
    const toSign = { chainId: 31_337, points: world.program.address, epoch: 0 };
    expect(receipt?.signature).toBe(
      await testSigner.signStatement({
        ...toSign,
        account: account ?? '0x',
        lines: '0x010000000100000000000004d2',
      }),
    );
  });

  it('has nothing in it that can still be voided', async () => {
    const maturesAtMs = NOON_MS + DAY_MS;
    await world.recordActions.record(world.program, [action({ memberId: 'bob', maturesAtMs })]);
    expect(await receiptOf('bob')).toBeNull();
    world.clock.set(maturesAtMs);
    expect((await receiptOf('bob'))?.pointsEarned).toBe(2_234n);
  });

  it('is given while the window is open, and neither before nor after', async () => {
    const inputs = [
      action({ memberId: 'cat' }),
      action({ memberId: 'cat', eventId: 'b', occurredAtMs: STARTS_AT_MS + DAY_MS }),
    ];
    world.clock.set(STARTS_AT_MS + DAY_MS - 60_000);
    await world.recordActions.record(world.program, inputs);
    expect(await receiptOf('cat', 1)).toBeNull();
    world.clock.set(STARTS_AT_MS + DAY_MS);
    expect(await receiptOf('cat', 1)).not.toBeNull();
    world.clock.set(STARTS_AT_MS + (WINDOW + 1) * DAY_MS - 1);
    expect(await receiptOf('cat', 0)).not.toBeNull();
    world.clock.set(STARTS_AT_MS + (WINDOW + 1) * DAY_MS);
    expect(await receiptOf('cat', 0)).toBeNull();
    expect(await receiptOf('cat', 2)).toBeNull();
    expect(await receiptOf('cat', -1)).toBeNull();
  });
});
