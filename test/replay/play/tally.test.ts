import { expect, it } from 'vitest';
import type { ActionResult, ReportedAction } from './api.ts';
import { createTally } from './tally.ts';

const DAY = '2026-01-01T12:00:00.000Z';
const action = (eventId: string, memberId = 'ana', occurredAt = DAY): ReportedAction => ({
  ...{ memberId, eventId, occurredAt },
  ...{ rule: 'purchase', count: 1, amount: '100' },
});
const answer = (status: ActionResult['status'], code: string | null = null): ActionResult => ({
  ...{ status, code },
  message: code,
});

it('counts an action once, however often the log has it', () => {
  const tally = createTally();
  tally.add(action('a'), answer('RECORDED'));
  tally.add(action('a'), answer('DUPLICATE'));
  tally.add(action('a'), answer('DUPLICATE'));
  tally.add(action('b', 'tom'), answer('RECORDED'));
  expect(tally.result()).toMatchObject({
    ...{ actions: 4, counted: 2, repeated: 2, repeats: ['a', 'a'], members: 2, statements: 2 },
  });
});

it('counts one eventId for each member who has it', () => {
  const tally = createTally();
  tally.add(action('a'), answer('RECORDED'));
  tally.add(action('a', 'tom'), answer('RECORDED'));
  expect(tally.result()).toMatchObject({ counted: 2, repeated: 0, members: 2 });
});

it('counts an action whose first call was recorded without an answer', () => {
  const tally = createTally();
  tally.add(action('a'), answer('DUPLICATE'));
  expect(tally.result()).toMatchObject({ counted: 1, repeated: 0, members: 1, statements: 1 });
});

it('counts neither what was refused, nor a member who has nothing else', () => {
  const tally = createTally();
  tally.add(action('a'), answer('RECORDED'));
  tally.add(action('a', 'tom'), answer('REJECTED', 'EVENT_ID_REUSED'));
  expect(tally.result()).toMatchObject({
    ...{ actions: 2, counted: 1, rejected: 1, members: 1, statements: 1 },
    rejections: ['a: EVENT_ID_REUSED EVENT_ID_REUSED'],
  });
});

it('counts a statement for each member and day', () => {
  const tally = createTally();
  tally.add(action('a'), answer('RECORDED'));
  tally.add(action('b'), answer('RECORDED'));
  tally.add(action('c', 'ana', '2026-01-02T12:00:00.000Z'), answer('RECORDED'));
  expect(tally.result()).toMatchObject({ counted: 3, members: 1, statements: 2 });
});
