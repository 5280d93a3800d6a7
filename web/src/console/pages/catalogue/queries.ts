import { graphql, type ResultOf } from '../../../shared/graphql/graphql.ts';
import { SentFields } from '../../../shared/transactions/queries.ts';

/** An item with all that the catalogue shows of it. */
const DeskItemFields = graphql(`
  fragment DeskItemFields on Item {
    number
    text
    price
    stock
    available
    scheduledPrice
    scheduledPriceAt
    withdrawnAt
    look {
      icon
      label {
        en
        zh
      }
    }
  }
`);

/** A page of items, oldest first, with how long the notice of a rise is. */
export const DeskItemsQuery = graphql(
  `
    query DeskItems($after: String) {
      program {
        clock {
          now
        }
        settings {
          noticeSeconds
        }
        items(first: 50, after: $after) {
          stale
          edges {
            node {
              ...DeskItemFields
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
  [DeskItemFields],
);

/** One item, with how its orders ended. */
export const DeskItemQuery = graphql(
  `
    query DeskItem($number: UInt!) {
      program {
        clock {
          now
        }
        settings {
          noticeSeconds
        }
        item(number: $number) {
          ...DeskItemFields
          blockNumber
          transactionHash
          stale
          orderCounts {
            open
            fulfilled
            refused
            overdue
          }
        }
      }
    }
  `,
  [DeskItemFields],
);

/** How all items are shown: they are written together. */
export const ItemLooksQuery = graphql(`
  query ItemLooks($after: String) {
    program {
      items(first: 100, after: $after) {
        edges {
          node {
            number
            look {
              icon
              label {
                en
                zh
              }
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
`);

export const ItemAdd = graphql(
  `
    mutation DeskItemAdd($input: ItemAddInput!) {
      payload: itemAdd(input: $input) {
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

export const ItemPriceSet = graphql(
  `
    mutation DeskItemPriceSet($input: ItemPriceSetInput!) {
      payload: itemPriceSet(input: $input) {
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

export const ItemStockAdd = graphql(
  `
    mutation DeskItemStockAdd($input: ItemStockAddInput!) {
      payload: itemStockAdd(input: $input) {
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

export const ItemWithdraw = graphql(
  `
    mutation DeskItemWithdraw($input: ItemWithdrawInput!) {
      payload: itemWithdraw(input: $input) {
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

export const ItemKeep = graphql(
  `
    mutation DeskItemKeep($input: ItemWithdrawalCancelInput!) {
      payload: itemWithdrawalCancel(input: $input) {
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

export const ItemLooksSet = graphql(`
  mutation DeskItemLooksSet($input: ProgramLookSetInput!) {
    payload: programLookSet(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** An item of the list. */
export type DeskItem = ResultOf<typeof DeskItemFields>;
/** The program around one item. */
export type ItemProgram = NonNullable<ResultOf<typeof DeskItemQuery>['program']>;
/** One item, with how its orders ended. */
export type WholeItem = NonNullable<ItemProgram['item']>;
