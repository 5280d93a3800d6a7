import { graphql } from '../../../shared/graphql/graphql.ts';
import { DeskActionFields } from '../../actions/queries.ts';

/** Actions that do not count yet. */
export const ReviewQuery = graphql(
  `
    query Review($after: String) {
      program {
        clock {
          now
        }
        actions(first: 50, state: MATURING, after: $after) {
          edges {
            node {
              ...DeskActionFields
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
  [DeskActionFields],
);
