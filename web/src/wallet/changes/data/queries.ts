import { graphql, type ResultOf } from '../../../shared/graphql/graphql.ts';
import { CallFields, SentFields } from '../../../shared/transactions/queries.ts';
import type { TermsGroup } from '../../terms/difference.ts';
import { BuybackVersionFields, ChangeTopicFields, RuleSetFields } from '../../terms/fields.ts';

/** One change with everything that decides about it. */
export const ChangeQuery = graphql(
  `
    query Change($number: UInt!) {
      viewer {
        program {
          clock {
            now
            currentEpoch
            startsAt
            epochSeconds
          }
          settings {
            firstRoundAt
            roundPeriodSeconds
            roundWindowSeconds
            settlementToken {
              symbol
              decimals
            }
          }
          currentRound {
            state
          }
          ruleSets(first: 8) {
            edges {
              node {
                ...RuleSetFields
              }
            }
          }
          buybackTerms(first: 20) {
            edges {
              node {
                ...BuybackVersionFields
              }
            }
          }
          change(number: $number) {
            ...ChangeTopicFields
            diesAt
            firstEligibleRound
            objections
            objectionsNeeded
            struckDownBy
            becameVersion
            stale
            blockNumber
            transactionHash
            resolved {
              at
              transactionHash
            }
            proposedRules {
              document {
                text
              }
            }
          }
          document {
            text
          }
        }
        member {
          account
          ownAccount
          isCustodial
          balance {
            settled
            accounts {
              account
              settled
            }
          }
          objections(first: 50) {
            edges {
              node {
                changeNumber
                holder
                amount
                locked
              }
            }
          }
        }
      }
    }
  `,
  [RuleSetFields, BuybackVersionFields, ChangeTopicFields],
);

export type ChangeView = ResultOf<typeof ChangeQuery>['viewer'];
export type WholeChange = NonNullable<ChangeView['program']['change']>;

/** A change as its page shows it. */
export interface ChangeParts {
  readonly viewer: ChangeView;
  readonly change: WholeChange;
  /** What differs; null when the version that it was compared with is too old to be here. */
  readonly groups: readonly TermsGroup[] | null;
}

/** What a member did of late, newest epoch first. */
export const PastLinesQuery = graphql(`
  query PastLines($fromEpoch: UInt!, $after: String) {
    viewer {
      member {
        history(fromEpoch: $fromEpoch, first: 100, after: $after) {
          edges {
            node {
              epoch
              state
              count
              amount
              rule {
                ruleId
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
  }
`);

/** Rounds in which a member offered points, newest first. */
export const PastOffersQuery = graphql(`
  query PastOffers {
    viewer {
      member {
        shares(first: 20) {
          edges {
            node {
              amount
              round {
                number
                tendered
                result {
                  budget
                  covered
                }
              }
            }
          }
        }
      }
    }
  }
`);

/** Locks points against a change until its notice ends. */
export const ObjectMutation = graphql(
  `
    mutation Object($input: ChangeObjectInput!) {
      payload: changeObject(input: $input) {
        call {
          ...CallFields
        }
        transaction {
          ...SentFields
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `,
  [SentFields, CallFields],
);

/** Gets back what was locked against a change. */
export const ReleaseMutation = graphql(
  `
    mutation Release($input: ObjectionReleaseInput!) {
      payload: objectionRelease(input: $input) {
        call {
          ...CallFields
        }
        transaction {
          ...SentFields
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `,
  [SentFields, CallFields],
);
