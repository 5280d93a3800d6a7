import { expect, it } from 'vitest';
import { ACCESS_CALLS } from '../testing/parallel/calls/accessCalls.ts';
import { ACTION_CALLS } from '../testing/parallel/calls/actionCalls.ts';
import { BILLING_CALLS } from '../testing/parallel/calls/billingCalls.ts';
import { BUYBACK_CALLS } from '../testing/parallel/calls/buybackCalls.ts';
import { CATALOGUE_CALLS } from '../testing/parallel/calls/catalogueCalls.ts';
import { MEMBER_CALLS } from '../testing/parallel/calls/memberCalls.ts';
import { ORGANISATION_CALLS } from '../testing/parallel/calls/organisationCalls.ts';
import { PROGRAM_CALLS } from '../testing/parallel/calls/programCalls.ts';
import { TERM_CALLS } from '../testing/parallel/calls/termCalls.ts';
import { WEBHOOK_CALLS } from '../testing/parallel/calls/webhookCalls.ts';
import { MUTATIONS } from '../testing/sampleInput.ts';

/** Each is run by the parallelCalls.live.test.ts of its folder. */
const CALLS = [
  ...[ACCESS_CALLS, ACTION_CALLS, BILLING_CALLS, BUYBACK_CALLS, CATALOGUE_CALLS],
  ...[MEMBER_CALLS, ORGANISATION_CALLS, PROGRAM_CALLS, TERM_CALLS, WEBHOOK_CALLS],
];

it('every mutation says how 50 calls of it at once are one', () => {
  const known = CALLS.flatMap((calls) => Object.keys(calls));
  const missing = MUTATIONS.filter(({ name }) => !known.includes(name)).map(
    ({ name }) =>
      `${name} has no entry in server/src/testing/parallel: say there how it is called well, and what its one effect is.`,
  );
  expect(missing).toEqual([]);
  expect(new Set(known).size, 'an entry a mutation').toBe(known.length);
});
