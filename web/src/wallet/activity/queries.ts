import { graphql, type ResultOf } from '../../shared/graphql/graphql.ts';
import {
  ActivityFields,
  LineStateFields,
  OrderNameFields,
  RuleNameFields,
} from '../points/fields.ts';
import { ReceiptFields } from '../receipts/queries.ts';

/** A page of what happened, with what its rows need to be told. */
export const ActivityQuery = graphql(
  `
    query Activities($after: String, $kinds: [ActivityKind!]) {
      viewer {
        program {
          clock {
            now
          }
          settings {
            settlementToken {
              symbol
            }
          }
        }
        member {
          balance {
            stale
          }
          drops {
            epoch
            settlesAfter
            parts {
              rule {
                ruleId
              }
              points
              maturing
            }
          }
          activity(first: 20, after: $after, kinds: $kinds) {
            edges {
              node {
                ...ActivityFields
              }
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
          history(first: 50) {
            edges {
              node {
                ...LineStateFields
              }
            }
          }
          orders(first: 20) {
            edges {
              node {
                ...OrderNameFields
              }
            }
          }
        }
      }
    }
  `,
  [RuleNameFields, ActivityFields, LineStateFields, OrderNameFields],
);

/** One line of a day: what it was counted from. */
export const LineFields = graphql(
  `
    fragment LineFields on HistoryEntry {
      epoch
      eventId
      state
      heldBack
      reason
      voidedAt
      count
      amount
      points
      minted
      ruleSetVersion
      transactionHash
      settled {
        at
        blockNumber
        transactionHash
      }
      rule {
        ...RuleNameFields
        perAction
        perMillionUnits
        maxCount
        maxPoints
        untilEpoch
      }
      receipt {
        ...ReceiptFields
      }
    }
  `,
  [RuleNameFields, ReceiptFields],
);

/** Lines from a day on, newest day first. */
export const LinesQuery = graphql(
  `
    query Lines($fromEpoch: UInt, $after: String) {
      viewer {
        program {
          clock {
            now
            startsAt
            epochSeconds
          }
          ruleSets(first: 1) {
            edges {
              node {
                version
                rules {
                  ruleId
                  perAction
                  perMillionUnits
                  maxCount
                  maxPoints
                }
              }
            }
          }
        }
        member {
          history(fromEpoch: $fromEpoch, first: 20, after: $after) {
            edges {
              node {
                ...LineFields
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
  `,
  [LineFields],
);

/** A line with all its numbers. */
export type FullLine = ResultOf<typeof LineFields>;
/** Numbers of a rule. */
export type RuleNumbers = Pick<
  FullLine['rule'],
  'perAction' | 'perMillionUnits' | 'maxCount' | 'maxPoints'
>;
