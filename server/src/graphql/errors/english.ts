import type { ErrorCode } from '../../domain/errors.ts';
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
  IDEMPOTENCY_KEY_REUSED: {
    wrong: 'This idempotencyKey stands for another act already.',
    remedy: 'Give every act a key of its own; to repeat a call, repeat it unchanged.',
  },
  BUSY: {
    wrong: 'An act of this member is still under way, or too many acts are waiting.',
    remedy: 'Repeat the same call after the time in "retryAfterMs"; repeating never acts twice.',
  },
  QUOTA_USED_UP: {
    wrong: 'This member has used up the acts that are paid for in an hour.',
    remedy: 'Repeat the call later, or send the call from an own wallet, which has no quota.',
  },
  NOT_OPERATOR: {
    wrong: "The service's key is not the operator of this program on chain.",
    remedy: "Act with the wallet that the operator's role was handed to.",
  },
  REFUSED_BY_CONTRACT: {
    wrong:
      'The contract refuses the call for a reason that has no code of its own. The message has its name.',
    remedy: 'Read the message; if it makes no sense, report it with the "requestId".',
  },
  INSUFFICIENT_POINTS: {
    wrong: 'The account has fewer settled points than the call needs.',
    remedy: 'Collect what is earned, wait until it is settled, or ask for less.',
  },
  INVALID_MOVE: {
    wrong: "The new account did not sign this move, or can't take it.",
    remedy:
      'Sign the data of accountMoveTypedData with the new account, which is no contract of the program and not the old one.',
  },
  RULE_NAME_TAKEN: {
    wrong: 'Another rule has this name, in this rule set or in a published one.',
    remedy: 'Apps report by name, so give every rule a name of its own.',
  },
  RULE_WORDS_FIXED: {
    wrong: 'A rule id was published with another name or text.',
    remedy: 'Repeat name and text of an id exactly, or take an id that was never used.',
  },
  NOT_A_TOKEN: {
    wrong: 'The settlement token is no contract that answers like an ERC-20.',
    remedy: 'Check its address and the chain.',
  },
  PROGRAM_EXISTS: {
    wrong: 'A program with these settings and this idempotencyKey is on chain already.',
    remedy: 'To create another one with the same settings, use another idempotencyKey.',
  },
  CHANGE_PENDING: {
    wrong:
      'A change that hurts somebody is pending; another one, or an improvement of the same terms, waits for it.',
    remedy: 'Wait until it is enacted, struck down or dead, or withdraw it.',
  },
  COOLDOWN: {
    wrong:
      'After a change that was struck down, withdrawn or left to die, no hurtful one may be announced for one notice period.',
    remedy: 'Announce it again after the moment that the message names.',
  },
  NOT_BEFORE_TOO_LATE: {
    wrong: 'A hurtful rule set must begin within 14 days after its notice ends.',
    remedy: 'Choose an earlier "notBefore"; the message names the latest one.',
  },
  NOT_PENDING: {
    wrong: 'The change is not pending: it is enacted, struck down, withdrawn or dead.',
    remedy: 'Nothing to do; announce a new one if you want it again.',
  },
  NOTICE_RUNS: {
    wrong: 'The notice of the change has not ended.',
    remedy: 'Repeat the call after the moment that the message names.',
  },
  NOTICE_OVER: {
    wrong: 'The notice of the change has ended; its verdict is final.',
    remedy: 'Objections count during the notice only.',
  },
  LAST_ROUND_OWED: {
    wrong:
      'No round on the old terms has closed with its whole budget in the reserve since the notice ended.',
    remedy:
      'Fund the reserve before the round closes that the message names, and enact after its close.',
  },
  OUTDATED: {
    wrong: 'The change was compared with terms that are no longer the newest ones.',
    remedy: 'Withdraw it and announce it again.',
  },
  NOTHING_TO_RELEASE: {
    wrong: 'This account has no points locked against this change.',
    remedy: 'Nothing to do: what was locked is back already.',
  },
  ROUND_NOT_OPEN: {
    wrong: 'This round is not open now.',
    remedy: 'Tender and untender while a round is open; the field "round" names the one that is.',
  },
  ROUND_NOT_SETTLED: {
    wrong: 'This round has not closed, or nobody tendered in it.',
    remedy: 'Claim after its close.',
  },
  BELOW_MIN_TENDER: {
    wrong:
      'What the account would have in the round is more than nothing and less than the minimum.',
    remedy: 'Tender at least the minimum that the message names, or untender everything.',
  },
  INSUFFICIENT_TENDER: {
    wrong: 'The account has less in the round than it wants to take out.',
    remedy: 'Untender at most what the message names.',
  },
  NOTHING_TO_CLAIM: {
    wrong: 'There is nothing left to claim for this account in this round.',
    remedy: 'Nothing to do: it was handed out already, or nothing was tendered.',
  },
  INSUFFICIENT_MONEY: {
    wrong: "The operator's account has less of the settlement token than that.",
    remedy: "Transfer money to the operator's account that the message names first.",
  },
  EXCEEDS_WITHDRAWABLE: {
    wrong:
      'More than may be withdrawn: the rest is owed, or the budget of the open or the next round.',
    remedy: 'Withdraw at most what the message names.',
  },
  UNEXPECTED_TRANSFER: {
    wrong: 'The settlement token moved another amount than it was asked to.',
    remedy: "Tokens that take a fee can't fill the reserve.",
  },
  ITEM_WITHDRAWN: { wrong: "The item can't be ordered any more.", remedy: 'Choose another item.' },
  NO_WITHDRAWAL_SCHEDULED: {
    wrong: 'No withdrawal of this item is scheduled that could be called off.',
    remedy: 'Nothing to do; an item that is withdrawn already has to be added again.',
  },
  OUT_OF_STOCK: {
    wrong: 'There are fewer pieces of the item left.',
    remedy: 'Order at most what the message names.',
  },
  PRICE_TOO_HIGH: {
    wrong: 'The item costs more now than the member agreed to.',
    remedy: 'Show the member the new price and ask again.',
  },
  ORDER_REF_USED: {
    wrong: 'This account has another order under the same reference.',
    remedy: 'Give every order a reference of its own.',
  },
  ORDER_NOT_OPEN: {
    wrong: 'The order is fulfilled or refunded already.',
    remedy: 'Nothing to do.',
  },
  DEADLINE_PASSED: {
    wrong: 'The deadline has passed.',
    remedy:
      'An order can only be refunded then; a signature has to be made again with a later deadline.',
  },
  DEADLINE_NOT_REACHED: {
    wrong: 'Before its deadline only the operator may refund the order.',
    remedy: 'Repeat the call after the moment that the message names.',
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
