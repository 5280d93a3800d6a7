import type { ActionInput } from '../../domain/actions/actionRules.ts';
import { HOUR_MS, STARTS_AT_MS } from './time.ts';

/** A purchase of $12.34 at noon of epoch 0, unless said else. */
export const action = (overrides: Partial<ActionInput> = {}): ActionInput => ({
  memberId: 'ann',
  eventId: 'event-1',
  rule: 'purchase',
  count: 1,
  amount: 1234,
  occurredAtMs: STARTS_AT_MS + 12 * HOUR_MS,
  ...overrides,
});
