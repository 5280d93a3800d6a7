import { graphql, type ResultOf } from '../../../../shared/graphql/graphql.ts';
import { SentFields } from '../../../../shared/transactions/queries.ts';
import { DeskClockFields, DeskRuleFields, DeskRuleSetFields } from '../../../terms/fields.ts';

const ChangeRowFields = graphql(`
  fragment ChangeRowFields on Change {
    number
    state
    target
    announcedAt
    noticeEndsAt
    hurtsMembers
    hurtsHolders
    objections
    objectionsNeeded
    struckDownBy
    becameVersion
    resolved {
      at
    }
  }
`);

/** Changes of terms, newest first. */
export const DeskChangesQuery = graphql(
  `
    query DeskChanges($after: String) {
      program {
        clock {
          now
        }
        changes(first: 20, after: $after) {
          stale
          edges {
            node {
              ...ChangeRowFields
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
  [ChangeRowFields],
);

/** One change, with what it was compared with. */
export const DeskChangeQuery = graphql(
  `
    query DeskChange($number: UInt!) {
      program {
        address
        chainId
        createdAt {
          blockNumber
        }
        clock {
          ...DeskClockFields
        }
        settings {
          noticeSeconds
          firstRoundAt
          roundPeriodSeconds
          roundWindowSeconds
          settlementToken {
            symbol
          }
        }
        changeRest {
          until
          strikesInARow
        }
        ruleSets(first: 10) {
          edges {
            node {
              ...DeskRuleSetFields
            }
          }
        }
        buybackTerms(first: 10) {
          edges {
            node {
              version
              fromRound
              pricePerPoint
              budgetPerRound
              minTender
            }
          }
        }
        change(number: $number) {
          ...ChangeRowFields
          stale
          comparedVersion
          diesAt
          earliestEffect
          earliestEnactment
          firstEligibleRound
          isStrike
          withdrawalIsStrike
          blockNumber
          transactionHash
          objectionsOverTime {
            at
            objections
          }
          proposedBuyback {
            pricePerPoint
            budgetPerRound
            minTender
          }
          proposedRules {
            budgetPerEpoch
            documentHash
            rules {
              ...DeskRuleFields
            }
          }
        }
      }
    }
  `,
  [ChangeRowFields, DeskClockFields, DeskRuleFields, DeskRuleSetFields],
);

/** Takes a change back before it is enacted. */
export const ChangeWithdraw = graphql(
  `
    mutation ChangeWithdraw($input: ChangeWithdrawInput!) {
      payload: changeWithdraw(input: $input) {
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
  [SentFields],
);

/** Puts a change in force that is due. */
export const ChangeEnact = graphql(
  `
    mutation ChangeEnact($input: ChangeEnactInput!) {
      payload: changeEnact(input: $input) {
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
  [SentFields],
);

export type ChangeRow = ResultOf<typeof ChangeRowFields>;
export type ChangeOfProgram = NonNullable<ResultOf<typeof DeskChangeQuery>['program']>;
export type DeskChange = NonNullable<ChangeOfProgram['change']>;
