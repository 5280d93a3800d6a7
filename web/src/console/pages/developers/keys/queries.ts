import { graphql } from '../../../../shared/graphql/graphql.ts';

/** What is kept of a key. */
export const KeyFields = graphql(`
  fragment KeyFields on ApiKey {
    id
    name
    scopes
    createdAt
    expiresAt
    lastUsedAt
    revokedAt
    program {
      id
      name
    }
  }
`);

/** Keys of the organisation in the environment of the program, a page at a time. */
export const KeysQuery = graphql(
  `
    query Keys($after: String) {
      apiKeys(first: 20, after: $after) {
        edges {
          node {
            ...KeyFields
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [KeyFields],
);

/** Makes a key. */
export const ApiKeyCreate = graphql(`
  mutation ApiKeyCreate($input: ApiKeyCreateInput!) {
    payload: apiKeyCreate(input: $input) {
      key
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Makes another key in the place of one that goes on for a while. */
export const ApiKeyRotate = graphql(`
  mutation ApiKeyRotate($input: ApiKeyRotateInput!) {
    payload: apiKeyRotate(input: $input) {
      key
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Ends a key at once. */
export const ApiKeyRevoke = graphql(`
  mutation ApiKeyRevoke($input: ApiKeyRevokeInput!) {
    payload: apiKeyRevoke(input: $input) {
      apiKey {
        id
        revokedAt
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** The key itself, in the answer that made it alone; null for none. */
export const keyIn = (payload: unknown): string | null =>
  ((payload ?? {}) as { readonly key?: string | null }).key ?? null;
