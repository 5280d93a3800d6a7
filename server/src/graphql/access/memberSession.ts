/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- Pothos reads the types of fields from what is inferred here. */
import { UserError } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { MemberSessionRecord } from '../../ports/stores/access.ts';
import type { OpenedSession } from '../../services/access/memberSessions.ts';
import { builder, PUBLIC } from '../core/builder.ts';
import type { GraphqlContext } from '../core/context.ts';
import type { InputFields, PayloadFields } from '../mutations/mutation.ts';

/** Shows a session of a member. */
export const MemberSessionType = builder.objectRef<MemberSessionRecord>('MemberSession').implement({
  description:
    'Session of a member: its token opens what is of this member alone, for 10 minutes, until it is revoked.',
  // Only its token, or a key of its program, leads here.
  authScopes: PUBLIC,
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Id for `memberSessionRevoke`.' }),
    memberId: t.exposeString('externalId', { description: "The app's own id of the member." }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'Time at which the session was opened.',
      resolve: (session) => session.createdAtMs,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'Time from which the token is void.',
      resolve: (session) => session.expiresAtMs,
    }),
    revokedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time at which the session was revoked; null while it was not.',
      resolve: (session) => session.revokedAtMs,
    }),
  }),
});

/** Makes the payload fields of a session that was opened. */
export const openedPayload = (t: PayloadFields<{ readonly opened: OpenedSession | null }>) => ({
  session: t.field({
    type: MemberSessionType,
    nullable: true,
    description: 'The session; null when there are userErrors.',
    resolve: ({ opened }) => opened?.session ?? null,
  }),
  token: t.string({
    nullable: true,
    description:
      'Token for the header "Authorization: Bearer dw_member_...", which is not stored; null when there are userErrors.',
    resolve: ({ opened }) => opened?.token ?? null,
  }),
});

/** What was opened when nothing was. */
export const NOTHING_OPENED = { opened: null as OpenedSession | null };

/** Makes the input field for the key of a write that sends no transaction. */
export const onceKeyInput = (t: InputFields) =>
  t.string({
    required: true,
    description:
      'Key chosen by the caller, 1 to 128 characters. For at least 24 hours, the same key with the same input gives the same answer and does nothing twice.',
  });

/** Makes the input field that names a program in a request without credentials. */
export const programIdInput = (t: InputFields) =>
  t.string({
    required: true,
    description: 'Id of the program, such as prg_31337_95bd...; not its global id.',
  });

/** Finds the program that a request without credentials names. @throws UserError NOT_FOUND */
export async function namedProgram(
  { programs }: Pick<GraphqlContext, 'programs'>,
  programId: string,
): Promise<Program> {
  const program = await programs.get(programId);
  if (program !== null) return program;
  throw new UserError({
    code: 'NOT_FOUND',
    field: 'programId',
    message: `programId is ${JSON.stringify(programId)}; there is no such program.`,
  });
}
