import type { MemberCaller } from '../../services/access/callers.ts';
import { builder } from '../core/builder.ts';
import { ProgramType } from '../programs/program.ts';
import { MEMBER_COST, MemberType } from './member.ts';

const ONLY_ITSELF = { 'member:self': true } as const;

const ViewerType = builder.objectRef<MemberCaller>('Viewer').implement({
  description: 'The member whose session the request has.',
  authScopes: ONLY_ITSELF,
  fields: (t) => ({
    memberId: t.exposeString('externalId', { description: "The app's own id of the member." }),
    program: t.expose('program', { type: ProgramType, description: 'Program of the member.' }),
    member: t.field({
      extensions: { cost: MEMBER_COST },
      type: MemberType,
      nullable: true,
      description: 'The member; null while no action of it has been recorded.',
      resolve: ({ program, externalId }, _args, { members }) => members.find(program, externalId),
    }),
    sessionId: t.exposeString('sessionId', {
      description: 'Id of the session, for `memberSessionRevoke`.',
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerType,
    authScopes: ONLY_ITSELF,
    description: 'Returns the member whose session the request has.',
    resolve: (_root, _args, { caller }) => {
      if (caller?.kind !== 'MEMBER') throw new Error('only a member has the scope');
      return caller;
    },
  }),
);
