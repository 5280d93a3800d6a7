import { graphql } from '../../../../shared/graphql/graphql.ts';

/** What is shown of an endpoint. */
export const EndpointFields = graphql(`
  fragment EndpointFields on WebhookEndpoint {
    id
    url
    description
    state
    failures
    kinds
    lastTakenAt
    createdAt
    secretsEndAt
    program {
      id
      name
    }
  }
`);

/** Endpoints of the organisation in the environment of the program. */
export const EndpointsQuery = graphql(
  `
    query Endpoints {
      webhookEndpoints {
        ...EndpointFields
      }
    }
  `,
  [EndpointFields],
);

/** What was sent to an endpoint, newest first. */
export const DeliveriesQuery = graphql(`
  query Deliveries($endpointId: String!, $state: WebhookDeliveryState, $after: String) {
    webhookDeliveries(endpointId: $endpointId, state: $state, first: 20, after: $after) {
      edges {
        node {
          id
          eventId
          type
          state
          createdAt
          nextAttemptAt
          attempts {
            at
            durationMs
            status
            failure
            answer
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** Makes an endpoint; its secret is in this answer alone. */
export const EndpointCreate = graphql(`
  mutation EndpointCreate($input: WebhookEndpointCreateInput!) {
    payload: webhookEndpointCreate(input: $input) {
      secret
      endpoint {
        id
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Enables or disables an endpoint. */
export const EndpointUpdate = graphql(`
  mutation EndpointUpdate($input: WebhookEndpointUpdateInput!) {
    payload: webhookEndpointUpdate(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Deletes an endpoint, with its log. */
export const EndpointDelete = graphql(`
  mutation EndpointDelete($input: WebhookEndpointDeleteInput!) {
    payload: webhookEndpointDelete(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Sends a test event. */
export const EndpointTest = graphql(`
  mutation EndpointTest($input: WebhookTestInput!) {
    payload: webhookTest(input: $input) {
      delivery {
        id
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Gives an endpoint another secret. */
export const SecretRotate = graphql(`
  mutation SecretRotate($input: WebhookSecretRotateInput!) {
    payload: webhookSecretRotate(input: $input) {
      secret
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Sends a delivery again. */
export const DeliveryResend = graphql(`
  mutation DeliveryResend($input: WebhookResendInput!) {
    payload: webhookResend(input: $input) {
      delivery {
        id
        state
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Sends again all that was not taken since a moment. */
export const ResendSince = graphql(`
  mutation ResendSince($input: WebhookResendSinceInput!) {
    payload: webhookResendSince(input: $input) {
      resent
      nextSince
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** The secret in an answer; null for none. */
export const secretIn = (payload: unknown): string | null =>
  ((payload ?? {}) as { readonly secret?: string | null }).secret ?? null;

/** How many events an answer says are sent again, and from when on there are others; null for none. */
export function resentIn(payload: unknown): {
  readonly resent: number | null;
  readonly nextSince: string | null;
} {
  const { resent = null, nextSince = null } = (payload ?? {}) as Partial<
    ReturnType<typeof resentIn>
  >;
  return { resent, nextSince };
}
