import { graphql, type ResultOf } from '../../../shared/graphql/graphql.ts';

/** How the organisation stands with its payments. */
export const BillingQuery = graphql(`
  query ConsoleBilling {
    billing {
      enabled
      standing
      plan {
        state
        startedAt
        periodEnd
        cancelsAt
      }
      graceUntil
      recordingStopped {
        since
        reason
      }
      days(last: 31) {
        day
        actions
        free
      }
    }
  }
`);

/** Bills, asked apart: the provider of payments may be away. */
export const InvoicesQuery = graphql(`
  query ConsoleInvoices {
    billing {
      invoices(first: 24) {
        id
        number
        state
        totalMinorUnits
        currency
        createdAt
        url
        pdfUrl
      }
    }
  }
`);

export const CheckoutMutation = graphql(`
  mutation ConsoleCheckout($input: BillingCheckoutStartInput!) {
    payload: billingCheckoutStart(input: $input) {
      url
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const PortalMutation = graphql(`
  mutation ConsolePortal($input: BillingPortalOpenInput!) {
    payload: billingPortalOpen(input: $input) {
      url
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export type BillingState = ResultOf<typeof BillingQuery>['billing'];
export type UsageDays = BillingState['days'];
export type Invoices = ResultOf<typeof InvoicesQuery>['billing']['invoices'];
