import { graphql, type ResultOf } from '../../../../shared/graphql/graphql.ts';
import { DeskClockFields, DeskRuleFields } from '../../../terms/fields.ts';

/** What a grant is made of: the rules in force, the time, and where the member is. */
export const GrantQuery = graphql(
  `
    query Grant($memberId: String!) {
      program {
        clock {
          ...DeskClockFields
        }
        limits {
          voidMarginSeconds
        }
        ruleSets(first: 5) {
          edges {
            node {
              fromEpoch
              rules {
                ...DeskRuleFields
              }
            }
          }
        }
      }
      member(memberId: $memberId) {
        memberId
        settled
        mergedInto {
          memberId
          startsAt
        }
      }
    }
  `,
  [DeskClockFields, DeskRuleFields],
);

export type GrantProgram = NonNullable<ResultOf<typeof GrantQuery>['program']>;

/** Who is merged, or erased. */
export const ActedOnQuery = graphql(`
  query ActedOn($memberId: String!) {
    member(memberId: $memberId) {
      memberId
      account
      ownAccount
      isCustodial
      settled
      createdAt
      mergedInto {
        memberId
      }
    }
  }
`);

export type ActedOn = NonNullable<ResultOf<typeof ActedOnQuery>['member']>;

/** Records what a person grants. */
export const ActionsGrant = graphql(`
  mutation ActionsGrant($input: ActionsRecordInput!) {
    payload: actionsRecord(input: $input) {
      results {
        status
        code
        field
        message
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Makes one member of two. */
export const MemberMerge = graphql(`
  mutation MemberMerge($input: MemberMergeInput!) {
    payload: memberMerge(input: $input) {
      startsAt
      ownWallet
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Erases what is known of a member. */
export const MemberErase = graphql(`
  mutation MemberErase($input: MemberEraseInput!) {
    payload: memberErase(input: $input) {
      account
      userErrors {
        code
        field
        message
      }
    }
  }
`);
