import { afterAll, beforeAll, expect, it } from 'vitest';
import { action } from '../../testing/builders/action.ts';
import { DAY_MS } from '../../testing/builders/time.ts';
import { startRecording, type Recording } from '../../testing/recording.ts';
import { createNotedRejections, type NotedRejections } from './rejections.ts';

let recording: Recording;
beforeAll(async () => {
  recording = await startRecording();
});
afterAll(() => recording.close());

it('counts what was not recorded by the reason, with the newest as samples', async () => {
  const { recordActions, program, notedRejections } = recording;
  const wrong = (eventId: string): ReturnType<typeof action> =>
    action({ eventId, rule: 'nothing' });
  await recordActions.record(program, [action({ eventId: 'good' }), wrong('w0'), wrong('w1')]);
  for (let call = 2; call < 8; call += 1) await recordActions.record(program, [wrong(`w${call}`)]);
  await recordActions.record(program, [action({ eventId: 'good', amount: 1 })]);

  const found = await notedRejections.ofLastWeek(program);
  expect(found.map(({ code, count }) => [code, count])).toEqual([
    ['UNKNOWN_RULE', 8],
    ['EVENT_ID_REUSED', 1],
  ]);
  expect(found[0]?.samples.map(({ eventId }) => eventId)).toEqual(['w7', 'w6', 'w5', 'w4', 'w3']);
  expect(found[0]?.samples[0]).toMatchObject({ memberId: 'ann', field: 'rule' });
  expect(await notedRejections.ofLastWeek({ id: 'prg_other' })).toEqual([]);
});

it('adds up what several processes noted, and forgets it after a week', async () => {
  const { store } = recording;
  let nowMs = 20_000 * DAY_MS;
  const process = (): NotedRejections =>
    createNotedRejections({ rejections: store.rejections, wallNowMs: () => nowMs });
  const [one, other] = [process(), process()];
  const refusal = { code: 'IN_FUTURE', field: 'occurredAt', message: 'x'.repeat(900) } as const;
  const rejected = { memberId: 'm'.repeat(900), eventId: 'e', refusal };
  for (const noted of [one, other]) noted.note('prg_1', [rejected, rejected]);
  for (const noted of [one, other]) await noted.close();
  const [found] = await one.ofLastWeek({ id: 'prg_1' });
  expect(found).toMatchObject({ code: 'IN_FUTURE', count: 4 });
  expect(found?.samples).toHaveLength(4);
  expect(found?.samples[0]?.memberId).toHaveLength(128);
  expect(found?.samples[0]?.message).toHaveLength(500);

  nowMs += 6 * DAY_MS;
  expect(await one.ofLastWeek({ id: 'prg_1' })).toHaveLength(1);
  nowMs += DAY_MS;
  expect(await one.ofLastWeek({ id: 'prg_1' })).toEqual([]);
  // Deleted with the next one that is noted.
  other.note('prg_1', [rejected]);
  await other.close();
  expect(await store.rejections.since('prg_1', 0)).toMatchObject([{ count: 1 }]);
});

it('keeps samples under the id of the member, in whichever form it came: they are erased with it', async () => {
  const { store } = recording;
  const noted = createNotedRejections({ rejections: store.rejections, wallNowMs: () => 0 });
  const refusal = {
    code: 'UNKNOWN_RULE',
    field: 'rule',
    message: 'There is no such rule.',
  } as const;
  // Of 128 characters, as an id may be, in 256 units of UTF-16; and of 128 only once it is in NFC.
  const ids = ['Jos\u00e9', '\u{1f30a}'.repeat(128), '\u00e9'.repeat(128)];
  for (const id of ids) {
    for (const memberId of [id, id.normalize('NFD')]) {
      noted.note('prg_forms', [{ memberId, eventId: 'e', refusal }]);
    }
    await noted.close();
    const [found] = await noted.ofLastWeek({ id: 'prg_forms' });
    expect(found?.samples.map(({ memberId }) => memberId)).toEqual([id, id]);
    await store.rejections.eraseOf('prg_forms', id);
    expect(await noted.ofLastWeek({ id: 'prg_forms' })).toMatchObject([{ samples: [] }]);
  }
});
