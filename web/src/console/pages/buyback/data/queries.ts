import { graphql, type ResultOf } from '../../../../shared/graphql/graphql.ts';
import { DraftFields } from '../../../announcing/drafts/queries.ts';
import { WaysFields } from '../../../announcing/outlook.ts';
import { DeskClockFields } from '../../../terms/fields.ts';

const TermsFields = graphql(`
  fragment TermsFields on BuybackTerms {
    version
    fromRound
    pricePerPoint
    budgetPerRound
    minTender
    transactionHash
  }
`);

const DeskRoundFields = graphql(
  `
    fragment DeskRoundFields on Round {
      number
      state
      opensAt
      closesAt
      holders
      tendered
      stale
      cover {
        available
        budget
        covered
      }
      expected {
        filled
        payout
      }
      result {
        budget
        covered
        filled
        payout
        settled {
          at
          blockNumber
          transactionHash
        }
      }
      terms {
        ...TermsFields
      }
    }
  `,
  [TermsFields],
);

/** When rounds are, and what they are paid in. */
const CalendarFields = graphql(`
  fragment CalendarFields on ProgramSettings {
    backed
    buyback
    noticeSeconds
    firstRoundAt
    roundPeriodSeconds
    roundWindowSeconds
    settlementToken {
      address
      symbol
      decimals
    }
  }
`);

/** How the buyback stands: its terms, its rounds of now, and its money. */
export const BuybackNowQuery = graphql(
  `
    query BuybackNow {
      program {
        clock {
          ...DeskClockFields
        }
        settings {
          ...CalendarFields
        }
        reserve {
          total
          owed
          withdrawable
          asOfBlock
          stale
        }
        currentRound {
          ...DeskRoundFields
        }
        nextRound {
          ...DeskRoundFields
        }
        buybackTerms(first: 20) {
          edges {
            node {
              ...TermsFields
            }
          }
        }
        operatorAccount {
          address
          ofService
          money
        }
        pendingChange {
          number
          target
        }
      }
    }
  `,
  [DeskClockFields, CalendarFields, DeskRoundFields, TermsFields],
);

/** Rounds that have opened, newest first. */
export const DeskRoundsQuery = graphql(
  `
    query DeskRounds($after: String) {
      program {
        rounds(first: 20, after: $after) {
          stale
          edges {
            node {
              ...DeskRoundFields
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
  [DeskRoundFields],
);

/** One round. */
export const DeskRoundQuery = graphql(
  `
    query DeskRound($number: UInt!) {
      program {
        clock {
          now
        }
        settings {
          ...CalendarFields
        }
        round(number: $number) {
          ...DeskRoundFields
        }
      }
    }
  `,
  [CalendarFields, DeskRoundFields],
);

/** What a change of the terms begins from, and what past rounds were. */
export const TermsChangeQuery = graphql(
  `
    query TermsChange {
      program {
        name
        ...WaysFields
        termsDraft(target: BUYBACK) {
          ...DraftFields
        }
        clock {
          ...DeskClockFields
        }
        settings {
          ...CalendarFields
        }
        supply {
          outstanding
        }
        nextRound {
          number
        }
        newest: buybackTerms(first: 1) {
          stale
          edges {
            node {
              ...TermsFields
            }
          }
        }
        past: rounds(first: 20) {
          edges {
            node {
              number
              tendered
              result {
                budget
                covered
                filled
                payout
              }
            }
          }
        }
      }
    }
  `,
  [WaysFields, DeskClockFields, CalendarFields, TermsFields, DraftFields],
);

/** Versions of the terms, newest first. */
export const DeskTermsQuery = graphql(
  `
    query DeskTerms($after: String) {
      program {
        buybackTerms(first: 20, after: $after) {
          edges {
            node {
              ...TermsFields
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
  [TermsFields],
);

export type BuybackNow = NonNullable<ResultOf<typeof BuybackNowQuery>['program']>;
export type TermsChange = NonNullable<ResultOf<typeof TermsChangeQuery>['program']>;
export type DeskTerms = ResultOf<typeof TermsFields>;
export type DeskRound = ResultOf<typeof DeskRoundFields>;
export type RoundCalendarSettings = ResultOf<typeof CalendarFields>;
