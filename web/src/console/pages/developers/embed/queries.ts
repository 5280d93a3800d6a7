import { graphql } from '../../../../shared/graphql/graphql.ts';

/** Pages that may show the wallet, and a member to show it of. */
export const EmbedQuery = graphql(`
  query Embed {
    program {
      origins
      members(first: 1) {
        edges {
          node {
            memberId
          }
        }
      }
    }
  }
`);

/** Says which pages may show the wallet. */
export const OriginsSet = graphql(`
  mutation OriginsSet($input: ProgramLookSetInput!) {
    payload: programLookSet(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Opens a session of a member, for the wallet beside the code. */
export const PreviewSession = graphql(`
  mutation PreviewSession($input: MemberSessionCreateInput!) {
    payload: memberSessionCreate(input: $input) {
      token
      session {
        expiresAt
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);
