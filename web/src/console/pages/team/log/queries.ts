import { graphql, type ResultOf } from '../../../../shared/graphql/graphql.ts';

/** What was asked of the organisation, newest first. */
export const LogQuery = graphql(`
  query Log($mutation: String, $since: DateTime, $until: DateTime, $after: String) {
    auditLog(first: 20, mutation: $mutation, since: $since, until: $until, after: $after) {
      edges {
        node {
          seq
          at
          mutation
          input
          before
          environment
          programId
          ip
          requestId
          userAgent
          hash
          actor {
            id
            kind
            name
          }
          answer {
            at
            after
            error
            transactionId
            userErrors {
              code
              field
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** Whether the log is as it was written. */
export const LogCheckQuery = graphql(`
  query LogCheck {
    auditLogCheck {
      whole
      entries
      headSeq
      headHash
      broken {
        kind
        seq
      }
    }
  }
`);

export type LogEntry = ResultOf<typeof LogQuery>['auditLog']['edges'][number]['node'];
export type LogVerdict = ResultOf<typeof LogCheckQuery>['auditLogCheck'];
