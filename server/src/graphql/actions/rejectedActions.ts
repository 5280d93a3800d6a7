import type { Rejections, RejectionSample } from '../../ports/stores/actions.ts';
import { builder, ofOwnProgram } from '../core/builder.ts';
import { ErrorCodeEnum } from '../errors/userErrors.ts';
import { ProgramType } from '../programs/program.ts';

const ONLY_READERS = { 'members:read': true } as const;

const REJECTIONS_COST = 40;
/** Codes that the cost of a query counts with, and samples of each. */
const SHOWN_CODES = 12;
const SHOWN_SAMPLES = 5;

const SampleType = builder.objectRef<RejectionSample>('RejectedAction').implement({
  description: 'One action that was not recorded.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    memberId: t.exposeString('memberId', {
      description: "The app's own id of the member, in the form NFC; empty when none was given.",
    }),
    eventId: t.exposeString('eventId', {
      description: "The app's own id of the action, as given; empty when none was.",
    }),
    field: t.exposeString('field', {
      nullable: true,
      description:
        'Field of the action with the rejected value; null when it is about no single one.',
    }),
    message: t.exposeString('message', {
      description: 'What was wrong and what would be right, in English.',
    }),
    at: t.field({
      type: 'DateTime',
      description: 'Time of the call, by the clock of the server.',
      resolve: ({ atMs }) => atMs,
    }),
  }),
});

const RejectedActionsType = builder.objectRef<Rejections>('RejectedActions').implement({
  description:
    'Actions that were rejected for one reason. Source: the calls of the last seven days.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    code: t.expose('code', { type: ErrorCodeEnum, description: 'Reason for the rejection.' }),
    count: t.expose('count', {
      type: 'UInt',
      description:
        'Number of rejected actions, repeats included; what came in the last second before a process died is missing.',
    }),
    samples: t.expose('samples', {
      extensions: { rows: SHOWN_SAMPLES },
      type: [SampleType],
      description: 'The newest of them, at most five, newest first.',
    }),
  }),
});

builder.objectField(ProgramType, 'rejectedActions', (t) =>
  t.field({
    extensions: { cost: REJECTIONS_COST, rows: SHOWN_CODES },
    type: [RejectedActionsType],
    authScopes: ofOwnProgram('members:read'),
    description:
      'Actions that were rejected in the last seven days, by the reason, most of them first, with samples.',
    resolve: (program, _args, { notedRejections }) => notedRejections.ofLastWeek(program),
  }),
);
