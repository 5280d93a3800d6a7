import { MAX_ACTIONS_PER_STATEMENT, MAX_AHEAD_MS } from '../../domain/actions/actionRules.ts';
import { VOID_MARGIN_MS } from '../../domain/actions/reviewRules.ts';
import { GRACE_MS } from '../../domain/epochs.ts';
import { MAX_REQUESTS_PER_HOUR, QUOTA_MS } from '../../services/transactions/relaying/quota.ts';
import { builder, PUBLIC } from '../core/builder.ts';
import { ProgramType } from './program.ts';

const MS_PER_SECOND = 1_000;

/** They are those of the service, the same for all programs. */
const LIMITS = {
  graceSeconds: GRACE_MS / MS_PER_SECOND,
  aheadSeconds: MAX_AHEAD_MS / MS_PER_SECOND,
  voidMarginSeconds: VOID_MARGIN_MS / MS_PER_SECOND,
  actionsPerMemberAndEpoch: MAX_ACTIONS_PER_STATEMENT,
  paidCalls: MAX_REQUESTS_PER_HOUR,
  paidCallsSeconds: QUOTA_MS / MS_PER_SECOND,
};

const ProgramLimitsType = builder.objectRef<typeof LIMITS>('ProgramLimits').implement({
  description:
    'What the service, not the contracts, allows to apps and members. Source: the service; a later version of it may allow more or less.',
  authScopes: PUBLIC,
  fields: (t) => ({
    graceSeconds: t.expose('graceSeconds', {
      type: 'UInt',
      description: 'Seconds after its end for which actions of an epoch are recorded.',
    }),
    aheadSeconds: t.expose('aheadSeconds', {
      type: 'UInt',
      description: 'Seconds by which `occurredAt` can be ahead of the time of the service.',
    }),
    voidMarginSeconds: t.expose('voidMarginSeconds', {
      type: 'UInt',
      description: 'Seconds before its `maturesAt` until which an action can be voided.',
    }),
    actionsPerMemberAndEpoch: t.expose('actionsPerMemberAndEpoch', {
      type: 'UInt',
      description: 'Most actions of one member in one epoch.',
    }),
    paidCalls: t.expose('paidCalls', {
      type: 'UInt',
      description:
        'Most mutations on chain of one member that the service pays for within `paidCallsSeconds`.',
    }),
    paidCallsSeconds: t.expose('paidCallsSeconds', {
      type: 'UInt',
      description: 'Seconds that `paidCalls` is for.',
    }),
  }),
});

builder.objectField(ProgramType, 'limits', (t) =>
  t.field({
    type: ProgramLimitsType,
    authScopes: PUBLIC,
    description:
      'Grace period, deadline of voids, and quotas. The contract has other limits: `settings`, and `changeRest` for the cooldown after a change.',
    resolve: () => LIMITS,
  }),
);
