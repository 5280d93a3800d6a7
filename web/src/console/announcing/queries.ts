import { graphql } from '../../shared/graphql/graphql.ts';
import { SentFields } from '../../shared/transactions/queries.ts';
import { OutlookFields } from './outlook.ts';

/** Asks the contract what an announcement would do, and announces nothing. */
export const ContractOutlook = graphql(
  `
    mutation ContractOutlook($input: ChangeAnnounceInput!) {
      payload: changeAnnounce(input: $input) {
        outlook {
          ...OutlookFields
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `,
  [OutlookFields],
);

/** Announces terms, for all to see. */
export const DeskAnnounce = graphql(
  `
    mutation DeskAnnounce($input: ChangeAnnounceInput!) {
      payload: changeAnnounce(input: $input) {
        change {
          number
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
  [SentFields],
);
