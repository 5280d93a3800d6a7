import { graphql, type ResultOf } from '../../../shared/graphql/graphql.ts';
import { SentFields } from '../../../shared/transactions/queries.ts';
import {
  ActivityFields,
  LineStateFields,
  OrderNameFields,
  RuleNameFields,
} from '../../points/fields.ts';
import { BuybackVersionFields, ChangeTopicFields, RuleSetFields } from '../../terms/fields.ts';

/** Everything of the home, in one question. */
export const HomeQuery = graphql(
  `
    query Home {
      viewer {
        memberId
        program {
          symbol
          recordingStopped {
            since
          }
          clock {
            now
            currentEpoch
            epochSeconds
            startsAt
          }
          settings {
            backed
            settlementToken {
              symbol
            }
          }
          ruleSets(first: 3) {
            edges {
              node {
                ...RuleSetFields
              }
            }
          }
          buybackTerms(first: 3) {
            edges {
              node {
                ...BuybackVersionFields
              }
            }
          }
          pendingChange {
            ...ChangeTopicFields
            firstEligibleRound
            objections
            objectionsNeeded
          }
          currentRound {
            number
            state
            opensAt
            closesAt
            cover {
              available
              budget
              covered
            }
            terms {
              pricePerPoint
              budgetPerRound
              minTender
            }
          }
        }
        member {
          balance {
            settled
            pending
            maturing
            locked
            tendered
            objected
            ordered
            asOfBlock
            stale
          }
          drops {
            epoch
            points
            maturing
            settlesAfter
            closesAt
            heldBack
            parts {
              rule {
                ...RuleNameFields
              }
              count
              points
              maturing
              maturesAt
            }
          }
          activity(
            first: 5
            kinds: [
              EARNED
              TENDERED
              BOUGHT
              RETURNED
              OBJECTED
              RELEASED
              ORDERED
              FULFILLED
              REFUNDED
              MOVED
              MONEY_SENT
            ]
          ) {
            edges {
              node {
                ...ActivityFields
              }
            }
          }
          history(first: 20) {
            edges {
              node {
                ...LineStateFields
              }
            }
          }
          orders(first: 5) {
            edges {
              node {
                ...OrderNameFields
              }
            }
          }
          openTransactions {
            ...SentFields
          }
        }
      }
    }
  `,
  [
    RuleNameFields,
    ActivityFields,
    LineStateFields,
    OrderNameFields,
    SentFields,
    RuleSetFields,
    BuybackVersionFields,
    ChangeTopicFields,
  ],
);

/** What the home knows. */
export type HomeView = ResultOf<typeof HomeQuery>['viewer'];
export type HomeMember = NonNullable<HomeView['member']>;

/** Asks for everything that the member earned and that is not settled. */
export const CollectMutation = graphql(`
  mutation Collect {
    dropsCollect(input: {}) {
      drops {
        epoch
        points
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);
