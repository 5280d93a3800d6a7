import { graphql } from '../../../shared/graphql/graphql.ts';

/** What an open invitation is for; null for another address than the person's. */
export const InvitationQuery = graphql(`
  query InvitationOffer($id: String!) {
    invitation(id: $id) {
      organisationName
      role
      expiresAt
    }
  }
`);

/** Joins the team that the person was asked to. */
export const InvitationAccept = graphql(`
  mutation InvitationAccept($input: InvitationAcceptInput!) {
    payload: invitationAccept(input: $input) {
      organisation {
        id
        name
        slug
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Creates an organisation, with the person as its owner. */
export const OrganisationCreate = graphql(`
  mutation OrganisationCreate($input: OrganisationCreateInput!) {
    payload: organisationCreate(input: $input) {
      organisation {
        id
        name
        slug
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** The organisation that a write came to; null for none. */
export function organisationOf(payload: unknown): { readonly slug: string } | null {
  const { organisation } = (payload ?? {}) as { organisation?: { readonly slug: string } | null };
  return organisation ?? null;
}
