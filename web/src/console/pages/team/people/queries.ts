import { graphql, type ResultOf } from '../../../../shared/graphql/graphql.ts';

/** Who is in the team, and who was asked to join it. */
export const TeamQuery = graphql(`
  query Team {
    organisation {
      id
      name
      team {
        personId
        name
        email
        hasTwoFactor
        role
        joinedAt
      }
      invitations {
        id
        email
        role
        url
        createdAt
        expiresAt
      }
    }
  }
`);

/** Asks a person to join. */
export const InvitationCreate = graphql(`
  mutation InvitationCreate($input: InvitationCreateInput!) {
    payload: invitationCreate(input: $input) {
      isMailed
      invitation {
        email
        url
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Takes an invitation back. */
export const InvitationCancel = graphql(`
  mutation InvitationCancel($input: InvitationCancelInput!) {
    payload: invitationCancel(input: $input) {
      id
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Gives a person another role. */
export const TeamRoleSet = graphql(`
  mutation TeamRoleSet($input: TeamRoleSetInput!) {
    payload: teamRoleSet(input: $input) {
      member {
        personId
        role
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Takes a person out of the team. */
export const TeamMemberRemove = graphql(`
  mutation TeamMemberRemove($input: TeamMemberRemoveInput!) {
    payload: teamMemberRemove(input: $input) {
      personId
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Leaves the team. */
export const TeamLeave = graphql(`
  mutation TeamLeave($input: TeamLeaveInput!) {
    payload: teamLeave(input: $input) {
      organisationId
      userErrors {
        code
        field
        message
      }
    }
  }
`);

type TeamOrganisation = NonNullable<ResultOf<typeof TeamQuery>['organisation']>;
export type TeamPerson = TeamOrganisation['team'][number];
export type OpenInvitation = TeamOrganisation['invitations'][number];
export type InvitedPayload = ResultOf<typeof InvitationCreate>['payload'];
