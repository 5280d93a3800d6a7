/** Shows how objections to a change grew. */
import { NOTICE_STEPS, type ObjectionsAt } from '../../../services/terms/changes.ts';
import { builder, PUBLIC } from '../../core/builder.ts';
import { ChangeType } from '../change.ts';

/** It reads every objection to the change. */
const OVER_TIME_COST = 200;

const ObjectionsAtType = builder.objectRef<ObjectionsAt>('ObjectionsAt').implement({
  description: 'All objections to a change at the end of one step of its notice, or now.',
  authScopes: PUBLIC,
  fields: (t) => ({
    at: t.field({
      type: 'DateTime',
      description: 'Start of the step.',
      resolve: ({ atMs }) => atMs,
    }),
    objections: t.expose('objections', {
      type: 'Points',
      description: 'Points that all holders together had locked in objection by its end.',
    }),
  }),
});

builder.objectField(ChangeType, 'objectionsOverTime', (t) =>
  t.field({
    extensions: { cost: OVER_TIME_COST, rows: NOTICE_STEPS },
    type: [ObjectionsAtType],
    description: `Objections from the announcement on, in ${NOTICE_STEPS} equal steps of the notice, the running one at the end; none for a change without notice. Source: events of the charter contract.`,
    resolve: (change, _args, context) =>
      context.on(change.program).changes.objectionsOverTime(change.program, change),
  }),
);
