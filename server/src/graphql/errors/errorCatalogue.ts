import { ERROR_CODES, type ErrorCode } from '../../domain/errors.ts';
import { CHINESE } from './chinese.ts';
import { ENGLISH } from './english.ts';

/** Explains an error to callers, in one language. */
export interface ErrorText {
  readonly wrong: string;
  readonly remedy: string;
}

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Numbers the errors. A number never changes and is never reused: it is in the logs of apps. */
export const ERROR_NUMBERS: Readonly<Record<ErrorCode, string>> = {
  UNAUTHENTICATED: 'DW-1001',
  FORBIDDEN: 'DW-1002',
  PROGRAM_NOT_NAMED: 'DW-1003',
  ORGANISATION_NOT_NAMED: 'DW-1004',
  INVALID_SIGN_IN: 'DW-1101',
  USED_OR_EXPIRED: 'DW-1102',
  RATE_LIMITED: 'DW-1103',
  TOO_MANY_KEYS: 'DW-1104',
  TWO_FACTOR_REQUIRED: 'DW-1005',
  SLUG_TAKEN: 'DW-1201',
  ALREADY_IN_TEAM: 'DW-1202',
  LAST_OWNER: 'DW-1203',
  BAD_USER_INPUT: 'DW-2001',
  REQUIRED: 'DW-2002',
  TOO_LONG: 'DW-2003',
  OUT_OF_RANGE: 'DW-2004',
  MALFORMED: 'DW-2005',
  LIMIT_EXCEEDED: 'DW-2006',
  PAYLOAD_TOO_LARGE: 'DW-2007',
  MALFORMED_REQUEST: 'DW-2008',
  INVALID_QUERY: 'DW-2009',
  QUERY_TOO_COMPLEX: 'DW-2010',
  EVENT_ID_REUSED: 'DW-3001',
  UNKNOWN_RULE: 'DW-3002',
  IN_FUTURE: 'DW-3003',
  BEFORE_START: 'DW-3004',
  EPOCH_CLOSED: 'DW-3005',
  MATURES_TOO_LATE: 'DW-3006',
  TOO_MANY_ACTIONS: 'DW-3007',
  UNKNOWN_ACTION: 'DW-4001',
  ALREADY_MATURED: 'DW-4002',
  ALREADY_VOIDED: 'DW-4003',
  NOT_FOUND: 'DW-5001',
  NOTHING_TO_SETTLE: 'DW-5002',
  IDEMPOTENCY_KEY_REUSED: 'DW-6001',
  BUSY: 'DW-6002',
  QUOTA_USED_UP: 'DW-6003',
  NOT_OPERATOR: 'DW-6004',
  REFUSED_BY_CONTRACT: 'DW-6005',
  INSUFFICIENT_POINTS: 'DW-6006',
  INVALID_MOVE: 'DW-6007',
  INVALID_SIGNATURE: 'DW-6008',
  OUTDATED_SIGNATURE: 'DW-6009',
  INVALID_MERGE: 'DW-6010',
  ALREADY_MERGED: 'DW-6011',
  RULE_NAME_TAKEN: 'DW-6101',
  RULE_WORDS_FIXED: 'DW-6102',
  NOT_A_TOKEN: 'DW-6103',
  PROGRAM_EXISTS: 'DW-6104',
  CHANGE_PENDING: 'DW-6105',
  COOLDOWN: 'DW-6106',
  NOT_BEFORE_TOO_LATE: 'DW-6107',
  NOT_PENDING: 'DW-6108',
  NOTICE_RUNS: 'DW-6109',
  NOTICE_OVER: 'DW-6110',
  LAST_ROUND_OWED: 'DW-6111',
  OUTDATED: 'DW-6112',
  NOTHING_TO_RELEASE: 'DW-6113',
  NO_CHANGE: 'DW-6114',
  IMPROVED_ALREADY: 'DW-6115',
  NEWEST_NOT_IN_FORCE: 'DW-6116',
  NOT_COVERED: 'DW-6117',
  UNKNOWN_DOCUMENT: 'DW-6118',
  DRAFT_CHANGED: 'DW-6119',
  ROUND_NOT_OPEN: 'DW-7001',
  ROUND_NOT_SETTLED: 'DW-7002',
  BELOW_MIN_TENDER: 'DW-7003',
  INSUFFICIENT_TENDER: 'DW-7004',
  NOTHING_TO_CLAIM: 'DW-7005',
  INSUFFICIENT_MONEY: 'DW-7006',
  EXCEEDS_WITHDRAWABLE: 'DW-7007',
  UNEXPECTED_TRANSFER: 'DW-7008',
  INVALID_RECIPIENT: 'DW-7009',
  NOTHING_TO_SEND: 'DW-7010',
  ITEM_WITHDRAWN: 'DW-8001',
  NO_WITHDRAWAL_SCHEDULED: 'DW-8002',
  OUT_OF_STOCK: 'DW-8003',
  PRICE_TOO_HIGH: 'DW-8004',
  ORDER_REF_USED: 'DW-8005',
  ORDER_NOT_OPEN: 'DW-8006',
  DEADLINE_PASSED: 'DW-8007',
  DEADLINE_NOT_REACHED: 'DW-8008',
  CLOCK_FIXED: 'DW-8101',
  STATEMENTS_OPEN: 'DW-8102',
  PAYMENTS_OFF: 'DW-9101',
  RECORDING_STOPPED: 'DW-9102',
  PAYMENTS_UNAVAILABLE: 'DW-9103',
  ALREADY_SUBSCRIBED: 'DW-9104',
  NOT_SUBSCRIBED: 'DW-9105',
  INVALID_WEBHOOK: 'DW-9106',
  TOP_UPS_OFF: 'DW-9107',
  TOP_UP_NOT_OFFERED: 'DW-9108',
  TOP_UPS_STOPPED: 'DW-9109',
  TOP_UP_LIMIT: 'DW-9110',
  OVERLOADED: 'DW-9001',
  CHAIN_UNAVAILABLE: 'DW-9002',
  CHAIN_STALE: 'DW-9003',
  INTERNAL: 'DW-9004',
  DATABASE_UNAVAILABLE: 'DW-9005',
  TOO_MANY_ENDPOINTS: 'DW-9011',
  URL_NOT_ALLOWED: 'DW-9012',
  ENDPOINT_NOT_ENABLED: 'DW-9013',
};

const TEXTS: Readonly<Record<Language, Readonly<Record<ErrorCode, ErrorText>>>> = {
  en: ENGLISH,
  zh: CHINESE,
};

/** One error of the catalogue, in one language. */
export interface CatalogueEntry extends ErrorText {
  readonly code: ErrorCode;
  /** Such as `DW-2004`. */
  readonly number: string;
}

/** Lists every error of the API by ascending number. */
export function errorCatalogue(language: Language): CatalogueEntry[] {
  return ERROR_CODES.map((code) => ({
    code,
    number: ERROR_NUMBERS[code],
    ...TEXTS[language][code],
  })).sort((a, b) => a.number.localeCompare(b.number));
}

/** Returns the path of the error page, with the anchor of this error. */
export function errorPagePath(code: ErrorCode): string {
  return `/errors#${ERROR_NUMBERS[code]}`;
}
