import { graphql, type ResultOf } from '../../shared/graphql/graphql.ts';
import { CallFields, SentFields } from '../../shared/transactions/queries.ts';

/** A round with what it pays, and how it ended. */
export const RoundFields = graphql(`
  fragment RoundFields on Round {
    number
    state
    opensAt
    closesAt
    tendered
    holders
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
    result {
      budget
      filled
      payout
    }
  }
`);

/** What the member offered in a round, and what was paid for it. */
export const ShareFields = graphql(`
  fragment ShareFields on Share {
    holder
    amount
    paid
    returned
    moneyClaimed
    pointsClaimed
    round {
      number
    }
  }
`);

/** Everything of the buyback, in one question. */
export const BuybackQuery = graphql(
  `
    query Buyback {
      viewer {
        program {
          clock {
            now
          }
          settings {
            roundPeriodSeconds
            roundWindowSeconds
            settlementToken {
              symbol
              decimals
            }
          }
          currentRound {
            ...RoundFields
          }
          nextRound {
            ...RoundFields
          }
          rounds(first: 20) {
            edges {
              node {
                ...RoundFields
              }
            }
          }
        }
        member {
          account
          ownAccount
          isCustodial
          balance {
            stale
            accounts {
              account
              settled
              pending
              maturing
            }
          }
          shares(first: 20) {
            edges {
              node {
                ...ShareFields
              }
            }
          }
          money {
            owed
            account
          }
        }
      }
    }
  `,
  [RoundFields, ShareFields],
);

/** Offers points in a round. */
export const TenderMutation = graphql(
  `
    mutation Tender($input: RoundTenderInput!) {
      payload: roundTender(input: $input) {
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

/** Takes offered points back. */
export const UntenderMutation = graphql(
  `
    mutation Untender($input: RoundUntenderInput!) {
      payload: roundUntender(input: $input) {
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

/** Has an own wallet get its part of a round: what came back, or the money. */
export const ClaimMutation = graphql(
  `
    mutation Claim($input: RoundClaimInput!) {
      payload: roundClaim(input: $input) {
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

/** What is known of the buyback. */
export type BuybackView = ResultOf<typeof BuybackQuery>['viewer'];
/** A round with all its numbers. */
export type FullRound = ResultOf<typeof RoundFields>;
/** The member's part in a round. */
export type OwnShare = ResultOf<typeof ShareFields>;
