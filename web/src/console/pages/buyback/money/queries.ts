import { graphql, type ResultOf } from '../../../../shared/graphql/graphql.ts';

/** Whether reserves are topped up by card, and out of which token; and the top-ups of this one. */
export const TopUpsQuery = graphql(`
  query DeskTopUps {
    billing {
      topUps {
        enabled
        stopped
        currency
        settlementToken
      }
    }
    program {
      reserveTopUps(first: 20) {
        id
        amount
        state
        reason
        debt
        startedAt
        countsFrom
        creditedAt
      }
    }
  }
`);

/** Opens the page on which a card pays. */
export const TopUpStart = graphql(`
  mutation DeskTopUpStart($input: ReserveTopUpStartInput!) {
    payload: reserveTopUpStart(input: $input) {
      url
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export type DeskTopUp = NonNullable<
  ResultOf<typeof TopUpsQuery>['program']
>['reserveTopUps'][number];
