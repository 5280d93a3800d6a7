import { graphql } from '../../../../shared/graphql/graphql.ts';

/** What the code to paste is made of. */
export const ConnectQuery = graphql(`
  query Connect {
    program {
      clock {
        now
      }
      ruleSets(first: 1) {
        edges {
          node {
            rules {
              name
              perMillionUnits
            }
          }
        }
      }
    }
  }
`);

/** The newest actions, and what was refused of the last calls. */
export const FeedQuery = graphql(`
  query Feed {
    program {
      clock {
        now
      }
      actions(first: 3) {
        edges {
          node {
            memberId
            eventId
            count
            amount
            points
            state
            recordedAt
            rule {
              name
            }
          }
        }
      }
      rejectedActions {
        code
        samples {
          at
          memberId
          eventId
          field
          message
        }
      }
    }
  }
`);

/** Makes a way into the wallet of a member, good once. */
export const WalletLinkTicketCreate = graphql(`
  mutation WalletLinkTicketCreate($input: WalletLinkTicketCreateInput!) {
    payload: walletLinkTicketCreate(input: $input) {
      ticket
      expiresAt
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** The ticket in an answer; null for none. */
export const ticketIn = (payload: unknown): string | null =>
  ((payload ?? {}) as { readonly ticket?: string | null }).ticket ?? null;
