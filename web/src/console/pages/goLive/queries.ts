import { graphql, type ResultOf } from '../../../shared/graphql/graphql.ts';

/** What of a program is taken over into another one, and what never changes of it. */
export const CopiedQuery = graphql(`
  query CopiedProgram {
    program {
      name
      symbol
      transferable
      settlementWindow
      clock {
        epochSeconds
        startsAt
      }
      settings {
        backed
        noticeSeconds
        objectionThresholdBps
        objectionCap
        orderDeadlineSeconds
        roundPeriodSeconds
        roundWindowSeconds
        firstRoundAt
        settlementToken {
          address
          symbol
          decimals
        }
      }
      ruleSets(first: 1) {
        edges {
          node {
            version
            budgetPerEpoch
            documentHash
            rules {
              ruleId
              name
              text
              perAction
              perMillionUnits
              maxCount
              maxPoints
              untilEpoch
            }
          }
        }
      }
      buybackTerms(first: 1) {
        edges {
          node {
            version
            pricePerPoint
            budgetPerRound
            minTender
          }
        }
      }
      pendingChange {
        number
      }
    }
  }
`);

/** What the live chain has for the organisation: who pays for gas there, and how it stands with its payments. */
export const LiveQuery = graphql(`
  query Live {
    gasTank {
      account
      low
    }
    billing {
      enabled
      standing
    }
  }
`);

export type SourceProgram = NonNullable<ResultOf<typeof CopiedQuery>['program']>;
export type LiveStanding = ResultOf<typeof LiveQuery>;
