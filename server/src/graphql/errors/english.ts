import type { ErrorCode } from '../../domain/errors.ts';
import type { ErrorText } from './errorCatalogue.ts';

export const ENGLISH: Readonly<Record<ErrorCode, ErrorText>> = {
  UNAUTHENTICATED: {
    wrong:
      'The request has no API key and no token of a member, or one that is unknown, over or revoked.',
    remedy:
      'Send the header "Authorization: Bearer dw_test_..." with a key of this program; a page of a member asks the app for a new session.',
  },
  FORBIDDEN: {
    wrong:
      'The API key, person or member is known, but lacks the scope that this field needs, or a member names another.',
    remedy:
      'Use a key with the scope, or ask an owner of the organisation for the role that has it.',
  },
  PROGRAM_NOT_NAMED: {
    wrong: 'The caller may use several programs, and the request does not say which.',
    remedy: 'Send the id of the program in the header "dewpoint-program".',
  },
  ORGANISATION_NOT_NAMED: {
    wrong: 'The caller may belong to several organisations, and the request does not say which.',
    remedy: 'Send the id or the slug of the organisation in the header "dewpoint-organisation".',
  },
  INVALID_SIGN_IN: {
    wrong: 'The message to sign in with is for another page, another chain or another time.',
    remedy:
      'Let the page make it: its own domain and URI, the chain of the program, and a fresh nonce.',
  },
  USED_OR_EXPIRED: {
    wrong: 'A ticket or a nonce was used already, is too old, or was never given out.',
    remedy: 'Ask for a fresh one; each is good once: a nonce for 10 minutes, a ticket for 15.',
  },
  RATE_LIMITED: {
    wrong:
      'The API key, the session or, without either, the address made more requests than it may in a minute. Nothing was done.',
    remedy:
      'Repeat the same request after "retryAfterMs"; the headers RateLimit and RateLimit-Policy say what is left. Record many actions in one request.',
  },
  TOO_MANY_KEYS: {
    wrong: 'The organisation has 100 API keys in this environment that are still good.',
    remedy: 'Revoke one that is not used any more; "apiKeys" shows when each was used last.',
  },
  TWO_FACTOR_REQUIRED: {
    wrong: 'An owner without an authenticator app asked for something that is for real.',
    remedy: 'Set up an authenticator app, and repeat the request.',
  },
  SLUG_TAKEN: {
    wrong: 'Another organisation has the slug.',
    remedy: 'Choose another slug.',
  },
  ALREADY_IN_TEAM: {
    wrong: 'The person is in the team already.',
    remedy: 'Change the role of the person instead.',
  },
  LAST_OWNER: {
    wrong: 'The organisation would have no owner left.',
    remedy: 'Make another person of the team an owner first.',
  },
  BAD_USER_INPUT: {
    wrong: 'A value is missing or has the wrong type. Nothing was done.',
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
    wrong: 'A number is below its minimum or above its maximum.',
    remedy: 'Keep the field named in "field" within the range that the message names.',
  },
  MALFORMED: {
    wrong: 'A value does not have the form that its field takes.',
    remedy: 'Correct the field named in "field"; the message says what was expected.',
  },
  LIMIT_EXCEEDED: {
    wrong: 'A request asks for more at once than is allowed. Nothing was done.',
    remedy: 'Split it: at most 500 actions a request, 100 rows a page and 40 receipts a request.',
  },
  PAYLOAD_TOO_LARGE: {
    wrong:
      'The body of the request is larger than 1 MB, or than 50 kB without a key. Nothing was done.',
    remedy: 'Send fewer actions in one request.',
  },
  MALFORMED_REQUEST: {
    wrong:
      'The request is not a GraphQL request: its method, its content type or its JSON is wrong.',
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
    remedy: 'Give every action an eventId of its own; repeat a request unchanged.',
  },
  UNKNOWN_RULE: {
    wrong: 'No version of the rules of the program has a rule of this name.',
    remedy: 'Use the name of a rule in "program.ruleSets".',
  },
  IN_FUTURE: {
    wrong: '"occurredAt" is more than 5 minutes in the future.',
    remedy: 'Check the clock and the time zone of "occurredAt".',
  },
  BEFORE_START: {
    wrong: '"occurredAt" is before the start of the program.',
    remedy: 'Report only actions since the start of the program.',
  },
  EPOCH_CLOSED: {
    wrong: 'The epoch in which the action happened no longer takes actions.',
    remedy:
      'Report actions within 6 hours after the end of their epoch; report a later one as a new action with a later "occurredAt".',
  },
  MATURES_TOO_LATE: {
    wrong: '"maturesAt" is too close to the end of the settlement window of the action\'s epoch.',
    remedy: 'Choose an earlier "maturesAt"; the message names the latest one.',
  },
  TOO_MANY_ACTIONS: {
    wrong: 'The member has the maximum of 10,000 actions in this epoch.',
    remedy: 'Report several equal actions as one action with a "count".',
  },
  UNKNOWN_ACTION: {
    wrong: 'The member has no action under this eventId.',
    remedy: 'Check "memberId" and "eventId"; give them as in actionsRecord.',
  },
  ALREADY_MATURED: {
    wrong:
      'The action counts already or matures within 2 minutes, and can not be voided, held or released.',
    remedy:
      'Report actions that may be undone with a "maturesAt", and void or hold them at least 2 minutes before it.',
  },
  ALREADY_VOIDED: {
    wrong: 'The action was voided and will not count; it can not be held or released.',
    remedy: 'If it should count after all, record it once more with an "eventId" of its own.',
  },
  NOT_FOUND: {
    wrong: 'The program has no object with this id, number or address.',
    remedy: 'Check the id; objects of other programs can not be seen with this API key.',
  },
  NOTHING_TO_SETTLE: {
    wrong: 'All points of the member are settled.',
    remedy: 'Nothing to do.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    wrong: 'This idempotencyKey was used with another input.',
    remedy: 'Give every write a key of its own; repeat a request unchanged.',
  },
  BUSY: {
    wrong: 'Another write of this member is not finished, or too many writes are waiting.',
    remedy:
      'Repeat the same request after the time in "retryAfterMs"; with the same idempotencyKey it writes once.',
  },
  QUOTA_USED_UP: {
    wrong:
      'The member has used up the writes that the service pays for in an hour, or the one export of its key in 24 hours, or the organisation the texts that it may store in a day.',
    remedy:
      'Repeat the request after the time in "retryAfterMs". A member can also write with "ownWallet", which has no quota.',
  },
  NOT_OPERATOR: {
    wrong: "The service's key is not the operator of this program on chain.",
    remedy: "Send the call with the wallet that has the operator's role.",
  },
  REFUSED_BY_CONTRACT: {
    wrong: 'The contract refuses the call for a reason that has no code of its own.',
    remedy:
      'Correct what the message names; if that does not help, report it with the "requestId".',
  },
  INSUFFICIENT_POINTS: {
    wrong: 'The account has fewer settled points than the write needs.',
    remedy: 'Settle earned points with dropsCollect, or use fewer points.',
  },
  INVALID_MOVE: {
    wrong: 'The new account did not sign this move, or can not receive points.',
    remedy:
      'Sign the data of accountMoveTypedData with the new account, which must not be the old account or a contract of the program.',
  },
  INVALID_SIGNATURE: {
    wrong: 'The signature is not one of the wallet that was asked.',
    remedy: 'Sign the data as it was given, with the account that it names.',
  },
  OUTDATED_SIGNATURE: {
    wrong:
      'What was signed can not be carried out any more: its time is over, or the wallet signed something else that came first.',
    remedy: 'Repeat the mutation under the same idempotencyKey and sign what it answers.',
  },
  INVALID_MERGE: {
    wrong: 'These two members can not be merged.',
    remedy:
      'Name two different members, of which the second one has an account that is not that of another member.',
  },
  ALREADY_MERGED: {
    wrong: 'One of the members was merged before.',
    remedy:
      'A member is merged once. Merge into the member that the other merges lead to; `Member.mergedInto` names it.',
  },
  RULE_NAME_TAKEN: {
    wrong: 'Another rule has this name, in this rule set or in a published one.',
    remedy: 'Give every rule a name of its own.',
  },
  RULE_WORDS_FIXED: {
    wrong: 'A rule id was published with another name or text.',
    remedy:
      'Give the id the name and text it was published with, or use an id that was never used.',
  },
  NOT_A_TOKEN: {
    wrong: 'The settlement token is not an ERC-20 contract.',
    remedy: 'Check the address of the token and the chain.',
  },
  PROGRAM_EXISTS: {
    wrong: 'A program with these settings and this idempotencyKey is on chain already.',
    remedy: 'To create another one with the same settings, use another idempotencyKey.',
  },
  CHANGE_PENDING: {
    wrong:
      'A change that hurts members or holders is pending. Another such change, or an improvement of the same terms, can only be announced after it.',
    remedy: 'Wait until the pending change is enacted, struck down or dead, or withdraw it.',
  },
  COOLDOWN: {
    wrong:
      'For one notice period after a change was struck down, withdrawn or died, no change that hurts members or holders can be announced; after strikes in a row, for up to eight.',
    remedy: 'Announce the change after the time that the message names.',
  },
  NOT_BEFORE_TOO_LATE: {
    wrong:
      'A rule set must begin within 14 days: of now, or, where it hurts members or holders, of the end of its notice.',
    remedy: 'Choose an earlier "notBefore"; the message names the latest one.',
  },
  NOT_PENDING: {
    wrong: 'The change is not pending: it is enacted, struck down, withdrawn or dead.',
    remedy: 'Announce a new change if it is still wanted.',
  },
  NOTICE_RUNS: {
    wrong: 'The notice of the change has not ended.',
    remedy: 'Repeat the request after the time that the message names.',
  },
  NOTICE_OVER: {
    wrong: 'The notice of the change has ended, and holders can not object any more.',
    remedy: 'Object to a change while its notice runs.',
  },
  LAST_ROUND_OWED: {
    wrong:
      'No round on the old terms has closed with its whole budget in the reserve since the notice ended.',
    remedy:
      'Deposit the budget in the reserve before the round that the message names closes, and enact the change after its close.',
  },
  OUTDATED: {
    wrong: 'The terms have changed since the change was announced.',
    remedy: 'Withdraw the change and announce it again.',
  },
  NOTHING_TO_RELEASE: {
    wrong: 'This account has no points locked against this change.',
    remedy: 'Nothing to do: the points are released already.',
  },
  NO_CHANGE: {
    wrong: 'These terms are those of the newest version; another "notBefore" alone is no change.',
    remedy:
      'Nothing to do, unless something was to be different: compare with "outlook.differences".',
  },
  IMPROVED_ALREADY: {
    wrong: 'The buyback terms were improved for the next round already; they improve once a round.',
    remedy: 'Announce the improvement after the round that the message names has opened.',
  },
  NEWEST_NOT_IN_FORCE: {
    wrong: 'The newest rule set is not in force yet, and a further improvement waits for it.',
    remedy: 'Announce the improvement in the epoch that the message names, or later.',
  },
  NOT_COVERED: {
    wrong:
      'A higher budget, or a higher price of a backed program, takes money that is in the reserve already.',
    remedy:
      'Add money to the reserve until as much as the message names is there and not owed, then repeat.',
  },
  DRAFT_CHANGED: {
    wrong: 'The draft was saved or deleted meanwhile, by another person or in another window.',
    remedy: 'Read the draft again, and give its "revision".',
  },
  UNKNOWN_DOCUMENT: {
    wrong:
      'The organisation has stored no small print with this hash, so members could not read it.',
    remedy: 'Store the text with documentPut first, and use the hash that it returns.',
  },
  ROUND_NOT_OPEN: {
    wrong: 'This round is not open now.',
    remedy:
      'Use the number of the open round: that of "program.currentRound" while its state is OPEN.',
  },
  ROUND_NOT_SETTLED: {
    wrong: 'This round has not closed, or no holder tendered in it.',
    remedy: 'Claim after the round has closed.',
  },
  BELOW_MIN_TENDER: {
    wrong: 'The account would have some points in the round, but fewer than the minimum tender.',
    remedy: 'Tender at least the minimum that the message names, or untender everything.',
  },
  INSUFFICIENT_TENDER: {
    wrong: 'The account has fewer points in the round than it is to take out.',
    remedy: 'Untender at most what the message names.',
  },
  NOTHING_TO_CLAIM: {
    wrong: 'The account has nothing left to claim in this round.',
    remedy: 'Nothing to do: the share is claimed already, or there is none.',
  },
  INSUFFICIENT_MONEY: {
    wrong: "The operator's account has fewer settlement tokens than the amount.",
    remedy: "First transfer settlement tokens to the operator's account, which the message names.",
  },
  EXCEEDS_WITHDRAWABLE: {
    wrong:
      'The amount is more than can be withdrawn: the rest is owed, is the budget of the open or the next round or, in a backed program, backs its points.',
    remedy: 'Withdraw at most what the message names.',
  },
  UNEXPECTED_TRANSFER: {
    wrong: 'The settlement token transferred another amount than the one asked for.',
    remedy: 'Use a token without transfer fees; others can not fill the reserve.',
  },
  INVALID_RECIPIENT: {
    wrong: 'Money can not be sent to this account.',
    remedy:
      'Use an account that can receive the settlement token: not the zero address, and not the buyback contract.',
  },
  NOTHING_TO_SEND: {
    wrong: 'The member has no money: nothing is owed, and the account of the member is empty.',
    remedy: 'Read "member.money": after a round is settled, what it owes is there.',
  },
  ITEM_WITHDRAWN: {
    wrong: 'The item is withdrawn and can not be ordered any more.',
    remedy: 'Choose another item.',
  },
  NO_WITHDRAWAL_SCHEDULED: {
    wrong: 'The item has no scheduled withdrawal to cancel.',
    remedy: 'Nothing to do; add an item that is withdrawn already again with itemAdd.',
  },
  OUT_OF_STOCK: {
    wrong: 'Fewer pieces of the item are left than ordered.',
    remedy: 'Order at most what the message names.',
  },
  PRICE_TOO_HIGH: {
    wrong: 'The item costs more now than the member agreed to.',
    remedy: 'Show the member the new price and ask again.',
  },
  ORDER_REF_USED: {
    wrong: 'The account has another order with this idempotencyKey as its reference.',
    remedy: 'Give every order an idempotencyKey of its own.',
  },
  ORDER_NOT_OPEN: {
    wrong: 'The order is fulfilled or refunded already.',
    remedy: 'Nothing to do.',
  },
  DEADLINE_PASSED: {
    wrong: 'The deadline of the order or the signature has passed.',
    remedy: 'Refund the order, or sign again with a later deadline.',
  },
  DEADLINE_NOT_REACHED: {
    wrong: 'Before its deadline, only the operator can refund the order.',
    remedy: 'Repeat the request after the time that the message names.',
  },
  PAYMENTS_OFF: {
    wrong:
      'The service takes no payments, so there is nothing to buy. Nothing is billed and nothing stops.',
    remedy: 'Who runs the service turns payments on, as the documents say under billing.',
  },
  RECORDING_STOPPED: {
    wrong:
      'Live actions of the organisation are not recorded any more, as they have not been paid for in time. What was recorded is safe.',
    remedy:
      'An owner pays, by "billingCheckoutStart" or "billingPortalOpen". Then send the same actions again, while their epoch still takes them.',
  },
  PAYMENTS_UNAVAILABLE: {
    wrong: 'The provider of payments does not answer as it should.',
    remedy:
      'Repeat the same request after the time in "retryAfterMs". Recording and everything else go on.',
  },
  ALREADY_SUBSCRIBED: {
    wrong: 'The organisation has a plan already.',
    remedy: 'Change cards, the plan and bills with "billingPortalOpen".',
  },
  NOT_SUBSCRIBED: {
    wrong: 'The organisation has bought nothing yet.',
    remedy: 'Begin with "billingCheckoutStart".',
  },
  INVALID_WEBHOOK: {
    wrong: 'The message is not signed by the provider of payments, or it is too old.',
    remedy: 'Compare the secret of the endpoint with the one that the service was given.',
  },
  TOP_UPS_OFF: {
    wrong: 'The service tops up no reserves by card.',
    remedy:
      'Fund the reserve with "reserveDeposit". Who runs the service turns top-ups on, as the documents say under billing.',
  },
  TOP_UP_NOT_OFFERED: {
    wrong:
      'The reserve of this program can not be topped up by card: the program is not live, or has another settlement token than the treasury of the service.',
    remedy: 'Fund the reserve with "reserveDeposit".',
  },
  TOP_UPS_STOPPED: {
    wrong:
      'A top-up of the organisation was disputed or refunded after it was credited, and is owed. No further one begins.',
    remedy: 'Settle what "reserveTopUps" shows as owed with who runs the service.',
  },
  TOP_UP_LIMIT: {
    wrong: 'The top-up is more than what is left of the limit of today (UTC).',
    remedy: 'Top up by what the message says is left, or repeat the request on another day.',
  },
  TOO_MANY_ENDPOINTS: {
    wrong: 'The organisation has 16 webhook endpoints in this environment.',
    remedy: 'Delete one that is not used any more; "webhookEndpoints" lists them.',
  },
  URL_NOT_ALLOWED: {
    wrong: 'Webhooks are not sent to such a URL.',
    remedy:
      'Give one that starts with https://, has no password in it and no port but 443; its name must stand for public addresses.',
  },
  ENDPOINT_NOT_ENABLED: {
    wrong: 'The webhook endpoint is disabled or dead, so nothing is sent to it.',
    remedy: 'Enable it by "webhookEndpointUpdate" first.',
  },
  CLOCK_FIXED: {
    wrong:
      'The clock is that of a live program, of a chain that is not local, or of one that several organisations use. Nobody may move it.',
    remedy: 'Use a local test chain of your own, such as that of "npm start".',
  },
  STATEMENTS_OPEN: {
    wrong:
      'Statements are not settled yet, and the clock would leap past the time in which they can be.',
    remedy: 'Move to the next day, repeat the request once "settlement { open }" is 0 again.',
  },
  OVERLOADED: {
    wrong: 'The service receives more than it can store, or the request took too long.',
    remedy:
      'Repeat the same request after the time in "retryAfterMs"; an action that is sent again counts once.',
  },
  CHAIN_UNAVAILABLE: {
    wrong: 'No node of the chain answers, so nothing can be written to it.',
    remedy: 'Repeat the request later. Actions can be recorded meanwhile.',
  },
  CHAIN_STALE: {
    wrong: 'The newest known block is too old to decide whether an action has matured.',
    remedy: 'Repeat the request when the chain has new blocks.',
  },
  DATABASE_UNAVAILABLE: {
    wrong: 'The database of the service does not answer.',
    remedy:
      'Repeat the same request after the time in "retryAfterMs"; it may have been done, and never counts twice.',
  },
  INTERNAL: {
    wrong: 'An unexpected error occurred in the service. Its log has the details.',
    remedy: 'Repeat the request; if it fails again, report the "requestId".',
  },
};
