import { CLOCK_TARGETS, type MovedClock } from '../../services/programs/moveClock.ts';
import { builder } from '../core/builder.ts';
import { idempotencyKeyInput, mutation } from '../mutations/mutation.ts';

const ClockTargetEnum = builder.enumType('ClockTarget', {
  description: 'Where the clock of a local chain is moved to.',
  values: {
    NEXT_DAY: {
      value: CLOCK_TARGETS[0],
      description: 'Closes the current epoch: to the end of its grace period for recording.',
    },
    NEXT_ROUND: {
      value: CLOCK_TARGETS[1],
      description: 'Opens the next round of the buyback.',
    },
  } as const,
});

mutation({
  name: 'clockMove',
  kind: null,
  scope: 'program:write',
  cost: 100,
  description:
    'Moves the clock of a local test chain on, whose programs are all of one organisation. It never goes back, and every server goes by the new time when it is done. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'CHAIN_UNAVAILABLE', 'CLOCK_FIXED', 'STATEMENTS_OPEN', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    to: t.field({ type: ClockTargetEnum, required: true, description: 'Where to.' }),
    idempotencyKey: idempotencyKeyInput(t),
  }),
  payload: (t) => ({
    before: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time of the chain before; null when there are userErrors.',
      resolve: ({ moved }) => moved?.beforeMs ?? null,
    }),
    after: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time of the chain after; null when there are userErrors.',
      resolve: ({ moved }) => moved?.afterMs ?? null,
    }),
    closedEpoch: t.field({
      type: 'UInt',
      nullable: true,
      description:
        'Newest epoch of the program whose recording was closed; null when none was, and when there are userErrors.',
      resolve: ({ moved }) => moved?.closedEpoch ?? null,
    }),
    openedRound: t.field({
      type: 'UInt',
      nullable: true,
      description:
        'Number of the newest round of the program that was opened; null when none was, and when there are userErrors.',
      resolve: ({ moved }) => moved?.openedRound ?? null,
    }),
  }),
  empty: { moved: null as MovedClock | null },
  resolve: async ({ moveClock, program }, { to, idempotencyKey }) => ({
    moved: await moveClock(program, to, idempotencyKey),
  }),
});
