import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { action } from '../../testing/builders/action.ts';
import { WINDOW } from '../../testing/builders/program.ts';
import { DAY_MS, HOUR_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startRecording, type Recording } from '../../testing/recording.ts';
import type { Receipt } from './receipts.ts';

const NOON_MS = STARTS_AT_MS + 12 * HOUR_MS;

let recording: Recording;
beforeAll(async () => {
  recording = await startRecording();
});
beforeEach(() => recording.clock.set(NOON_MS));
afterAll(() => recording.close());

async function receiptOf(externalId: string, epoch = 0): Promise<Receipt | null> {
  const member = await recording.members.find(recording.program, externalId);
  if (member === null) throw new Error(`${externalId} is no member.`);
  return recording.receipts.receiptOf(recording.program, member, epoch);
}

describe('a receipt', () => {
  it('is of the log itself, whether or not a worker has aggregated it', async () => {
    await recording.recordActions.record(recording.program, [action()]);
    const receipt = await receiptOf('ann');
    const member = await recording.members.find(recording.program, 'ann');
    const { account } = member ?? {};
    expect(receipt).toMatchObject({
      chainId: 31_337,
      points: recording.program.address,
      account,
      epoch: 0,
      lines: '0x010000000100000000000004d2',
      pointsEarned: 2_234n,
      signer: recording.keystore.signer.recorderAddress(recording.program.recorderLabel),
    });
    const toSign = { chainId: 31_337, points: recording.program.address, epoch: 0 };
    expect(receipt?.signature).toBe(
      await recording.keystore.signer.signStatement(recording.program.recorderLabel, {
        ...toSign,
        account: account ?? '0x',
        lines: '0x010000000100000000000004d2',
      }),
    );
  });

  it('has nothing in it that can still be voided', async () => {
    const maturesAtMs = NOON_MS + DAY_MS;
    await recording.recordActions.record(recording.program, [
      action({ memberId: 'bob', maturesAtMs }),
    ]);
    expect(await receiptOf('bob')).toBeNull();
    recording.clock.set(maturesAtMs);
    expect((await receiptOf('bob'))?.pointsEarned).toBe(2_234n);
  });

  it('is given while the window is open, and neither before nor after', async () => {
    const inputs = [
      action({ memberId: 'cat' }),
      action({ memberId: 'cat', eventId: 'b', occurredAtMs: STARTS_AT_MS + DAY_MS }),
    ];
    recording.clock.set(STARTS_AT_MS + DAY_MS - 60_000);
    await recording.recordActions.record(recording.program, inputs);
    expect(await receiptOf('cat', 1)).toBeNull();
    recording.clock.set(STARTS_AT_MS + DAY_MS);
    expect(await receiptOf('cat', 1)).not.toBeNull();
    recording.clock.set(STARTS_AT_MS + (WINDOW + 1) * DAY_MS - 1);
    expect(await receiptOf('cat', 0)).not.toBeNull();
    recording.clock.set(STARTS_AT_MS + (WINDOW + 1) * DAY_MS);
    expect(await receiptOf('cat', 0)).toBeNull();
    expect(await receiptOf('cat', 2)).toBeNull();
    expect(await receiptOf('cat', -1)).toBeNull();
  });
});
