import { graphql, type ResultOf } from '../../shared/graphql/graphql.ts';

/** One action with what became of it. */
export const DeskActionFields = graphql(`
  fragment DeskActionFields on Action {
    memberId
    eventId
    epoch
    count
    amount
    points
    state
    why
    heldBack
    occurredAt
    recordedAt
    maturesAt
    voidableUntil
    actor
    reason
    evidenceHash
    voidedAt
    voidReason
    voidActor
    held {
      actor
      reason
    }
    released {
      actor
      reason
    }
    rule {
      ruleId
      name
      look {
        label {
          en
          zh
        }
      }
    }
    statement {
      account
      askedAt
      closesAt
      settlesAfter
    }
    settled {
      at
      blockNumber
      transactionHash
    }
  }
`);

export type DeskAction = ResultOf<typeof DeskActionFields>;

/** Voids actions that do not count yet. */
export const ActionsVoid = graphql(`
  mutation ActionsVoid($input: ActionsVoidInput!) {
    payload: actionsVoid(input: $input) {
      results {
        status
        memberId
        eventId
        code
        field
        message
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Holds actions for review: they count as late as can be. */
export const ActionsHold = graphql(`
  mutation ActionsHold($input: ActionsHoldInput!) {
    payload: actionsHold(input: $input) {
      results {
        status
        memberId
        eventId
        code
        field
        message
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Lets actions count at once, before their time. */
export const ActionsRelease = graphql(`
  mutation ActionsRelease($input: ActionsReleaseInput!) {
    payload: actionsRelease(input: $input) {
      results {
        status
        memberId
        eventId
        code
        field
        message
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);
