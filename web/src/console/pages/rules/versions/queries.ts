import { graphql, type ResultOf } from '../../../../shared/graphql/graphql.ts';
import { DeskClockFields, DeskRuleSetFields } from '../../../terms/fields.ts';

/** Versions of the rules, newest first, and what is under way. */
export const DeskVersionsQuery = graphql(
  `
    query DeskVersions($after: String) {
      program {
        clock {
          ...DeskClockFields
        }
        document {
          hash
          text
        }
        pendingChange {
          number
          target
        }
        ruleSets(first: 20, after: $after) {
          stale
          edges {
            node {
              ...DeskRuleSetFields
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [DeskClockFields, DeskRuleSetFields],
);

export type VersionsProgram = NonNullable<ResultOf<typeof DeskVersionsQuery>['program']>;
