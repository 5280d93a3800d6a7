import type { ErrorCode } from '../domain/errors.ts';
import type { ErrorText } from './errorCatalogue.ts';

export const ENGLISH: Readonly<Record<ErrorCode, ErrorText>> = {
  UNAUTHENTICATED: {
    wrong: 'The call carries no API key, or one that is unknown or revoked.',
    remedy: 'Send the header "Authorization: Bearer dw_test_..." with a key of this program.',
  },
  FORBIDDEN: {
    wrong: 'The API key is good, but lacks the scope that this field needs.',
    remedy: 'Use a key with the scope named in the message, or ask the operator for one.',
  },
  BAD_USER_INPUT: {
    wrong: 'A value is missing or has the wrong type. Nothing of the call was done.',
    remedy: 'Correct the field named in "field"; the schema says what it takes.',
  },
  REQUIRED: {
    wrong: 'A field that must be given is empty.',
    remedy: 'Give the field named in "field" a value.',
  },
  TOO_LONG: {
    wrong: 'A text is longer than its limit.',
    remedy: 'Shorten the field named in "field" to the length that the message names.',
  },
  OUT_OF_RANGE: {
    wrong: 'A number is below its least or above its greatest value.',
    remedy: 'Keep the field named in "field" within the range that the message names.',
  },
  MALFORMED: {
    wrong: 'A text is not of the form that its field takes.',
    remedy: 'Ids are printable ASCII, texts one line; the message says what was expected.',
  },
  LIMIT_EXCEEDED: {
    wrong: 'A call asks for more at once than is allowed. Nothing of the call was done.',
    remedy: 'Split it: 500 actions a call, 100 rows a page, 100 receipts a call.',
  },
  PAYLOAD_TOO_LARGE: {
    wrong: 'The body of the request is larger than 1 MB. Nothing of it was read.',
    remedy: 'Send fewer actions in one call.',
  },
  MALFORMED_REQUEST: {
    wrong: 'The request is not a GraphQL call: its method, its content type or its JSON is wrong.',
    remedy: 'POST one JSON object {"query", "variables"} as application/json to /graphql.',
  },
  INVALID_QUERY: {
    wrong: 'The query has a syntax error, or asks for something that the schema does not have.',
    remedy: 'Correct it at the place that the message names; GraphiQL at /graphql completes names.',
  },
  QUERY_TOO_COMPLEX: {
    wrong: 'The query is nested too deep or would return too much.',
    remedy: 'Ask for fewer fields, smaller pages, or split it into several queries.',
  },
  EVENT_ID_REUSED: {
    wrong: 'This member already has another action under the same eventId.',
    remedy: 'Give every action an eventId of its own; to repeat a call, repeat it unchanged.',
  },
  UNKNOWN_RULE: {
    wrong: 'No version of the rules of the program has a rule of this name.',
    remedy:
      'Use a name from program.ruleSets; a rule earns from the first epoch of its version on.',
  },
  IN_FUTURE: {
    wrong: 'The action is said to have happened more than 5 minutes from now.',
    remedy: 'Check the clock and the time zone of "occurredAt".',
  },
  BEFORE_START: {
    wrong: 'The action is said to have happened before the program started.',
    remedy: 'Report actions from the start of the program on.',
  },
  EPOCH_CLOSED: {
    wrong: 'The epoch in which the action happened no longer takes actions.',
    remedy:
      'Report actions within the grace period after their epoch; later ones need a new action.',
  },
  MATURES_TOO_LATE: {
    wrong: 'The action would mature too close to the end of its settlement window.',
    remedy: 'Choose an earlier "maturesAt"; the message names the latest one.',
  },
  TOO_MANY_ACTIONS: {
    wrong: 'The member has as many actions in this epoch as the log takes.',
    remedy: 'Report several alike as one action with a "count".',
  },
  UNKNOWN_ACTION: {
    wrong: 'The member has no action under this eventId.',
    remedy: 'Check memberId and eventId; both are those given when it was recorded.',
  },
  ALREADY_MATURED: {
    wrong: 'The action counts already, and what counts is never taken back.',
    remedy: 'Give actions that may be undone a "maturesAt", and void them 2 minutes before it.',
  },
  NOT_FOUND: {
    wrong: 'There is nothing under this id or address in this program.',
    remedy: 'Check the id; ids of other programs are not visible here.',
  },
  NOTHING_TO_SETTLE: {
    wrong: 'The member has earned nothing that is not settled yet.',
    remedy: 'Nothing to do.',
  },
  OVERLOADED: {
    wrong: 'More is coming in than can be stored, or the call took too long.',
    remedy: 'Repeat the same call after the time in "retryAfterMs"; repeating never counts twice.',
  },
  CHAIN_UNAVAILABLE: {
    wrong: 'No node of the chain answers.',
    remedy: 'Repeat the call later. Recording goes on meanwhile.',
  },
  CHAIN_STALE: {
    wrong: 'The newest known block is too old to decide this.',
    remedy: 'Repeat the call when the chain moves on again.',
  },
  INTERNAL: {
    wrong: 'Something unexpected went wrong on our side. Details are in the log of the server.',
    remedy: 'Repeat the call; if it stays, report the "requestId".',
  },
};
