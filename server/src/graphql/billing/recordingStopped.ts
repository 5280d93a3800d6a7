import type { Program } from '../../domain/program.ts';
import { builder } from '../core/builder.ts';
import type { GraphqlContext } from '../core/context.ts';
import { ProgramType } from '../programs/program.ts';
import { RecordingStopType } from './billing.ts';

/** Opens a field to the program's keys, its members and its organisation's people. */
const ofThisProgram = ({ id }: Program, _args: unknown, { caller }: GraphqlContext): boolean =>
  caller?.program?.id === id;

builder.objectField(ProgramType, 'recordingStopped', (t) =>
  t.field({
    type: RecordingStopType,
    nullable: true,
    authScopes: ofThisProgram,
    extensions: { cost: 5 },
    description:
      'Since when actions of this program are not recorded, as its organisation has not paid; null while they are. For its keys, members and people.',
    resolve: (program, _args, { on }) => on(program).recordingStops.of(program),
  }),
);
