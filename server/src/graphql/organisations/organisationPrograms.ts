import { MAX_PROGRAMS } from '../../services/programs/programs.ts';
import { builder } from '../core/builder.ts';
import { OrganisationType } from './organisation.ts';
import { ProgramType } from '../programs/program.ts';

/** What a list asks of the database. */
const LIST_COST = 20;

builder.objectField(OrganisationType, 'programs', (t) =>
  t.field({
    type: [ProgramType],
    // A person chooses among them; a key has its own, and may be for one of them alone.
    authScopes: ({ id }, _args, { caller }) =>
      caller?.kind === 'PERSON' && caller.organisationId === id,
    extensions: { rows: MAX_PROGRAMS, cost: LIST_COST },
    description:
      'Programs in all environments, oldest first; at most 100. Of the organisation of the request alone, for its people.',
    resolve: ({ id }, _args, { programs }) => programs.listOf(id),
  }),
);
