import { graphql } from '../../../../shared/graphql/graphql.ts';
import { SentFields } from '../../../../shared/transactions/queries.ts';

/** Puts money of the operator's account into the reserve. */
export const ReserveDeposit = graphql(
  `
    mutation DeskReserveDeposit($input: ReserveDepositInput!) {
      payload: reserveDeposit(input: $input) {
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

/** Takes money out of the reserve that is not promised. */
export const ReserveWithdraw = graphql(
  `
    mutation DeskReserveWithdraw($input: ReserveWithdrawInput!) {
      payload: reserveWithdraw(input: $input) {
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

/** Works out the result of rounds that have closed. */
export const RoundSettle = graphql(
  `
    mutation DeskRoundSettle($input: RoundSettleInput!) {
      payload: roundSettle(input: $input) {
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
