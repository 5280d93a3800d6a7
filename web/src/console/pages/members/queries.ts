import { graphql, type ResultOf } from '../../../shared/graphql/graphql.ts';

/** Members who did something, a page at a time. */
export const DeskMembersQuery = graphql(`
  query DeskMembers($search: String, $order: MemberOrder, $after: String) {
    program {
      members(first: 50, search: $search, order: $order, after: $after) {
        edges {
          node {
            id
            memberId
            settled
            isCustodial
            lastActivityAt
            mergedInto {
              memberId
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** What the first call is made of. */
export const FirstCallQuery = graphql(`
  query FirstCall {
    program {
      clock {
        now
      }
      ruleSets(first: 1) {
        edges {
          node {
            rules {
              name
              perMillionUnits
            }
          }
        }
      }
    }
  }
`);

type ListedProgram = NonNullable<ResultOf<typeof DeskMembersQuery>['program']>;
export type ListedMember = ListedProgram['members']['edges'][number]['node'];
