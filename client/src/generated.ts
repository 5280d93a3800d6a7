// Written by `npm run schema` from server/schema.graphql and operations.graphql: change those.

/** Text of an operation, with the types of its variables and of its answer. */
export type Operation<Data, Variables> = string & {
  readonly __types?: (variables: Variables) => Data;
};

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> =
  T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** One action of a member, as the app reports it. */
export type ActionInput = {
  /** Name of the person who granted the action by hand, up to 128 characters. For a person who is signed in always their own. */
  readonly actor?: string | null | undefined;
  /** Amount of the action, such as a price in cents, 0 to 10^15, also as a decimal string. Only rules with `perMillionUnits` use it. */
  readonly amount?: number | string | null | undefined;
  /** Number of equal actions that this one stands for, 1 to 100,000. */
  readonly count?: number | string | null | undefined;
  /** The app's own id of the action: required, 1 to 128 characters, unique within the member. An action that is sent again counts once. */
  readonly eventId?: string | null | undefined;
  /** keccak256 of what shows that the action happened, such as an order or the text of a review: 0x and 64 hex digits. It is in the log that is anchored on chain, and the evidence stays with the app. */
  readonly evidenceHash?: string | null | undefined;
  /** Time from which the action counts; until 2 minutes before it, the action can be voided. Left out, the action counts at once and can not be voided. */
  readonly maturesAt?: string | null | undefined;
  /** The app's own id of the member: required, 1 to 128 characters. The first action under an unknown id creates the member. */
  readonly memberId?: string | null | undefined;
  /** Time of the action, which decides its epoch: required, at most 5 minutes in the future. */
  readonly occurredAt?: string | null | undefined;
  /** Reason for granting the action by hand, up to 500 characters; required of a person who is signed in. */
  readonly reason?: string | null | undefined;
  /** Name of the rule that the action falls under, from `program.ruleSets`: required. */
  readonly rule?: string | null | undefined;
};

/** One recorded action to void, hold or release. */
export type ActionReviewInput = {
  /** The app's own id of the action, as given when it was recorded: required. */
  readonly eventId?: string | null | undefined;
  /** The app's own id of the member, as given when the action was recorded: required. */
  readonly memberId?: string | null | undefined;
  /** Reason for it, up to 500 characters; kept in the log. */
  readonly reason?: string | null | undefined;
};

/** Outcome of voiding, holding or releasing one action. */
export type ActionReviewStatus =
  /** The same was decided before, or the action is held as long as it can be anyway; nothing was added. */
  | 'DUPLICATE'
  /** The action counts as late as its epoch can still be settled: see `maturesAt`. */
  | 'HELD'
  /** Nothing changed; `code`, `field` and `message` give the reason. */
  | 'REJECTED'
  /** The action counts in 2 minutes. */
  | 'RELEASED'
  /** The action is void and does not count. */
  | 'VOIDED';

/** Outcome of recording one action. */
export type ActionStatus =
  /** The same action was in the log already; nothing was added. */
  | 'DUPLICATE'
  /** The action is in the log, stored on disk. */
  | 'RECORDED'
  /** The action is not in the log; `code`, `field` and `message` give the reason. */
  | 'REJECTED'
  /** The same action was in the log already and has been voided: it does not count, and sending it again does not change that. */
  | 'VOIDED';

/** What to know about an action that is in the log. */
export type ActionWarning =
  /** The rule has lapsed, or is not in force yet, in the epoch of the action: it earns nothing. */
  'RULE_NOT_IN_FORCE';

/** Input of `actionsRecord`. */
export type ActionsRecordInput = {
  /** 1 to 500 actions. Each is checked by itself; a rejected one does not affect the others. */
  readonly actions: ReadonlyArray<ActionInput | null | undefined>;
};

/** Input of `actionsVoid`. */
export type ActionsVoidInput = {
  /** 1 to 500 actions. Each is checked by itself; a rejected one does not affect the others. */
  readonly actions: ReadonlyArray<ActionReviewInput | null | undefined>;
};

/** Code of an error. The page /errors lists all of them. */
export type ErrorCode =
  /** DW-1202. The person is in the team already. Change the role of the person instead. */
  | 'ALREADY_IN_TEAM'
  /** DW-4002. The action counts already or matures within 2 minutes, and can not be voided, held or released. Report actions that may be undone with a "maturesAt", and void or hold them at least 2 minutes before it. */
  | 'ALREADY_MATURED'
  /** DW-6011. One of the members was merged before. A member is merged once. Merge into the member that the other merges lead to; `Member.mergedInto` names it. */
  | 'ALREADY_MERGED'
  /** DW-9104. The organisation has a plan already. Change cards, the plan and bills with "billingPortalOpen". */
  | 'ALREADY_SUBSCRIBED'
  /** DW-4003. The action was voided and will not count; it can not be held or released. If it should count after all, record it once more with an "eventId" of its own. */
  | 'ALREADY_VOIDED'
  /** DW-2001. A value is missing or has the wrong type. Nothing was done. Correct the field named in "field"; the schema says what it takes. */
  | 'BAD_USER_INPUT'
  /** DW-3004. "occurredAt" is before the start of the program. Report only actions since the start of the program. */
  | 'BEFORE_START'
  /** DW-7003. The account would have some points in the round, but fewer than the minimum tender. Tender at least the minimum that the message names, or untender everything. */
  | 'BELOW_MIN_TENDER'
  /** DW-6002. Another write of this member is not finished, or too many writes are waiting. Repeat the same request after the time in "retryAfterMs"; with the same idempotencyKey it writes once. */
  | 'BUSY'
  /** DW-9003. The newest known block is too old to decide whether an action has matured. Repeat the request when the chain has new blocks. */
  | 'CHAIN_STALE'
  /** DW-9002. No node of the chain answers, so nothing can be written to it. Repeat the request later. Actions can be recorded meanwhile. */
  | 'CHAIN_UNAVAILABLE'
  /** DW-6105. A change that hurts members or holders is pending. Another such change, or an improvement of the same terms, can only be announced after it. Wait until the pending change is enacted, struck down or dead, or withdraw it. */
  | 'CHANGE_PENDING'
  /** DW-8101. The clock is that of a live program, of a chain that is not local, or of one that several organisations use. Nobody may move it. Use a local test chain of your own, such as that of "npm start". */
  | 'CLOCK_FIXED'
  /** DW-6106. For one notice period after a change was struck down, withdrawn or died, no change that hurts members or holders can be announced; after strikes in a row, for up to eight. Announce the change after the time that the message names. */
  | 'COOLDOWN'
  /** DW-9005. The database of the service does not answer. Repeat the same request after the time in "retryAfterMs"; it may have been done, and never counts twice. */
  | 'DATABASE_UNAVAILABLE'
  /** DW-8008. Before its deadline, only the operator can refund the order. Repeat the request after the time that the message names. */
  | 'DEADLINE_NOT_REACHED'
  /** DW-8007. The deadline of the order or the signature has passed. Refund the order, or sign again with a later deadline. */
  | 'DEADLINE_PASSED'
  /** DW-6119. The draft was saved or deleted meanwhile, by another person or in another window. Read the draft again, and give its "revision". */
  | 'DRAFT_CHANGED'
  /** DW-9013. The webhook endpoint is disabled or dead, so nothing is sent to it. Enable it by "webhookEndpointUpdate" first. */
  | 'ENDPOINT_NOT_ENABLED'
  /** DW-3005. The epoch in which the action happened no longer takes actions. Report actions within 6 hours after the end of their epoch; report a later one as a new action with a later "occurredAt". */
  | 'EPOCH_CLOSED'
  /** DW-3001. This member already has another action under the same eventId. Give every action an eventId of its own; repeat a request unchanged. */
  | 'EVENT_ID_REUSED'
  /** DW-7007. The amount is more than can be withdrawn: the rest is owed, is the budget of the open or the next round or, in a backed program, backs its points. Withdraw at most what the message names. */
  | 'EXCEEDS_WITHDRAWABLE'
  /** DW-1002. The API key, person or member is known, but lacks the scope that this field needs, or a member names another. Use a key with the scope, or ask an owner of the organisation for the role that has it. */
  | 'FORBIDDEN'
  /** DW-6001. This idempotencyKey was used with another input. Give every write a key of its own; repeat a request unchanged. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** DW-6115. The buyback terms were improved for the next round already; they improve once a round. Announce the improvement after the round that the message names has opened. */
  | 'IMPROVED_ALREADY'
  /** DW-7006. The operator's account has fewer settlement tokens than the amount. First transfer settlement tokens to the operator's account, which the message names. */
  | 'INSUFFICIENT_MONEY'
  /** DW-6006. The account has fewer settled points than the write needs. Settle earned points with dropsCollect, or use fewer points. */
  | 'INSUFFICIENT_POINTS'
  /** DW-7004. The account has fewer points in the round than it is to take out. Untender at most what the message names. */
  | 'INSUFFICIENT_TENDER'
  /** DW-9004. An unexpected error occurred in the service. Its log has the details. Repeat the request; if it fails again, report the "requestId". */
  | 'INTERNAL'
  /** DW-6010. These two members can not be merged. Name two different members, of which the second one has an account that is not that of another member. */
  | 'INVALID_MERGE'
  /** DW-6007. The new account did not sign this move, or can not receive points. Sign the data of accountMoveTypedData with the new account, which must not be the old account or a contract of the program. */
  | 'INVALID_MOVE'
  /** DW-2009. The query has a syntax error, or asks for something that the schema does not have. Correct it at the place that the message names; GraphiQL at /graphql completes names. */
  | 'INVALID_QUERY'
  /** DW-7009. Money can not be sent to this account. Use an account that can receive the settlement token: not the zero address, and not the buyback contract. */
  | 'INVALID_RECIPIENT'
  /** DW-6008. The signature is not one of the wallet that was asked. Sign the data as it was given, with the account that it names. */
  | 'INVALID_SIGNATURE'
  /** DW-1101. The message to sign in with is for another page, another chain or another time. Let the page make it: its own domain and URI, the chain of the program, and a fresh nonce. */
  | 'INVALID_SIGN_IN'
  /** DW-9106. The message is not signed by the provider of payments, or it is too old. Compare the secret of the endpoint with the one that the service was given. */
  | 'INVALID_WEBHOOK'
  /** DW-3003. "occurredAt" is more than 5 minutes in the future. Check the clock and the time zone of "occurredAt". */
  | 'IN_FUTURE'
  /** DW-8001. The item is withdrawn and can not be ordered any more. Choose another item. */
  | 'ITEM_WITHDRAWN'
  /** DW-1203. The organisation would have no owner left. Make another person of the team an owner first. */
  | 'LAST_OWNER'
  /** DW-6111. No round on the old terms has closed with its whole budget in the reserve since the notice ended. Deposit the budget in the reserve before the round that the message names closes, and enact the change after its close. */
  | 'LAST_ROUND_OWED'
  /** DW-2006. A request asks for more at once than is allowed. Nothing was done. Split it: at most 500 actions a request, 100 rows a page and 40 receipts a request. */
  | 'LIMIT_EXCEEDED'
  /** DW-2005. A value does not have the form that its field takes. Correct the field named in "field"; the message says what was expected. */
  | 'MALFORMED'
  /** DW-2008. The request is not a GraphQL request: its method, its content type or its JSON is wrong. POST one JSON object {"query", "variables"} as application/json to /graphql. */
  | 'MALFORMED_REQUEST'
  /** DW-3006. "maturesAt" is too close to the end of the settlement window of the action's epoch. Choose an earlier "maturesAt"; the message names the latest one. */
  | 'MATURES_TOO_LATE'
  /** DW-6116. The newest rule set is not in force yet, and a further improvement waits for it. Announce the improvement in the epoch that the message names, or later. */
  | 'NEWEST_NOT_IN_FORCE'
  /** DW-7005. The account has nothing left to claim in this round. Nothing to do: the share is claimed already, or there is none. */
  | 'NOTHING_TO_CLAIM'
  /** DW-6113. This account has no points locked against this change. Nothing to do: the points are released already. */
  | 'NOTHING_TO_RELEASE'
  /** DW-7010. The member has no money: nothing is owed, and the account of the member is empty. Read "member.money": after a round is settled, what it owes is there. */
  | 'NOTHING_TO_SEND'
  /** DW-5002. All points of the member are settled. Nothing to do. */
  | 'NOTHING_TO_SETTLE'
  /** DW-6110. The notice of the change has ended, and holders can not object any more. Object to a change while its notice runs. */
  | 'NOTICE_OVER'
  /** DW-6109. The notice of the change has not ended. Repeat the request after the time that the message names. */
  | 'NOTICE_RUNS'
  /** DW-6103. The settlement token is not an ERC-20 contract. Check the address of the token and the chain. */
  | 'NOT_A_TOKEN'
  /** DW-6107. A rule set must begin within 14 days: of now, or, where it hurts members or holders, of the end of its notice. Choose an earlier "notBefore"; the message names the latest one. */
  | 'NOT_BEFORE_TOO_LATE'
  /** DW-6117. A higher budget, or a higher price of a backed program, takes money that is in the reserve already. Add money to the reserve until as much as the message names is there and not owed, then repeat. */
  | 'NOT_COVERED'
  /** DW-5001. The program has no object with this id, number or address. Check the id; objects of other programs can not be seen with this API key. */
  | 'NOT_FOUND'
  /** DW-6004. The service's key is not the operator of this program on chain. Send the call with the wallet that has the operator's role. */
  | 'NOT_OPERATOR'
  /** DW-6108. The change is not pending: it is enacted, struck down, withdrawn or dead. Announce a new change if it is still wanted. */
  | 'NOT_PENDING'
  /** DW-9105. The organisation has bought nothing yet. Begin with "billingCheckoutStart". */
  | 'NOT_SUBSCRIBED'
  /** DW-6114. These terms are those of the newest version; another "notBefore" alone is no change. Nothing to do, unless something was to be different: compare with "outlook.differences". */
  | 'NO_CHANGE'
  /** DW-8002. The item has no scheduled withdrawal to cancel. Nothing to do; add an item that is withdrawn already again with itemAdd. */
  | 'NO_WITHDRAWAL_SCHEDULED'
  /** DW-8006. The order is fulfilled or refunded already. Nothing to do. */
  | 'ORDER_NOT_OPEN'
  /** DW-8005. The account has another order with this idempotencyKey as its reference. Give every order an idempotencyKey of its own. */
  | 'ORDER_REF_USED'
  /** DW-1004. The caller may belong to several organisations, and the request does not say which. Send the id or the slug of the organisation in the header "dewpoint-organisation". */
  | 'ORGANISATION_NOT_NAMED'
  /** DW-6112. The terms have changed since the change was announced. Withdraw the change and announce it again. */
  | 'OUTDATED'
  /** DW-6009. What was signed can not be carried out any more: its time is over, or the wallet signed something else that came first. Repeat the mutation under the same idempotencyKey and sign what it answers. */
  | 'OUTDATED_SIGNATURE'
  /** DW-2004. A number is below its minimum or above its maximum. Keep the field named in "field" within the range that the message names. */
  | 'OUT_OF_RANGE'
  /** DW-8003. Fewer pieces of the item are left than ordered. Order at most what the message names. */
  | 'OUT_OF_STOCK'
  /** DW-9001. The service receives more than it can store, or the request took too long. Repeat the same request after the time in "retryAfterMs"; an action that is sent again counts once. */
  | 'OVERLOADED'
  /** DW-2007. The body of the request is larger than 1 MB, or than 50 kB without a key. Nothing was done. Send fewer actions in one request. */
  | 'PAYLOAD_TOO_LARGE'
  /** DW-9101. The service takes no payments, so there is nothing to buy. Nothing is billed and nothing stops. Who runs the service turns payments on, as the documents say under billing. */
  | 'PAYMENTS_OFF'
  /** DW-9103. The provider of payments does not answer as it should. Repeat the same request after the time in "retryAfterMs". Recording and everything else go on. */
  | 'PAYMENTS_UNAVAILABLE'
  /** DW-8004. The item costs more now than the member agreed to. Show the member the new price and ask again. */
  | 'PRICE_TOO_HIGH'
  /** DW-6104. A program with these settings and this idempotencyKey is on chain already. To create another one with the same settings, use another idempotencyKey. */
  | 'PROGRAM_EXISTS'
  /** DW-1003. The caller may use several programs, and the request does not say which. Send the id of the program in the header "dewpoint-program". */
  | 'PROGRAM_NOT_NAMED'
  /** DW-2010. The query is nested too deep or would return too much. Ask for fewer fields, smaller pages, or split it into several queries. */
  | 'QUERY_TOO_COMPLEX'
  /** DW-6003. The member has used up the writes that the service pays for in an hour, or the one export of its key in 24 hours, or the organisation the texts that it may store in a day. Repeat the request after the time in "retryAfterMs". A member can also write with "ownWallet", which has no quota. */
  | 'QUOTA_USED_UP'
  /** DW-1103. The API key, the session or, without either, the address made more requests than it may in a minute. Nothing was done. Repeat the same request after "retryAfterMs"; the headers RateLimit and RateLimit-Policy say what is left. Record many actions in one request. */
  | 'RATE_LIMITED'
  /** DW-9102. Live actions of the organisation are not recorded any more, as they have not been paid for in time. What was recorded is safe. An owner pays, by "billingCheckoutStart" or "billingPortalOpen". Then send the same actions again, while their epoch still takes them. */
  | 'RECORDING_STOPPED'
  /** DW-6005. The contract refuses the call for a reason that has no code of its own. Correct what the message names; if that does not help, report it with the "requestId". */
  | 'REFUSED_BY_CONTRACT'
  /** DW-2002. A field that must be given is empty. Give the field named in "field" a value. */
  | 'REQUIRED'
  /** DW-7001. This round is not open now. Use the number of the open round: that of "program.currentRound" while its state is OPEN. */
  | 'ROUND_NOT_OPEN'
  /** DW-7002. This round has not closed, or no holder tendered in it. Claim after the round has closed. */
  | 'ROUND_NOT_SETTLED'
  /** DW-6101. Another rule has this name, in this rule set or in a published one. Give every rule a name of its own. */
  | 'RULE_NAME_TAKEN'
  /** DW-6102. A rule id was published with another name or text. Give the id the name and text it was published with, or use an id that was never used. */
  | 'RULE_WORDS_FIXED'
  /** DW-1201. Another organisation has the slug. Choose another slug. */
  | 'SLUG_TAKEN'
  /** DW-8102. Statements are not settled yet, and the clock would leap past the time in which they can be. Move to the next day, repeat the request once "settlement { open }" is 0 again. */
  | 'STATEMENTS_OPEN'
  /** DW-2003. A text is longer than its limit. Shorten the field named in "field" to the length that the message names. */
  | 'TOO_LONG'
  /** DW-3007. The member has the maximum of 10,000 actions in this epoch. Report several equal actions as one action with a "count". */
  | 'TOO_MANY_ACTIONS'
  /** DW-9011. The organisation has 16 webhook endpoints in this environment. Delete one that is not used any more; "webhookEndpoints" lists them. */
  | 'TOO_MANY_ENDPOINTS'
  /** DW-1104. The organisation has 100 API keys in this environment that are still good. Revoke one that is not used any more; "apiKeys" shows when each was used last. */
  | 'TOO_MANY_KEYS'
  /** DW-9107. The service tops up no reserves by card. Fund the reserve with "reserveDeposit". Who runs the service turns top-ups on, as the documents say under billing. */
  | 'TOP_UPS_OFF'
  /** DW-9109. A top-up of the organisation was disputed or refunded after it was credited, and is owed. No further one begins. Settle what "reserveTopUps" shows as owed with who runs the service. */
  | 'TOP_UPS_STOPPED'
  /** DW-9110. The top-up is more than what is left of the limit of today (UTC). Top up by what the message says is left, or repeat the request on another day. */
  | 'TOP_UP_LIMIT'
  /** DW-9108. The reserve of this program can not be topped up by card: the program is not live, or has another settlement token than the treasury of the service. Fund the reserve with "reserveDeposit". */
  | 'TOP_UP_NOT_OFFERED'
  /** DW-1005. An owner without an authenticator app asked for something that is for real. Set up an authenticator app, and repeat the request. */
  | 'TWO_FACTOR_REQUIRED'
  /** DW-1001. The request has no API key and no token of a member, or one that is unknown, over or revoked. Send the header "Authorization: Bearer dw_test_..." with a key of this program; a page of a member asks the app for a new session. */
  | 'UNAUTHENTICATED'
  /** DW-7008. The settlement token transferred another amount than the one asked for. Use a token without transfer fees; others can not fill the reserve. */
  | 'UNEXPECTED_TRANSFER'
  /** DW-4001. The member has no action under this eventId. Check "memberId" and "eventId"; give them as in actionsRecord. */
  | 'UNKNOWN_ACTION'
  /** DW-6118. The organisation has stored no small print with this hash, so members could not read it. Store the text with documentPut first, and use the hash that it returns. */
  | 'UNKNOWN_DOCUMENT'
  /** DW-3002. No version of the rules of the program has a rule of this name. Use the name of a rule in "program.ruleSets". */
  | 'UNKNOWN_RULE'
  /** DW-9012. Webhooks are not sent to such a URL. Give one that starts with https://, has no password in it and no port but 443; its name must stand for public addresses. */
  | 'URL_NOT_ALLOWED'
  /** DW-1102. A ticket or a nonce was used already, is too old, or was never given out. Ask for a fresh one; each is good once: a nonce for 10 minutes, a ticket for 15. */
  | 'USED_OR_EXPIRED';

/** Input of `memberSessionCreate`. */
export type MemberSessionCreateInput = {
  /** Key chosen by the caller, 1 to 128 characters. For at least 24 hours, the same key with the same input gives the same answer and does nothing twice. */
  readonly idempotencyKey: string;
  /** The app's own id of the member, of whom no action has to have been recorded yet. */
  readonly memberId: string;
};

export type ActionsRecordMutationVariables = Exact<{
  input: ActionsRecordInput;
}>;

export type ActionsRecordMutation = {
  readonly actionsRecord: {
    readonly results: ReadonlyArray<{
      readonly status: ActionStatus;
      readonly memberId: string;
      readonly eventId: string;
      readonly epoch: number | null;
      readonly warning: ActionWarning | null;
      readonly code: ErrorCode | null;
      readonly field: string | null;
      readonly message: string | null;
    }>;
    readonly userErrors: ReadonlyArray<{
      readonly code: ErrorCode;
      readonly field: string | null;
      readonly message: string;
    }>;
  };
};

export type ActionsVoidMutationVariables = Exact<{
  input: ActionsVoidInput;
}>;

export type ActionsVoidMutation = {
  readonly actionsVoid: {
    readonly results: ReadonlyArray<{
      readonly status: ActionReviewStatus;
      readonly memberId: string;
      readonly eventId: string;
      readonly code: ErrorCode | null;
      readonly field: string | null;
      readonly message: string | null;
    }>;
    readonly userErrors: ReadonlyArray<{
      readonly code: ErrorCode;
      readonly field: string | null;
      readonly message: string;
    }>;
  };
};

export type MemberSessionCreateMutationVariables = Exact<{
  input: MemberSessionCreateInput;
}>;

export type MemberSessionCreateMutation = {
  readonly memberSessionCreate: {
    readonly token: string | null;
    readonly session: {
      readonly id: string;
      readonly memberId: string;
      readonly expiresAt: string;
    } | null;
    readonly userErrors: ReadonlyArray<{
      readonly code: ErrorCode;
      readonly field: string | null;
      readonly message: string;
    }>;
  };
};

export type MemberBalanceQueryVariables = Exact<{
  memberId: string;
}>;

export type MemberBalanceQuery = {
  readonly member: {
    readonly memberId: string;
    readonly account: string;
    readonly balance: {
      readonly settled: string;
      readonly pending: string;
      readonly maturing: string;
      readonly locked: string;
      readonly asOfBlock: number;
      readonly stale: boolean;
    };
  } | null;
};

export const ActionsRecord: Operation<ActionsRecordMutation, ActionsRecordMutationVariables> =
  'mutation ActionsRecord($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status memberId eventId epoch warning code field message } userErrors { code field message } } }';

export const ActionsVoid: Operation<ActionsVoidMutation, ActionsVoidMutationVariables> =
  'mutation ActionsVoid($input: ActionsVoidInput!) { actionsVoid(input: $input) { results { status memberId eventId code field message } userErrors { code field message } } }';

export const MemberSessionCreate: Operation<
  MemberSessionCreateMutation,
  MemberSessionCreateMutationVariables
> =
  'mutation MemberSessionCreate($input: MemberSessionCreateInput!) { memberSessionCreate(input: $input) { token session { id memberId expiresAt } userErrors { code field message } } }';

export const MemberBalance: Operation<MemberBalanceQuery, MemberBalanceQueryVariables> =
  'query MemberBalance($memberId: String!) { member(memberId: $memberId) { memberId account balance { settled pending maturing locked asOfBlock stale } } }';
